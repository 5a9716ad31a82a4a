"""Nothing typed is lost on the page one comes back to: whichever of its buttons is pressed, the rest comes back."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.reports import made_files as made
from tests.reports.public.test_files import inbox_of
from tests.reports.public.visitor import Answer, Visitor
from tests.reports.recipients import Desk
from vetting.reports.files.words import NOT_TAKEN
from vetting.reports.models import File, Message
from vetting.reports.public import budget, padding
from vetting.reports.public.views.inbox import MOST
from vetting.reports.returning import come_back

INBOX = "/anmal/inkorg/"
TYPED = {"text": "Han ringde igen,\r\noch <väntar> utanför.", "contact": "0701-740 605", "name": "Karin Lind"}
PLAIN = {name: text.replace("\r\n", "\n") for name, text in TYPED.items()}


def boxes(page: Answer) -> dict[str, str]:
    """What stands in the boxes of the page."""
    raw = page.body.decode().rpartition("\n<!--")[0]
    found = dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', raw))
    found |= dict(re.findall(r'<input class="ds-input" id="n-name" name="(name)"[^>]* value="([^"]*)"', raw))
    return {name: unescape(text) for name, text in found.items()}


def test_a_file_brings_back_what_is_typed(desk: Desk) -> None:
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    before = Message.objects.count()
    answer = visitor.send(page.token, made.photo(), typed=TYPED)
    assert "Filen är sparad" in answer.text
    assert boxes(answer) == PLAIN
    assert File.objects.count() == 1
    back = come_back(code)
    assert back is not None
    assert Message.objects.count() == before  # nothing of it was sent, and nothing of it is kept
    assert not back.key.text(back.report, "contact")
    assert not back.report.identities.exists()


@pytest.mark.parametrize("why", ["none", "kind", "closed"])
def test_a_file_that_is_not_taken_brings_it_back_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    if why == "closed":
        monkeypatch.setattr(budget, "takes_files", lambda: False)
    data = {"none": b"", "kind": b"<svg/>", "closed": b"Han skrev."}[why]
    answer = visitor.send(page.token, data, name="" if why == "none" else "a.svg", typed=TYPED)
    assert any(str(words) in answer.text for words in NOT_TAKEN.values())
    assert boxes(answer) == PLAIN
    assert not File.objects.exists()


@pytest.mark.parametrize(("to", "taken"), [("write", "text"), ("consents", "contact"), ("give_name", "name")])
def test_each_button_takes_its_own_and_leaves_the_rest(desk: Desk, to: str, taken: str) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    answer = visitor.post(INBOX, {"t": page.token, "to": to, **TYPED})
    assert 'role="alert"' not in answer.text
    left = PLAIN | {
        taken: PLAIN[taken] if taken == "contact" else ""
    }  # what is saved there stands in the box
    assert boxes(answer) == left


def test_what_cannot_be_taken_stands_where_it_was(desk: Desk) -> None:
    """A name with a code in it is refused: it is not lost, nor is anything beside it."""
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    typed = PLAIN | {"name": f"Karin {code}"}
    answer = visitor.post(INBOX, {"t": page.token, "to": "give_name", **typed})
    assert "Här står en återkomstkod" in answer.text
    assert boxes(answer) == typed


def test_what_is_unsent_in_a_fold_is_seen(desk: Desk) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    assert '<details class="rep-fold" open>' not in page.text
    assert visitor.send(page.token, b"Han skrev.", typed=TYPED).text.count('class="rep-fold" open>') == 2


def test_a_file_that_was_chosen_and_not_added_is_said(desk: Desk) -> None:
    """A form that carries no files sends a chosen one's name alone: it is not shown, not kept, and not taken for it."""
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    told = {"t": page.token, "to": "write", "text": "Han ringde igen.", "file": "Kanarie.jpg"}
    answer = visitor.post(INBOX, told)
    assert "Filen som du valde är inte tillagd" in answer.text
    assert "Kanarie" not in answer.text
    page, _code = inbox_of(desk, visitor)
    assert "är inte tillagd" not in visitor.post(INBOX, told | {"t": page.token, "file": ""}).text


def test_as_much_as_a_page_holds_comes_back(desk: Desk) -> None:
    """More than may be sent at once, and a conversation beside it: the page still fits in an answer."""
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    text = "ö" * MOST
    answer = visitor.post(INBOX, {"t": page.token, "to": "write", "text": text})
    assert "högst" in answer.text
    assert len(answer.body) in padding.SIZES
    assert boxes(answer)["text"] == text


