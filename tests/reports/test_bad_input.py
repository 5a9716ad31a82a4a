"""What cannot be seen, and what would be a header: in every box of the channel and of the room.

Line ends in a box of one line become a space; byte order marks, soft hyphens and their like go without a word. Other
control characters and those that turn the direction of writing are refused by name and place. Secrets are compared
and never kept.
"""

from __future__ import annotations

from email.policy import SMTP
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.reports import made_files as made
from tests.reports.pages import at, recipient, text_of
from tests.reports.pages import send as press
from tests.reports.public.visitor import Answer, Visitor
from tests.reports.recipients import Desk
from vetting.reports import forms as room
from vetting.reports.forms.giving import MaskForm
from vetting.reports.models import Message, Notice, Report
from vetting.reports.pieces import Piece
from vetting.reports.public import forms as channel
from vetting.reports.public.views.inbox import ACTS
from vetting.reports.public.views.typed import BOXES
from vetting.reports.returning import come_back
from vetting.reports.sending import mail_of
from vetting.web.text import has_hidden

REFUSED = (
    "\x00",
    "\x07",
    "\x1b[31m",
    "\x7f",
    "\x9f",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufff9",
    "\U000e0041",
    "\ufffe",
)
SILENT = ("\ufeff", "\u00ad", "\u200b", "\u2060")
LINES = ("\r\nBcc: alla@example.org", "\rX: y", "\nX: y", "\u2028X: y", "\x85X: y", "\x0bX: y")
SECRETS = {"phrase", "code", "part", "told"}
"""Passphrases, codes, parts and their marks: what is typed is compared, and is never kept."""


def every_form(desk: Desk) -> list[forms.Form]:
    """One of each form that the room and the channel have; a new one that needs more than these fails here."""
    me, case = desk.person("rita"), desk.case(desk.send())
    known = {"case": case, "me": me, "directory": "pressure", "directories": ["pressure"]}
    known |= {
        "channels": ["pressure"],
        "way": "other",
        "readers": [],
        "opened": [Piece("facts", "Svar", "Hej")],
    }
    modules = [import_module(f"{room.__name__}.{each.name}") for each in iter_modules(room.__path__)]
    found = {
        each
        for module in (*modules, channel)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, forms.Form) and each.__module__ == module.__name__
    }
    return [_made(each, known) for each in sorted(found, key=lambda each: each.__name__)]


def _made(form: type[forms.Form], known: dict[str, Any]) -> forms.Form:
    asked = {
        name
        for base in form.__mro__
        if "__init__" in vars(base)
        for name in signature(base.__init__).parameters
    }
    return form(**{name: known[name] for name in asked & known.keys()})


def test_no_box_keeps_what_cannot_be_seen_or_a_second_line_where_there_is_one(desk: Desk) -> None:
    kept, boxes = [], 0
    for form in every_form(desk):
        for name, field in form.fields.items():
            is_typed = isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)
            if not is_typed or name in SECRETS or isinstance(form, MaskForm):
                continue
            boxes += 1
            is_long = isinstance(field.widget, forms.Textarea)
            for text in (*REFUSED, *SILENT, *LINES):
                said = _cleaned(field, f"0701{text}")
                lines = "" if is_long else "\r\n"
                if said is not None and (has_hidden(said) or set(said) & {*SILENT, "\r", *lines}):
                    kept.append(f"{type(form).__name__}.{name}: {text!r} as {said!r}")
            for text in REFUSED:
                if _cleaned(field, f"0701{text}") is not None:
                    kept.append(f"{type(form).__name__}.{name} takes {text!r}")
    assert kept == []
    assert boxes > 40


def _cleaned(field: forms.Field, text: str) -> str | None:
    try:
        return str(field.clean(text))
    except ValidationError:
        return None


def test_every_box_of_whoever_reports_answers_with_a_sentence_and_keeps_nothing_of_it(desk: Desk) -> None:
    """The whole way, each box of each page in turn; the answers have the headers that they always have."""
    for text in (*REFUSED, "\ud800"):
        typed = f"Hej{text}".encode("utf-8", "surrogatepass")
        visitor, where = Visitor(), "/anmal/steg/"
        page = visitor.get("/anmal/annan/")
        for name in ("story", "other_person"):
            told = {"story": "Det hände.", name: typed}
            _is_refused(visitor.post(where, {"t": page.token, "to": "on", **told}), text)
        for name in ("number", "when", "called"):
            ring = visitor.get("/anmal/ring/")
            told = {"number": "0701740610", name: typed}
            _is_refused(visitor.post("/anmal/ring/", {"t": ring.token, **told}), text)
        _is_refused(visitor.post("/anmal/inkorg/", {"code": typed}), text)
        assert not Report.objects.exists()
        plain = {name for name, _value in visitor.answers[0].headers}
        assert all({name for name, _value in answer.headers} == plain for answer in visitor.answers)


