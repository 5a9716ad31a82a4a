"""What is set apart is opened by nobody, whatever is proposed or written, until another than who did it releases it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audit.models import Entry
from tests.recruitment.clicks import client_of
from tests.reports.recipients import CANARY, Desk
from tests.reports.test_handling import Work, back
from vetting.access.door import Denied
from vetting.reports.actions import circle, closing, handling, identity, opening, reporter
from vetting.reports.errors import WrongState
from vetting.reports.models import IdentityReveal


def apart(desk: Desk, **told: Any) -> Work:
    """Set apart by Rita."""
    work = Work(desk, **{"name": "Eva", "mode": "named"} | told)
    work.do("rita", closing.quarantine)
    return work


def is_shut(work: Work) -> bool:
    """Whether everything that opens it is refused, to everybody in the circle, and no entry says it was opened."""
    before = Entry.objects.count()
    desk, person = work.desk, work.desk.person("rosa")
    case = desk.case(work.receipt)
    place = case.member_of(desk.person("ragnar"))
    acts: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
        (opening.open_report, (), {}),
        (opening.read_messages, (), {}),
        (opening.lend_part, (), {"to": place}),
        (identity.request_identity, (), {"ground": "law", "reason": "Lagen"}),
        (circle.propose_member, (), {"person": person, "reason": "absence"}),
        (handling.send_message, ("Hej",), {}),
        (handling.write_note, ("Hej",), {}),
    ]
    for name in ("rita", "rosa"):
        for act, args, more in acts:
            with pytest.raises(WrongState):
                work.do(name, act, *args, sealed=True, **more)
        assert opening.cards([work.report], vault=desk.vault(name)) == {}
    return Entry.objects.count() == before


def test_nothing_opens_what_is_set_apart(desk: Desk) -> None:
    work = Work(desk, name="Eva", mode="named", facts={"kind": ["threat"]})
    work.do("rita", identity.request_identity, sealed=True, ground="law", reason="Lagen")
    row = IdentityReveal.objects.get()
    work.do("ragnar", identity.confirm_identity, row, sealed=True)
    assert work.do("rita", identity.reveal_identity, row, sealed=True) == "Eva"
    assert opening.cards([work.report], vault=desk.vault("rita"))
    work.do("rita", closing.quarantine)
    assert is_shut(work)
    with pytest.raises(WrongState):
        work.do("rita", identity.reveal_identity, row, sealed=True)
    asked = IdentityReveal.objects.get()
    with pytest.raises(WrongState):
        work.do("rosa", identity.confirm_identity, asked, sealed=True)


def test_to_propose_that_it_is_disposed_of_opens_nothing(desk: Desk) -> None:
    work = apart(desk)
    work.do("rita", closing.propose_disposal, is_out_of_place=True)
    assert work.report.state == "disposal_proposed"
    assert is_shut(work)
    work.do("ragnar", closing.reject_disposal, reason="still_needed")
    assert (work.report.state, work.report.closed_on) == ("quarantined", None)
    assert is_shut(work)
    with pytest.raises(Denied):
        work.do("rita", closing.release, reason="not_classified")
    work.do("ragnar", closing.release, reason="not_classified")
    assert work.report.state == "in_assessment"
    work.do("rita", opening.open_report, sealed=True)


def test_what_the_reporter_writes_opens_nothing(desk: Desk) -> None:
    work = apart(desk)
    reporter.write_more(back(work.receipt), "Jag vill tillägga detta.")
    assert work.report.state == "quarantined"
    assert is_shut(work)
    work.do("ragnar", closing.propose_disposal, is_out_of_place=True)
    reporter.write_more(back(work.receipt), "Och detta.")
    assert (work.report.state, work.report.proposer_id) == ("quarantined", None)
    assert is_shut(work)
    assert back(work.receipt).texts[0].text == CANARY


def test_its_page_says_so_and_shows_nothing(desk: Desk) -> None:
    work = apart(desk)
    client = client_of(desk.world, "rosa", fresh=True)
    for _step in range(2):
        page = client.get(f"/anmalningar/{work.pk}/")
        assert CANARY not in page.content.decode()
        assert page.status_code in (200, 302)
        if work.report.state == "quarantined":
            work.do("rita", closing.propose_disposal, is_out_of_place=True)
