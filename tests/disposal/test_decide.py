"""One puts forward what is due, another decides: by the agreed table, by persons and not accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit import clock
from audit.integrity import findings
from audit.models import Entry
from tests.administration.delegations import stand_in
from tests.disposal.cases import Over
from tests.recruitment.visit import client_of
from tests.recruitment.waivers import raw
from tests.recruitment.world import put
from vetting.access.account_proposals import AccountProposal
from vetting.access.door import Denied
from vetting.disposal.actions.deciding import confirm_lot, propose_lot, reject_lot
from vetting.disposal.lots import digest_of, listed
from vetting.disposal.models import Lot
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState

ROW = "evidence_not_needed"
DECISION = "UBN 2024/11 § 8"
EVERYBODY = (
    "manager", "hr", "hr_head", "security_one", "security_head", "registrar", "archivist",
    "data_protection_officer", "auditor", "administrator", "chief", "employee",
)  # fmt: skip


@pytest.fixture
def due(over: Over) -> Any:
    """The day after the decision: what checks have written down is due."""
    with clock.at(clock.now() + timedelta(days=1)):
        yield over


def put_forward(over: Over, by: str = "registrar", row: str = ROW) -> Lot:
    return propose_lot(over.walk.case().authority, row, DECISION, by=over.world.actor(by))


def test_the_list_is_frozen_with_its_digest_and_the_log_tells_codes_alone(due: Over) -> None:
    lot = put_forward(due)
    assert set(listed(lot)) == {due.engaged.pk, due.left.pk}
    assert (lot.count, lot.digest, lot.state) == (2, digest_of(lot.listing), "proposed")
    confirm_lot(lot, by=due.world.actor("archivist"))
    told = {e.action: e.facts for e in Entry.objects.filter(action__startswith="disposal.")}
    assert told.keys() == {"disposal.proposed", "disposal.confirmed"}
    assert told["disposal.confirmed"] == {
        "role": "archivist", "lot": lot.number, "count": 2, "digest": lot.digest,
    }  # fmt: skip
    assert not list(findings())


def test_each_act_is_for_those_of_the_table(due: Over) -> None:
    lot, found = put_forward(due), dict[str, set[str]]()
    for name in EVERYBODY:
        actor = due.world.actor(name)
        acts = {
            "propose": lambda name=name: put_forward(due, name, "shown_note_not_engaged"),
            "confirm": lambda actor=actor: confirm_lot(Lot.objects.get(pk=lot.pk), by=actor),
            "reject": lambda actor=actor: reject_lot(
                Lot.objects.get(pk=lot.pk), by=actor, reason="to_be_preserved"
            ),
        }
        for act, do in acts.items():
            with transaction.atomic():
                try:
                    do()
                except (Denied, SamePerson):
                    continue
                finally:
                    transaction.set_rollback(True)
            found.setdefault(name, set()).add(act)
    # The registrar put it forward and has no more say.
    assert found == {
        "hr_head": {"propose", "reject"},
        "registrar": {"propose"},
        "archivist": {"confirm", "reject"},
    }


def test_persons_are_counted_and_not_accounts(due: Over) -> None:
    world, lot = due.world, put_forward(due)
    world.hire("both", "archivist", authority=world.authority)
    with pytest.raises(IntegrityError):
        raw(
            "disposal_lot", lot.pk, state="confirmed", answered_by_id=lot.proposed_by_id,
            answered_on=lot.proposed_on,
        )  # fmt: skip
    # Two persons who turn out to be one have one signature, whichever of them put it forward.
    link = AccountProposal(
        kind="link", account=world.accounts["both"], person=world.person("both"),
        other=world.accounts["registrar"], other_person=world.person("registrar"),
        proposed_by=world.person("signer_one"), proposed_on=world.today, answered_by=world.person("signer_two"),
        answered_on=world.today, state="confirmed",
    )  # fmt: skip
    put(link)
    for act in (
        lambda: confirm_lot(lot, by=world.actor("both")),
        lambda: reject_lot(lot, by=world.actor("both"), reason="to_be_preserved"),
    ):
        with pytest.raises((Denied, SamePerson)):
            act()


def test_whoever_has_stood_in_for_the_proposer_does_not_decide(due: Over) -> None:
    world, lot = due.world, put_forward(due, "hr_head")
    world.hire("second", "archivist", authority=world.authority)
    stand_in(world, "hr_head", "archivist", first=world.today + timedelta(days=1))
    page = client_of(world, "archivist").get(reverse("lot_view", kwargs={"lot": lot.pk})).content.decode()
    assert "En tredje person beslutar." in page
    assert "Besluta om gallringen" not in page
    with pytest.raises(Denied):
        confirm_lot(lot, by=world.actor("archivist"))
    assert Lot.objects.get(pk=lot.pk).state == "proposed"
    # She may still say no; and a third decides.
    reject_lot(Lot.objects.get(pk=lot.pk), by=world.actor("archivist"), reason="to_be_preserved")
    again = put_forward(due, "hr_head")
    confirm_lot(again, by=world.actor("second"))


def test_no_step_is_taken_out_of_turn_or_for_a_reason_of_ones_own(due: Over) -> None:
    archivist = due.world.actor("archivist")
    with pytest.raises(BadInput):
        propose_lot(due.walk.case().authority, ROW, "  ", by=due.world.actor("registrar"))
    with pytest.raises(BadInput):
        propose_lot(due.walk.case().authority, "notice_text", DECISION, by=due.world.actor("registrar"))
    with pytest.raises(WrongState):
        put_forward(due, row="candidacy_not_engaged")  # nothing of it is due
    lot = put_forward(due)
    with pytest.raises(WrongState):
        put_forward(due, "hr_head")  # one waits already
    with pytest.raises(BadInput):
        reject_lot(Lot.objects.get(pk=lot.pk), by=archivist, reason="because")
    confirm_lot(lot, by=archivist)
    with pytest.raises(WrongState):
        confirm_lot(Lot.objects.get(pk=lot.pk), by=archivist)
    # What is decided on can be stopped until it has been carried out; then it may be put forward anew.
    stopped = Lot.objects.get(pk=lot.pk)
    reject_lot(stopped, by=due.world.actor("hr_head"), reason="claim_expected")
    assert (stopped.state, stopped.stopped_by_id) == ("rejected", due.world.person_id("hr_head"))
    assert put_forward(due).number == f"G-{due.world.today.year}-0002"
    assert not list(findings())
