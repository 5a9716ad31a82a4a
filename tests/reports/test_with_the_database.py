"""Somebody writes in the database and the key store as they please, helped by a former member or the other circle."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.clock import now
from tests.recruitment.world import put
from tests.reports.recipients import CANARY, Desk
from tests.reports.test_handling import Work, back
from vetting.access.models import RoleGrant
from vetting.crypto.errors import SealError
from vetting.crypto.models import Envelope
from vetting.reports.actions import circle, closing, handling, identity, moving, opening, reporter
from vetting.reports.actions.ending import revoke_key
from vetting.reports.errors import NotComplete, NotYours
from vetting.reports.models import Identity, IdentityReveal, Member, Message, RecipientKey
from vetting.reports.sweep import sweep


def newcomer(desk: Desk, name: str, role: str = "report_recipient") -> None:
    desk.world.hire(name, role, authority=desk.world.other_authority)
    desk.certify(name, role)


def test_a_part_that_was_lent_is_not_lent_for_longer_by_writing_so(desk: Desk) -> None:
    work = Work(desk, concerns_security=True)
    case = desk.case(work.receipt)
    work.do("alva", opening.lend_part, sealed=True, to=case.member_of(desk.person("axel")))
    assert desk.vault("axel").of(desk.case(work.receipt)).text(Message.objects.get(), "body") == CANARY
    lent = Envelope.objects.using("keystore").filter(owner=work.pk, purpose="lent")
    lent.update(until=now() + timedelta(days=3650))
    with pytest.raises(SealError):
        desk.vault("axel").of(desk.case(work.receipt))


def test_whoever_the_reporter_takes_out_while_she_is_proposed_is_not_let_in(desk: Desk) -> None:
    work = Work(desk)
    newcomer(desk, "nova")
    work.do("rita", circle.propose_member, sealed=True, person=desk.person("nova"), reason="absence")
    place = Member.objects.get(report=work.pk, person_id=desk.person("nova"))
    reporter.change_consents(back(work.receipt), [], removed=[desk.person("nova")])
    with pytest.raises(NotComplete, match="recipient"):
        work.do("ragnar", circle.consent_member, place, sealed=True)
    assert Member.objects.get(pk=place.pk).state == "proposed"
    assert not Envelope.objects.using("keystore").filter(owner=work.pk, holder=place.key_id).exists()


def test_whoever_lost_the_role_while_she_was_proposed_is_not_let_in(desk: Desk) -> None:
    work = Work(desk)
    newcomer(desk, "nova")
    work.do("rita", circle.propose_member, sealed=True, person=desk.person("nova"), reason="absence")
    place = Member.objects.get(report=work.pk, person_id=desk.person("nova"))
    grant = RoleGrant.objects.get(person_id=desk.person("nova"), role="report_recipient")
    grant.valid_to = (now() - timedelta(days=1)).date()
    put(grant, "role.confirmed")
    with pytest.raises(NotComplete, match="recipient"):
        work.do("ragnar", circle.consent_member, place, sealed=True)


def test_nothing_new_is_sealed_to_a_key_that_is_revoked(desk: Desk) -> None:
    work = Work(desk)
    newcomer(desk, "nova")
    work.do("rita", circle.propose_member, sealed=True, person=desk.person("nova"), reason="absence")
    place = Member.objects.get(report=work.pk, person_id=desk.person("nova"))
    for name in ("nova", "rosa"):
        key = RecipientKey.objects.get(pk=desk.keys[name].pk)
        revoke_key(key, by=desk.actor("rita"), reason="exposed")
    with pytest.raises(NotComplete):
        work.do("ragnar", circle.consent_member, Member.objects.get(pk=place.pk), sealed=True)
    reporter.give_identity(back(work.receipt), "Eva")
    name = Identity.objects.get()
    holders = Envelope.objects.using("keystore").filter(owner=name.pk).values_list("holder", flat=True)
    assert desk.keys["rosa"].pk not in set(holders)
    assert len(holders) == 2


def test_a_name_is_sealed_to_nobody_of_another_circle_or_taken_out(desk: Desk) -> None:
    """Rows of members are written by hand: one of the other channel, one whom the reporter took out."""
    work = Work(desk, excluded=frozenset({desk.person("rosa")}))
    for number, name in ((7, "viola"), (8, "rosa")):
        put(
            Member(
                report=work.report, key=desk.keys[name], person_id=desk.person(name),
                role="report_recipient", number=number, state="member", since=work.report.received_on,
            ),
            "circle.extended",
        )  # fmt: skip
    reporter.give_identity(back(work.receipt), "Eva")
    holders = set(
        Envelope.objects.using("keystore")
        .filter(owner=Identity.objects.get().pk)
        .values_list("holder", flat=True)
    )
    assert holders == {desk.keys["rita"].pk, desk.keys["ragnar"].pk}
    for name in ("viola", "rosa"):
        with pytest.raises(NotYours):
            desk.vault(name).of(desk.case(work.receipt))


def test_what_is_held_is_not_moved(desk: Desk) -> None:
    """A move destroys the name and the code's way: what a court may ask for stays as it is."""
    work = Work(desk, name="Eva", mode="named")
    work.do("rita", handling.take)
    work.do("ragnar", moving.propose_transfer, sealed=True, ground="duty_to_pass_on", reason="Lagen")
    work.do("rosa", closing.set_hold, ground="court", review_on=work.report.received_on)
    with pytest.raises(NotComplete, match="held"):
        work.do("rita", moving.transfer, sealed=True)
    assert Identity.objects.get().withdrawn_on is None


def test_an_old_copy_of_the_keys_opens_nothing_that_is_disposed_of(desk: Desk) -> None:
    """The key store of yesterday beside the data of today: the rows say that it is gone, and the sweep sees to it."""
    work = Work(desk, name="Eva", mode="named")
    old = list(Envelope.objects.using("keystore").all())
    work.do("rita", closing.quarantine)
    work.do("rita", closing.propose_disposal, is_out_of_place=True)
    work.do("ragnar", closing.confirm_disposal)
    Envelope.objects.using("keystore").bulk_create(old)
    assert back(work.receipt) is None
    for name in ("rita", "ragnar", "rosa"):
        with pytest.raises(NotYours):
            desk.vault(name).of(desk.case(work.receipt))
    assert sweep() == (len(old), 0)
    assert not Envelope.objects.using("keystore").exists()


def test_a_request_for_the_name_that_is_let_longer_by_writing_so_opens_nothing(desk: Desk) -> None:
    work = Work(desk, name="Eva", mode="named")
    work.do("rita", identity.request_identity, sealed=True, ground="law", reason="Lagen")
    row = IdentityReveal.objects.get()
    work.do("ragnar", identity.confirm_identity, row, sealed=True)
    assert work.do("rita", identity.reveal_identity, row, sealed=True) == "Eva"
    Envelope.objects.using("keystore").filter(purpose="lent").update(until=now() + timedelta(days=999))
    with pytest.raises(SealError):
        work.do("rita", identity.reveal_identity, row, sealed=True)