def test_enter_in_a_box_sends_nothing(desk: Desk) -> None:
    """The form's first button is shut: a browser then sends nothing without a button being pressed."""
    page, _code = inbox_of(desk, Visitor())
    first = re.search(r"<button[^>]*>", page.text[page.text.index('class="rep-page"') :])
    assert first is not None
    assert first[0] == '<button type="submit" disabled hidden>'
    assert page.text.count("<form") == 1


def test_what_is_sent_from_a_page_gone_back_to_is_sent(desk: Desk) -> None:
    """Each button of the page is an act of its own, and so is another text: none is taken for an earlier."""
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    for to, box, text in (
        ("write", "text", "Han ringde igen."),
        ("write", "text", "Han ringde igen, och nu står han här."),
        ("give_name", "name", "Karin Lind"),
        ("consents", "contact", "0701-740 605"),
    ):
        answer = visitor.post(INBOX, {"t": page.token, "to": to, box: text})
        assert "Det är redan sparat" not in answer.text, to
    assert "Filen är sparad" in visitor.send(page.token, b"Han skrev.").text
    back = come_back(code)
    assert back is not None
    assert {"Han ringde igen.", "Han ringde igen, och nu står han här."} <= {each.text for each in back.texts}
    assert back.report.identities.exists()
    assert back.key.text(back.report, "contact") == "0701-740 605"


def test_the_same_sent_twice_is_one(desk: Desk) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    before = Message.objects.count()
    told = {"t": page.token, "to": "write", "text": "Han ringde igen."}
    visitor.post(INBOX, told)
    assert "Det är redan sparat" in visitor.post(INBOX, told).text
    assert Message.objects.count() == before + 1


def ticks(page: Answer, name: str) -> dict[str, bool]:
    """The boxes of one name, and whether each is ticked."""
    raw = page.body.decode()
    return {
        value: "checked" in rest for value, rest in re.findall(rf'name="{name}" value="(\w+)"([^>]*)>', raw)
    }


def as_sent(page: Answer, *, out: int = 0, consents: tuple[str, ...] = ()) -> dict[str, str | list[str]]:
    """What a browser sends of the page's ticks, with the first `out` readers' taken away."""
    marks = list(ticks(page, "readers"))
    return {
        "t": page.token, "shown": marks, "readers": marks[out:], "consents_shown": "1", "consents": list(consents),
    }  # fmt: skip


@pytest.mark.parametrize(("to", "box"), [("write", "text"), ("give_name", "name"), ("file", "text")])
def test_nothing_is_sent_while_somebody_is_to_be_taken_out(desk: Desk, to: str, box: str) -> None:
    """She who took a tick away and pressed another button believes that he does not read it."""
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    before = Message.objects.count()
    typed = as_sent(page, out=1) | {box: PLAIN[box], "to": to}
    if to == "file":
        out = next(iter(ticks(page, "readers")))
        answer = visitor.send(page.token, b"Han skrev.", typed={"shown": out, box: PLAIN[box]})
    else:
        answer = visitor.post(INBOX, typed)
    assert "Inget är skickat än" in answer.text
    assert list(ticks(answer, "readers").values()).count(False) == 1
    assert boxes(answer)[box] == PLAIN[box]
    back = come_back(code)
    assert back is not None
    assert Message.objects.count() == before
    assert not File.objects.exists()
    assert not back.report.identities.exists()
    answer = visitor.post(INBOX, as_sent(page, out=1) | {"to": "readers", box: PLAIN[box]})
    assert False not in ticks(answer, "readers").values()
    assert "är sparat" in visitor.post(INBOX, as_sent(answer) | {"to": "write", "text": "Han ringde."}).text


def test_ticks_that_are_not_saved_come_back(desk: Desk) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    wanted = next(iter(ticks(page, "consents")))
    assert ticks(page, "consents")[wanted] is False
    told = as_sent(page, consents=(wanted,)) | {"to": "write", "text": "Han ringde igen."}
    answer = visitor.post(INBOX, told)
    assert "är sparat" in answer.text
    assert ticks(answer, "consents")[wanted] is True
    assert answer.text.count('class="rep-fold" open>') == 1
    assert ticks(visitor.post(INBOX, as_sent(answer) | {"to": "consents"}), "consents")[wanted] is False


def test_a_box_that_is_emptied_takes_back_how_one_is_reached(desk: Desk) -> None:
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    page = visitor.post(INBOX, {"t": page.token, "to": "consents", "contact": "0701-740 605"})
    page = visitor.post(INBOX, {"t": page.token, "to": "consents"})
    assert boxes(page)["contact"] == "0701-740 605"
    page = visitor.post(INBOX, {"t": page.token, "to": "consents", "contact": ""})
    back = come_back(code)
    assert back is not None
    assert not back.key.text(back.report, "contact")