def _is_refused(answer: Answer, text: str) -> None:
    """A lone half of a character is no UTF-8: it comes as a sign of replacement, which is seen, and is kept."""
    assert answer.status < 500
    assert text not in answer.text or text == "\ud800"
    assert "rep-groups" not in answer.text or text == "\ud800"


def test_every_box_on_the_page_one_comes_back_to(desk: Desk) -> None:
    receipt = desk.send(mode="confidential")
    report, visitor = desk.report(receipt), Visitor()
    page = visitor.post("/anmal/inkorg/", {"code": "".join(receipt.code.groups)})
    before = Message.objects.count()
    for act in ACTS:
        for text in ("Hej\u202e", "Hej\x00", "Hej\x1b[31m"):
            told = dict.fromkeys((*BOXES, "consents", "readers"), text)
            answer = visitor.post("/anmal/inkorg/", {"t": page.token, "to": act, **told})
            assert answer.status < 500, act
            assert text not in answer.text
    assert Message.objects.count() == before
    back = come_back("".join(receipt.code.groups))
    assert back is not None
    assert not report.identities.exists()
    assert not back.key.text(back.report, "contact")


def test_the_name_of_a_file_is_no_header_and_is_not_kept(desk: Desk) -> None:
    receipt = desk.send()
    visitor = Visitor()
    page = visitor.post("/anmal/inkorg/", {"code": "".join(receipt.code.groups)})
    name = 'Kanarie\u202egpj.exe\x00" ; filename*=x'
    answer = visitor.send(page.token, made.photo(), name=name)
    assert answer.status == 200
    report = desk.report(receipt)
    file = report.files.get()
    rita = recipient(desk, "rita")
    shown = text_of(rita.get(at(report)))
    assert "gpj" not in shown
    said = rita.get(at(report, "file", file=file.pk)).headers["Content-Disposition"]
    assert said == f'attachment; filename="{report.reference}-1.jpg"'


def test_what_a_recipient_types_is_refused_and_shown_with_the_sign_written_out(desk: Desk) -> None:
    report = desk.report(desk.send())
    rita = recipient(desk, "rita")
    for text, seen in (("Hej\u202eå", "[U+202E]"), ("Hej\x1b", "[U+001B]")):
        answer = press(rita, report, "write_note", text=text)
        assert (answer.status_code, seen in text_of(answer)) == (422, True)
        assert text not in text_of(answer)
    answer = press(rita, report, "write_note", text="Rad 1\r\nBcc: alla@example.org\ufeff")
    assert answer.status_code == 302
    assert set(answer.headers) & {"Bcc"} == set()
    for typed in ("/anmalningar/\r\nSet-Cookie: a=b", "//ond.example/", "https://ond.example/anmalningar/"):
        told = {"once": str(uuid4()), "phrase": "fel fras", "till": typed}
        assert "Set-Cookie: a=b" not in str(rita.post(reverse("vault_unlock"), told).headers)
        assert 'value="//' not in text_of(rita.get(reverse("vault_unlock"), {"till": typed}))


def test_a_passphrase_or_code_with_hidden_signs_opens_nothing(desk: Desk) -> None:
    rita = recipient(desk, "rita")
    for text in ("KANARIE\u202eFRAS", "KANARIE\x00FRAS", "KANARIE\r\nFRAS"):
        answer = rita.post(reverse("vault_unlock"), {"once": str(uuid4()), "phrase": text})
        assert (answer.status_code, "KANARIE" in text_of(answer)) == (422, False)
        where = reverse("key_code", kwargs={"key": desk.keys["rita"].pk})
        assert rita.post(where, {"once": str(uuid4()), "code": text}).status_code == 422


def test_where_an_alarm_reaches_one_is_an_address_or_a_number_and_nothing_more(
    desk: Desk, settings: Any
) -> None:
    rita = recipient(desk, "rita")
    for field, wrong in (
        ("mail", "rita@example.org\r\nBcc: alla@example.org"),
        ("mail", "rita@example.org\u202e"),
        ("mail", "rita@example.org, alla@example.org"),
        ("phone", "+46701740610\r\nX: y"),
        ("phone", "+46701740610\u202e"),
        ("phone", "+４６７０１７４０６１０"),
    ):
        answer = rita.post(reverse("duty_contact"), {"once": str(uuid4()), field: wrong})
        assert answer.status_code == 422, wrong
    notice = Notice(kind=Notice.Kind.ALARM.value)
    with pytest.raises(ValueError):
        mail_of(notice, "rita@example.org\r\nBcc: alla@example.org").as_bytes(policy=SMTP)
