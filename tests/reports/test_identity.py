"""The name: asked for by one, let by another, read by the first alone for a time. And who is in the circle."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.reports.recipients import CANARY, Desk
from vetting.access.door import Denied
from vetting.policy.calendar import STOCKHOLM
from vetting.reports.actions import circle, identity
from vetting.reports.actions.opening import lend_part
from vetting.reports.actions.reporter import take_back_identity
from vetting.reports.case import Case
from vetting.reports.errors import BadInput, NeedsAnother, NotComplete, NotYours, WrongState
from vetting.reports.models import Identity, IdentityReveal, Member, Message, RecipientKey
from vetting.reports.receipts import Receipt
from vetting.reports.returning import come_back

DAY = datetime(2026, 3, 2, 9, tzinfo=STOCKHOLM)
NAME = "Kanarie Fågelsson, gatukontoret"


@pytest.fixture
def named(desk: Desk) -> Receipt:
    with clock.at(DAY):
        return desk.send(name=NAME, mode="named")


def ask(desk: Desk, receipt: Receipt, name: str) -> IdentityReveal:
    with Case.locked(desk.report(receipt).pk) as case:
        return identity.request_identity(
            case,
            by=desk.actor(name),
            vault=desk.vault(name),
            ground="protection",
            reason="Hon behöver skydd i natt.",
        )


def answer(desk: Desk, receipt: Receipt, row: IdentityReveal, name: str) -> None:
    with Case.locked(desk.report(receipt).pk) as case:
        identity.confirm_identity(case, row, by=desk.actor(name), vault=desk.vault(name))


def read(desk: Desk, receipt: Receipt, row: IdentityReveal, name: str) -> str:
    return identity.reveal_identity(desk.case(receipt), row, by=desk.actor(name), vault=desk.vault(name))


def test_reading_the_report_does_not_give_the_name(desk: Desk, named: Receipt) -> None:
    case, row = desk.case(named), Identity.objects.get()
    for name in ("rita", "ragnar", "rosa"):
        with pytest.raises(NeedsAnother):
            desk.vault(name).of_identity(case, row)


def test_one_asks_another_lets_and_the_first_reads_for_two_days(desk: Desk, named: Receipt) -> None:
    with clock.at(DAY):
        row = ask(desk, named, "rita")
        with pytest.raises(NotComplete, match="asked"):
            ask(desk, named, "rita")
        with pytest.raises(Denied):
            answer(desk, named, row, "rita")
        with pytest.raises(WrongState):
            read(desk, named, row, "rita")
        answer(desk, named, row, "ragnar")
        assert read(desk, named, row, "rita") == NAME
        for name in ("ragnar", "rosa"):
            with pytest.raises(Denied):
                read(desk, named, row, name)
            with pytest.raises(NeedsAnother):
                desk.vault(name).of_identity(desk.case(named), row.identity)
    with clock.at(DAY + timedelta(days=1, hours=14)):
        assert read(desk, named, row, "rita") == NAME
    with clock.at(DAY + timedelta(days=2)):
        with pytest.raises(WrongState):
            read(desk, named, row, "rita")
        with pytest.raises(NeedsAnother):
            desk.vault("rita").of_identity(desk.case(named), row.identity)
    told = (
        Entry.objects.filter(action__startswith="identity.").order_by("id").values_list("action", flat=True)
    )
    assert list(told) == [
        "identity.requested", "identity.confirmed", "identity.revealed", "identity.revealed",
    ]  # fmt: skip


def test_a_request_is_refused_or_falls_with_the_name(desk: Desk, named: Receipt) -> None:
    row = ask(desk, named, "rita")
    with Case.locked(desk.report(named).pk) as case:
        identity.reject_identity(case, row, by=desk.actor("rosa"), reason="ask_reporter")
    with pytest.raises(WrongState):
        answer(desk, named, row, "ragnar")
    second = ask(desk, named, "rita")
    answer(desk, named, second, "ragnar")
    back = come_back("-".join(named.code.groups))
    assert back is not None
    take_back_identity(back)
    second = IdentityReveal.objects.get(pk=second.pk)
    with pytest.raises((NotComplete, NotYours)):
        read(desk, named, second, "rita")
    with pytest.raises(NotComplete, match="identity"):
        ask(desk, named, "rosa")


def join(desk: Desk, receipt: Receipt, name: str, *, by: str, reason: str = "competence") -> Member:
    with Case.locked(desk.report(receipt).pk) as case:
        return circle.propose_member(
            case, by=desk.actor(by), vault=desk.vault(by), person=desk.person(name), reason=reason
        )


def let_in(desk: Desk, receipt: Receipt, member: Member, *, by: str) -> None:
    with Case.locked(desk.report(receipt).pk) as case:
        row = Member.objects.select_related("key").get(pk=member.pk)
        circle.consent_member(case, row, by=desk.actor(by), vault=desk.vault(by))


def newcomer(desk: Desk, name: str = "nina", role: str = "report_recipient") -> str:
    desk.world.hire(name, role, authority=desk.world.other_authority)
    desk.certify(name, role)
    return name


def test_a_recipient_is_let_in_by_two_and_reads(desk: Desk) -> None:
    receipt = desk.send()
    nina = newcomer(desk)
    with pytest.raises(NotYours):
        desk.vault(nina).of(desk.case(receipt))
    member = join(desk, receipt, nina, by="rita")
    for who in ("rita",):
        with pytest.raises(Denied):
            let_in(desk, receipt, member, by=who)
    let_in(desk, receipt, member, by="ragnar")
    key = desk.vault(nina).of(desk.case(receipt))
    assert key.text(Message.objects.get(), "body") == CANARY
    with pytest.raises(WrongState):
        let_in(desk, receipt, member, by="rosa")


def test_whoever_was_taken_out_or_is_of_another_directory_is_not_let_in(desk: Desk) -> None:
    receipt = desk.send(excluded=frozenset({desk.person("rosa")}))
    for name in ("rosa", "viola", "alva"):
        with pytest.raises(BadInput):
            join(desk, receipt, name, by="rita")
    nina = newcomer(desk)
    member = join(desk, receipt, nina, by="rita")
    with Case.locked(desk.report(receipt).pk) as case:
        circle.reject_member(case, member, by=desk.actor("ragnar"), reason="conflict")
    with pytest.raises(NotYours):
        desk.vault(nina).of(desk.case(receipt))


def test_where_two_read_a_newcomer_gets_a_part_and_no_more(desk: Desk) -> None:
    receipt = desk.send(concerns_security=True)
    case = desk.case(receipt)
    nina = newcomer(desk, "nora", "alternative_recipient")
    axel = case.member_of(desk.person("axel"))
    alva = case.member_of(desk.person("alva"))
    assert axel is not None
    assert alva is not None
    lend_part(case, by=desk.actor("axel"), vault=desk.vault("axel"), to=alva)
    member = join(desk, receipt, nina, by="alva")
    with pytest.raises(NeedsAnother):
        let_in(desk, receipt, member, by="axel")
    lend_part(case, by=desk.actor("alva"), vault=desk.vault("alva"), to=axel)
    let_in(desk, receipt, member, by="axel")
    case = desk.case(receipt)
    with pytest.raises(NeedsAnother):
        desk.vault(nina).of(case)
    new = case.member_of(desk.person(nina))
    assert new is not None
    lend_part(case, by=desk.actor("agnes"), vault=desk.vault("agnes"), to=new)
    assert desk.vault(nina).of(case).text(Message.objects.get(), "body") == CANARY


def test_one_stands_aside_and_two_are_left(desk: Desk) -> None:
    receipt = desk.send(name=NAME, mode="named")
    with Case.locked(desk.report(receipt).pk) as case:
        circle.stand_aside(case, by=desk.actor("rita"))
    with pytest.raises(NotYours):
        desk.vault("rita").of(desk.case(receipt))
    with Case.locked(desk.report(receipt).pk) as case, pytest.raises(NotComplete):
        circle.stand_aside(case, by=desk.actor("ragnar"))
    with pytest.raises(Denied):
        ask(desk, receipt, "rita")
    assert RecipientKey.objects.count() == 8
