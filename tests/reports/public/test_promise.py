"""What the first page promises is so: one test for each sentence, and the threat model says the same."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.utils.translation import gettext as _

from audit import clock
from audit.models import Entry
from tests.reports.public.visitor import ADDRESS, BROWSER, Answer, Visitor
from tests.reports.recipients import CANARY, Desk
from vetting.accounts.models import Account
from vetting.crypto.content_key import ContentKey
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code
from vetting.reports.actions.opening import read_messages
from vetting.reports.models import Identity, Message, Report
from vetting.reports.public import join
from vetting.reports.public.promise import LAW, LEARNS, NEVER, PROMISES
from vetting.reports.queries import reports_visible_to
from vetting.reports.receipts import Receipt
from vetting.reports.returning import come_back
from vetting.reports.shown import consents
from vetting.reports.submit import Submission

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "reporting.md"


def sent(visitor: Visitor | None = None, **told: str) -> Answer:
    """A report by the pages; the receipt."""
    visitor = visitor or Visitor()
    page = visitor.get("/anmal/kort/")
    overview = visitor.post("/anmal/steg/", {"t": page.token, "to": "on", "story": CANARY} | told)
    return visitor.post("/anmal/steg/", {"t": overview.token, "to": "send"})


def everything() -> str:
    """Every row of the room, its history, the log and the envelopes, as text."""
    rows: list[object] = []
    for model in (Report, Message, Identity):
        rows += [*model.objects.values_list(), *model.history.values_list()]
    rows += [*Entry.objects.values_list(), *Envelope.objects.values_list()]
    return "\n".join(str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in rows)


def test_each_sentence_has_a_test_and_stands_in_the_threat_model() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    for promise in PROMISES:
        assert f"test_{promise.code}" in globals(), promise.code
        row = f"| {promise.text} | {'protected' if promise.is_kept else 'not protected'} |"
        assert row in written, row


def test_they_are_read_before_any_form(desk: Desk) -> None:
    text = Visitor().get("/anmal/").text
    assert "<form" not in text
    for promise in PROMISES:
        assert _(promise.text) in text
    for who, when in LEARNS:
        assert f'{who}</th><td class="rep-when">{when}</td>' in text
    assert "hemlig" not in text.lower()


def test_no_database(desk: Desk) -> None:
    sent()
    assert CANARY not in everything()
    assert dict(LEARNS)["Den som sköter it och databaser"] == NEVER


def test_no_trace(desk: Desk) -> None:
    sent(Visitor({"HTTP_REFERER": "https://intranat.example/"}))
    kept = everything()
    assert not any(each in kept for each in (ADDRESS, BROWSER, "intranat"))


def test_no_account(desk: Desk) -> None:
    client = Client()
    account = desk.actor("rita").account_id
    client.force_login(Account.objects.get(pk=account))
    page = client.get("/anmal/kort/").content.decode()
    assert "Logga ut" not in page
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in client.cookies.values())
    sent(Visitor({"HTTP_COOKIE": cookies}))
    entry = Entry.objects.get(action="report.submitted")
    assert (entry.actor_person, entry.actor_account, entry.actor_role) == (None, None, "reporter")


def test_no_cookie(desk: Desk) -> None:
    visitor = Visitor()
    sent(visitor)
    for answer in visitor.answers:
        assert answer.header("Set-Cookie") == ""
        assert "script" not in answer.header("Content-Security-Policy")
        assert "<script" not in answer.text


def test_taken_out(desk: Desk) -> None:
    desk.send(excluded=frozenset({desk.person("ragnar")}))
    assert not reports_visible_to(desk.actor("ragnar")).exists()
    assert reports_visible_to(desk.actor("rita")).count() == 1


def test_name_by_two(desk: Desk) -> None:
    desk.send(mode="confidential", name="Karin Lind")
    identity = Identity.objects.get()
    purposes = set(Envelope.objects.filter(owner=identity.pk).values_list("purpose", flat=True))
    assert purposes == {"identity"}
    assert "Karin" not in everything()


def test_days_only(desk: Desk) -> None:
    # A day after the desk was made: the log's time never runs backwards, and would stand still instead.
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    with clock.at(datetime.combine(tomorrow, time(13, 14, 15), UTC)):
        sent()
    assert not re.search(r"13:14|14:14|, 13, 14", everything())


def test_recipients_read(desk: Desk) -> None:
    receipt = desk.send()
    read = read_messages(desk.case(receipt), by=desk.actor("rita"), vault=desk.vault("rita"))
    assert [text for _message, text in read] == [CANARY]


def test_public_record(desk: Desk) -> None:
    """Whoever writes no name has none here that could be handed out."""
    sent()
    assert not Identity.objects.exists()
    assert dict(LEARNS)["Den som begär ut allmänna handlingar"] == LAW


def test_police(desk: Desk) -> None:
    """Nothing more is promised than that; and the reporter can be told, since there is a place to read it."""
    assert dict(LEARNS)["Polisen"] == LAW
    receipt = desk.send()
    assert Visitor().post("/anmal/inkorg/", {"code": "".join(receipt.code.groups)}).status == 200


def test_changed_program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other code in the place of this one sees what is written and what is opened; what nobody opens stays shut."""
    earlier, seen = desk.send(story="Skriven före bytet."), list[str]()
    true_submit, true_text = join.submit, ContentKey.text

    def submit_and_keep(told: Submission, code: Code, **more: Any) -> Receipt:
        seen.append(told.story)
        return true_submit(told, code, **more)

    def text_and_keep(key: ContentKey, row: Model, field: str) -> str:
        seen.append(true_text(key, row, field))
        return seen[-1]

    monkeypatch.setattr(join, "submit", submit_and_keep)
    monkeypatch.setattr(ContentKey, "text", text_and_keep)
    sent()
    assert CANARY in seen
    assert "Skriven före bytet." not in "\n".join(seen) + everything()
    read_messages(desk.case(earlier), by=desk.actor("rita"), vault=desk.vault("rita"))
    assert "Skriven före bytet." in seen


