"""Coming back, whoever reported sees who reads it, and may take out any; the one taken out sees no trace."""

from __future__ import annotations

import re

from tests.reports.pages import at, recipient, text_of
from tests.reports.public.visitor import Answer, Visitor
from tests.reports.recipients import CANARY, Desk
from vetting.crypto import envelopes
from vetting.reports.actions.handling import acknowledge
from vetting.reports.case import Case
from vetting.reports.receipts import Receipt

INBOX = "/anmal/inkorg/"


def enter(receipt: Receipt) -> tuple[Visitor, Answer]:
    visitor = Visitor()
    return visitor, visitor.post(INBOX, {"code": "-".join(receipt.code.groups)})


def boxes(page: Answer) -> dict[str, str]:
    """Name → mark of each reader on the page."""
    found = re.findall(r'name="readers" value="(\w+)".*?<label[^>]*>[^<]*: ([^<]+)</label>', page.text, re.S)
    return {name.strip(): mark for mark, name in found}


def test_any_reader_may_be_taken_out_afterwards_and_sees_no_trace(desk: Desk) -> None:
    receipt = desk.send(channel="pressure")
    visitor, page = enter(receipt)
    readers = boxes(page)
    assert set(readers) == {"Rita", "Ragnar", "Rosa"}
    for name in ("rita", "ragnar", "rosa"):
        assert str(desk.person(name)) not in page.text
    kept = [mark for name, mark in readers.items() if name != "Rosa"]
    told = {"t": page.token, "to": "readers", "shown": list(readers.values()), "readers": kept}
    after = visitor.post(INBOX, told)
    assert "Den du tog bort kan inte läsa mer" in after.text
    assert set(boxes(after)) == {"Rita", "Ragnar"}
    visitor.post(INBOX, {"t": after.token, "to": "write", "text": "Det här skrev jag sedan"})
    report = desk.report(receipt)
    rosa = recipient(desk, "rosa")
    assert rosa.get(at(report)).status_code == 404
    assert receipt.reference not in text_of(rosa.get("/anmalningar/"))
    assert not envelopes.held_by([desk.keys["rosa"].pk], [report.pk], ["report", "part"])
    seen = text_of(recipient(desk, "rita").get(at(report)))
    assert "Det här skrev jag sedan" in seen


def test_the_last_reader_stays_and_a_newcomer_is_not_taken_out_unseen(desk: Desk) -> None:
    receipt = desk.send()
    visitor, page = enter(receipt)
    told = {"t": page.token, "to": "readers", "shown": list(boxes(page).values()), "readers": []}
    after = visitor.post(INBOX, told)
    assert "Någon måste vara kvar som kan läsa" in after.text
    assert len(boxes(after)) == 3
    nothing = visitor.post(INBOX, {"t": after.token, "to": "readers", "readers": []})
    assert len(boxes(nothing)) == 3, "what did not stand on the page is left as it is"


def test_who_had_taken_it_is_no_longer_responsible(desk: Desk) -> None:
    receipt = desk.send()
    with Case.locked(desk.report(receipt).pk) as case:
        acknowledge(case, "Tack.", by=desk.actor("rosa"), vault=desk.vault("rosa"))
    visitor, page = enter(receipt)
    kept = [mark for name, mark in boxes(page).items() if name != "Rosa"]
    told = {"t": page.token, "to": "readers", "shown": list(boxes(page).values()), "readers": kept}
    visitor.post(INBOX, told)
    report = desk.report(receipt)
    assert report.owner_id is None
    assert CANARY in text_of(recipient(desk, "ragnar").get(at(report)))
