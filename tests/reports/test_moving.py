"""A report goes to the other channel: by two, with a key of its own, and the reporter comes along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from audit.clock import now
from audit.models import Entry
from tests.reports.recipients import CANARY, Desk
from tests.reports.test_handling import Work, back
from vetting.access.door import Denied
from vetting.crypto import envelopes, hpke
from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code
from vetting.reports import sealing
from vetting.reports.actions import circle, closing, handling, identity, moving, reporter
from vetting.reports.case import Case
from vetting.reports.errors import BadInput, NoRecipients, NotComplete, NotYours, WrongState
from vetting.reports.models import Identity, IdentityReveal, Message, Report
from vetting.reports.receipts import Receipt
from vetting.reports.returning import Returned
from vetting.reports.submit import Submission, submit

NEW = "KANARIEFÅGELN har flyttat"


def propose(work: Work, by: str = "ragnar", ground: str = "duty_to_pass_on", **more: Any) -> None:
    work.do(by, moving.propose_transfer, sealed=True, ground=ground, reason="Missförhållande", **more)


def moved(desk: Desk, receipt: Receipt, owner: str, other: str) -> Report:
    """The newest report of a receipt, moved on by two of those who have it."""
    work = Work.of(desk, receipt, newest(receipt).report.pk)
    work.do(owner, handling.take)
    propose(work, other)
    work.do(owner, moving.transfer, sealed=True)
    return newest(receipt).report


def newest(receipt: Receipt) -> Returned:
    found: Returned | None = back(receipt)
    assert found is not None
    return found


def all_that_lies_in(row: Any, key: ContentKey) -> list[str]:
    """Every sealed text of a report's row that its key opens."""
    names = ("facts", "contact", "other_person", "consents", "successor")
    return [key.text(row, name) for name in names if getattr(row, name) is not None]


def test_one_proposes_and_another_who_answers_for_it_moves_it(desk: Desk) -> None:
    work = Work(desk, excluded=frozenset({desk.person("vera")}))
    work.do("rita", handling.take)
    with pytest.raises(NotComplete, match="proposal"):
        work.do("rita", moving.transfer, sealed=True)
    with pytest.raises(NotComplete, match="consent"):
        propose(work, ground="consent")
    with pytest.raises(BadInput):
        propose(work, ground="mood")
    propose(work, "rita")
    with pytest.raises(Denied):
        work.do("rita", moving.transfer, sealed=True)
    with pytest.raises(Denied):
        work.do("rita", moving.reject_transfer)
    work.do("rosa", moving.reject_transfer)
    assert (work.report.moving_by_id, work.report.moving_ground) == (None, "")
    propose(work)
    with pytest.raises(NotComplete, match="answered"):
        propose(work, "rosa")
    with pytest.raises(Denied):
        work.do("rosa", moving.transfer, sealed=True)
    work.do("rita", moving.transfer, sealed=True)
    assert (work.report.state, work.report.moving_by_id) == ("transferred", None)
    told = list(Entry.objects.filter(subject=work.pk).order_by("id").values_list("action", flat=True))
    assert told[1:] == [
        "report.taken", "report.transfer_proposed", "report.transfer_rejected",
        "report.transfer_proposed", "report.transferred",
    ]  # fmt: skip
    found = newest(work.receipt)
    assert (found.report.channel, found.report.state) == ("whistleblowing", "received")
    assert found.texts[0].text == CANARY
    assert "flyttats" in found.texts[-1].text
    case = Case.load(found.report.pk)
    assert {member.person_id for member in case.circle} == {desk.person("viola")}
    assert (
        desk.vault("viola").of(case).text(Message.objects.get(report=case.report, number=1), "body") == CANARY
    )
    with pytest.raises(NotYours):
        desk.vault("rita").of(case)