def test_own_device(desk: Desk) -> None:
    """The title in the browser's history tells as little as it can, and pages are not kept."""
    for path in ("/anmal/", "/anmal/kort/", "/anmal/inkorg/"):
        answer = Visitor().get(path)
        title = re.search(r"<title>(.*?)</title>", answer.text, re.S)
        assert title is not None
        assert title[1].startswith("Kontakt")
        assert "no-store" in answer.header("Cache-Control")


def test_who_you_are(desk: Desk) -> None:
    """What somebody tells of herself is given to the recipients as it was written."""
    receipt = desk.send(story="Jag som har nyckeln till arkivet.")
    read = read_messages(desk.case(receipt), by=desk.actor("rita"), vault=desk.vault("rita"))
    assert read[0][1] == "Jag som har nyckeln till arkivet."


def test_help_stands_first_with_the_number_that_is_set(desk: Desk, settings: object) -> None:
    settings.DUTY_PHONE, settings.DUTY_HOURS = "070-174 06 05", "Dygnet runt"
    text = Visitor().get("/anmal/").text
    assert text.index("tel:112") < text.index("tel:0701740605") < text.index("/anmal/ring/")
    assert "Dygnet runt" in text
    settings.DUTY_PHONE = ""
    assert "ring kommunens växel" in Visitor().get("/anmal/").text


def test_a_consent_that_was_not_given_is_no(desk: Desk) -> None:
    """Manager, safety representative, occupational health: what was not said is no, to the recipients too."""
    back = come_back("".join(desk.send().code.groups))
    assert back is not None
    assert back.consents == frozenset()
    assert not [given for _text, given in consents({}) if given]
    yes = come_back("".join(desk.send(consents=["manager"]).code.groups))
    assert yes is not None
    assert yes.consents == {"manager"}


def test_the_days_that_are_promised_are_those_that_are_counted(desk: Desk) -> None:
    """A Saturday evening: an answer on Sunday evening, what was done within three months and a week."""
    with clock.at(datetime(2026, 11, 28, 20, tzinfo=UTC)):
        named = desk.report(desk.send(mode="confidential", name="Karin Lind"))
        anonymous = desk.report(desk.send())
    assert named.acknowledge_by == datetime(2026, 11, 29, 20, tzinfo=UTC)
    assert anonymous.acknowledge_by == datetime(
        2026, 11, 29, 23, tzinfo=UTC
    )  # the end of the day in Stockholm
    assert named.feedback_by == date(2027, 3, 5)


@pytest.mark.parametrize("language", ["", "en/"])
def test_what_the_law_wants_told_of_whistleblowing_is_told(desk: Desk, language: str) -> None:
    """Lag (2021:890) 5 kap. 9 §: within, outside, the EU, and what protects whoever tells."""
    text = Visitor().get(f"/anmal/{language}visselblasning/").text
    assert "/visselblasning/anmal/" in text
    wanted = (
        ("Within the municipality", "To an authority", "To the EU", "freedom", "inquiries", "reprisals")
        if language
        else ("Inom kommunen", "Till en myndighet", "Till EU", "meddelarfrihet", "efterforskningsförbud",
              "repressalieförbud")
    )  # fmt: skip
    assert all(word in text for word in wanted)


def test_the_channel_can_be_the_municipalitys_own(desk: Desk, settings: object) -> None:
    settings.WHISTLEBLOWING_URL = "https://visselblas.example/"
    text = Visitor().get("/anmal/visselblasning/").text
    assert 'href="https://visselblas.example/"' in text
    assert "/visselblasning/anmal/" not in text
    assert Visitor().get("/anmal/visselblasning/anmal/").status == 404