def test_nothing_that_the_old_circle_has_leads_to_the_new_key(desk: Desk) -> None:
    """Rita keeps the old key, has the database and the key store, and every seed of the old circle."""
    receipt = desk.send()
    first = desk.report(receipt)
    old_key = desk.vault("rita").of(desk.case(receipt))
    new = moved(desk, receipt, "rita", "ragnar")
    reporter.write_more(newest(receipt), NEW)
    first.refresh_from_db()
    told = [*all_that_lies_in(first, old_key)]
    for row in Report.history.filter(id=first.pk):
        told += all_that_lies_in(row, old_key)
    message = Message.objects.filter(report=new).latest("number")
    assert all(str(new.pk) not in text for text in told)
    seeds = [desk.seeds[name] for name in ("rita", "ragnar", "rosa")]
    purposes = ("receipt", "moved", "return", "report", "part", "lent", "identity")
    tries = 0
    for envelope in Envelope.objects.using("keystore").filter(owner=new.pk):
        for seed in seeds:
            for purpose in purposes:
                for holder in (envelope.holder, UUID(int=0), *(desk.keys[n].pk for n in ("rita", "ragnar"))):
                    if holder is None:
                        continue
                    with pytest.raises(SealError):
                        hpke.open_with(seed, bytes(envelope.blob), sealing.bound(purpose, new.pk, holder))
                    tries += 1
        for label in (sealing.RETURN_LABEL, sealing.LABEL):
            with pytest.raises(SealError):
                ContentKey(new.pk, old_key._key).unseal(label, bytes(envelope.blob))
    assert tries > 50
    with pytest.raises(SealError):
        ContentKey(new.pk, old_key._key).text(message, "body")


def test_the_code_leads_through_any_number_of_moves(desk: Desk) -> None:
    receipt = desk.send()
    here = [newest(receipt).report.pk]
    for owner, other in (("rita", "ragnar"), ("viola", "vera"), ("rita", "rosa"), ("vera", "viola")):
        moved(desk, receipt, owner, other)
        here.append(newest(receipt).report.pk)
        reporter.write_more(newest(receipt), f"Nu {len(here)}")
    assert len(set(here)) == 5
    assert [text.text for text in newest(receipt).texts if text.is_mine] == [
        CANARY, "Nu 2", "Nu 3", "Nu 4", "Nu 5",
    ]  # fmt: skip
    assert newest(receipt).receipt.code == receipt.code


def test_disposing_of_what_it_became_takes_every_way_there(desk: Desk) -> None:
    receipt = desk.send(name="Eva", mode="named")
    first = desk.report(receipt)
    new = moved(desk, receipt, "rita", "ragnar")
    reporter.give_identity(newest(receipt), "Eva igen")
    dispose(desk, new.pk, "viola", "vera")
    names = Identity.objects.filter(report=new).values_list("pk", flat=True)
    assert not envelopes.owners({new.pk, *names})
    assert back(receipt) is None
    assert Report.objects.get(pk=first.pk).state == "transferred"
    for name in ("viola", "vera", "rita"):
        with pytest.raises(NotYours):
            desk.vault(name).of(Case.load(new.pk))


def test_disposing_of_what_it_was_leaves_the_way_to_what_it_became(desk: Desk) -> None:
    receipt = desk.send(name="Eva", mode="named")
    first = desk.report(receipt)
    new = moved(desk, receipt, "rita", "ragnar")
    dispose(desk, first.pk, "rita", "rosa")
    names = Identity.objects.filter(report=first).values_list("pk", flat=True)
    assert not envelopes.owners({first.pk, *names})
    assert newest(receipt).report.pk == new.pk
    reporter.write_more(newest(receipt), NEW)


def dispose(desk: Desk, pk: UUID, one: str, other: str) -> None:
    """By two, as what must not be here."""
    if Report.objects.get(pk=pk).state != "transferred":
        with Case.locked(pk) as case:
            closing.quarantine(case, by=desk.actor(one))
    with Case.locked(pk) as case:
        closing.propose_disposal(case, by=desk.actor(one), is_out_of_place=True)
    with Case.locked(pk) as case:
        closing.confirm_disposal(case, by=desk.actor(other))


def test_what_has_moved_is_not_handled_here_again(desk: Desk) -> None:
    receipt = desk.send()
    first = desk.report(receipt)
    moved(desk, receipt, "rita", "ragnar")
    with Case.locked(first.pk) as case:
        closing.propose_disposal(case, by=desk.actor("rita"))
    with Case.locked(first.pk) as case:
        closing.reject_disposal(case, by=desk.actor("ragnar"), reason="still_needed")
    assert Report.objects.get(pk=first.pk).state == "transferred"
    with pytest.raises(WrongState), Case.locked(first.pk) as case:
        closing.reopen(case, by=desk.actor("rita"), reason="new_facts")


def test_a_name_that_nobody_was_let_to_read_is_withdrawn_and_the_reporter_told(desk: Desk) -> None:
    receipt = desk.send(name="Eva Exempel", mode="named")
    old = Identity.objects.get()
    new = moved(desk, receipt, "rita", "ragnar")
    assert "Ditt namn följde inte med" in newest(receipt).texts[-1].text
    old.refresh_from_db()
    assert (old.withdrawn_on is not None, old.who) == (True, None)
    assert not Identity.objects.filter(report=new).exists()
    reporter.give_identity(newest(receipt), "Eva Exempel")
    assert Identity.objects.get(withdrawn_on=None).report_id == new.pk


def test_a_name_that_was_let_goes_along_to_the_new_circle(desk: Desk) -> None:
    work = Work(desk, name="Eva Exempel", mode="named")
    work.do("rita", identity.request_identity, sealed=True, ground="law", reason="5 kap. 10 §")
    row = IdentityReveal.objects.get()
    work.do("ragnar", identity.confirm_identity, row, sealed=True)
    new = moved(desk, work.receipt, "rita", "ragnar")
    assert "Ditt namn" not in newest(work.receipt).texts[-1].text
    case, kept = Case.load(new.pk), Identity.objects.get(report=new)
    sealing.lend(
        kept.pk, desk.keys["vera"].pk, desk.seeds["vera"], "identity",
        to=desk.keys["viola"].pk, public=bytes(desk.keys["viola"].public),
        until=now() + timedelta(days=1),
    )  # fmt: skip
    assert desk.vault("viola").of_identity(case, kept).text(kept, "who") == "Eva Exempel"
    with pytest.raises(NotComplete):
        work.do("rita", identity.reveal_identity, IdentityReveal.objects.get(pk=row.pk), sealed=True)


def test_one_consent_is_to_one_move_and_whoever_stood_aside_stays_out(desk: Desk) -> None:
    receipt = desk.send(consents=["other_channel", "contact"])
    with Case.locked(desk.report(receipt).pk) as case:
        circle.stand_aside(case, by=desk.actor("rosa"))
    work = Work.of(desk, receipt, desk.report(receipt).pk)
    work.do("rita", handling.take)
    propose(work, ground="consent")
    work.do("rita", moving.transfer, sealed=True)
    found = newest(receipt)
    assert found.consents == {"contact"}
    again = moved(desk, receipt, "viola", "vera")
    assert {member.person_id for member in Case.load(again.pk).circle} == {
        desk.person("rita"), desk.person("ragnar"),
    }  # fmt: skip


def test_consent_taken_back_before_it_moves_stops_it(desk: Desk) -> None:
    work = Work(desk, consents=["other_channel"])
    work.do("rita", handling.take)
    propose(work, ground="consent")
    reporter.change_consents(newest(work.receipt), [])
    with pytest.raises(NotComplete, match="consent"):
        work.do("rita", moving.transfer, sealed=True)
    assert work.report.state != "transferred"
    reporter.change_consents(newest(work.receipt), ["other_channel"], removed=[desk.person("rosa")])
    work.do("rita", moving.transfer, sealed=True)


def test_a_way_back_that_was_swapped_stops_it(desk: Desk) -> None:
    """Somebody of the old circle who also has the key store puts a key of their own where the code's was."""
    work = Work(desk)
    key = desk.vault("rita").of(desk.case(work.receipt))
    theirs = sealing.way_back(key, hpke.public_of(hpke.new_seed()))
    rows = Envelope.objects.using("keystore").filter(owner=work.pk, purpose="return")
    rows.update(blob=theirs.blob)
    with pytest.raises(NotComplete, match="return"):
        propose(work)
    rows.delete()
    with pytest.raises(NotComplete, match="return"):
        propose(work)
    reporter.write_more(newest(work.receipt), "Jag är kvar.")
    propose(work)


def test_what_the_alternative_group_has_is_never_moved_to_a_wider_circle(desk: Desk) -> None:
    work = Work(desk, concerns_security=True)
    assert work.report.two_persons
    work.do("alva", handling.take)
    with pytest.raises(NotComplete, match="own_circle"):
        propose(work, "axel")
    with pytest.raises(NoRecipients):
        out = frozenset({desk.person("viola"), desk.person("vera")})
        propose(Work(desk, excluded=out))


def test_the_same_form_sent_again_after_the_move_is_still_one_report(desk: Desk) -> None:
    told, code = Submission("pressure", "full", "anonymous", CANARY), Code.new()
    receipt = submit(told, code)
    moved(desk, receipt, "rita", "ragnar")
    count = Report.objects.count()
    assert submit(told, code).code == code
    assert Report.objects.count() == count


@pytest.mark.usefixtures("desk")
def test_the_database_keeps_one_way_of_the_code_for_each_report() -> None:
    with connections["keystore"].cursor() as cursor:
        names = connections["keystore"].introspection.get_constraints(cursor, "crypto_envelope")
    assert {"crypto_envelope_tag", "crypto_envelope_one_code", "crypto_envelope_one_return"} <= set(names)
