"""Two accounts of one person and what she has signed with either: nothing that she did stands in the way of the link.

Whoever has a second account could else keep it for good, by proposing something with it.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.covered import Covered
from audit.integrity import findings
from tests.administration.test_link import asked, link
from tests.recruitment.opinions import REASONS
from tests.recruitment.waivers import almost, confirm, propose, row, stored, waive
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.administration.actions.settings import confirm_setting, locked_setting, propose_setting
from vetting.administration.linking.rows import moved_columns
from vetting.organisation.models import Authority, SettingProposal
from vetting.recruitment.actions.booker import appoint_booker
from vetting.recruitment.actions.errors import SamePerson
from vetting.recruitment.actions.escalation import decide_escalation
from vetting.recruitment.actions.opinion import escalate_opinion
from vetting.recruitment.actions.vote import Ballot
from vetting.recruitment.models import PoolBooker, Waiver


def test_no_column_that_the_link_moves_is_held_fast_by_the_database() -> None:
    moved: dict[type[Covered], list[str]] = moved_columns() | {
        Waiver: ["proposed_by", "confirmed_by"],
        PoolBooker: ["person", "given_by"],
    }
    held = {
        f"{model._meta.label}.{name}"
        for model, names in moved.items()
        for name in set(names) & set(model.FIXED)
    }
    assert not held, "a person who has done such a thing could never be counted as one"


def propose_sample(world: World) -> SettingProposal:
    """Proposed by an administrator who came after everybody else: of a pair it is she who goes."""
    world.hire("administrator_two", "administrator")
    own = Authority.objects.get(pk=world.authority.pk)
    by = world.actor("administrator_two")
    return propose_setting(own, "sample_percent", own.sample_percent + 10, "Nämnden 2026 § 214.", by=by)


def test_a_setting_that_waits_is_proposed_by_the_one_she_is_now(world: World) -> None:
    proposal = propose_sample(world)
    link(world, "employee", "administrator_two")
    proposal.refresh_from_db()
    assert proposal.proposed_by_id == world.person_id("employee")
    assert not list(findings())


def test_a_setting_that_one_person_gave_both_signatures_stays_as_it_was_written(world: World) -> None:
    proposal = propose_sample(world)
    gone = world.person_id("administrator_two")
    with locked_setting(proposal.pk) as held:
        confirm_setting(held, by=world.actor("security_head"))
    link(world, "security_head", "administrator_two")
    proposal.refresh_from_db()
    assert (proposal.proposed_by_id, proposal.answered_by_id) == (gone, world.person_id("security_head"))
    assert not list(findings())


def test_a_waiver_that_waits_is_not_signed_with_her_other_account(world: World) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist, by="hr")
    link(world, "head", "hr")
    assert stored(waiver).proposed_by_id == world.person_id("head")
    assert world.person_id("head").hex in stored(waiver).barred
    link(world, "head", "hr_head", by="security_head")
    with pytest.raises((Denied, SamePerson)):
        confirm(walk, waiver, "hr_head")
    assert not list(findings())


@pytest.mark.parametrize("proposer", ["manager", "hr"])
def test_a_waiver_signed_by_one_person_or_by_one_who_had_a_hand_in_it_is_over(
    world: World, proposer: str
) -> None:
    """The manager, or the one who proposed, is the head who signed: the check stops again."""
    walk, finalist = almost(world)
    waiver = waive(walk, finalist, by=proposer)
    assert row(walk, finalist).waived_until
    assert link(world, "manager", "hr_head", by="security_head").waivers == 1
    assert stored(waiver).state == "ended"
    assert stored(waiver).ended_on == walk.on
    assert not row(walk, finalist).waived_until
    assert not list(findings())


def test_an_assignment_to_book_follows_her_and_one_given_to_herself_ends(world: World) -> None:
    until = world.today + timedelta(days=30)
    for person in ("employee", "chief"):
        appoint_booker(
            by=world.actor("manager"), person=world.person(person), unit=world.units["school"], until=until
        )
    link(world, "security_three", "employee")
    assert PoolBooker.objects.filter(person=world.person_id("security_three"), ended_on=None).exists()
    gone = world.person_id("chief")
    link(world, "manager", "chief")
    assert PoolBooker.objects.get(person=gone).ended_on == world.today
    assert not list(findings())


def test_whoever_prepared_what_has_been_opined_on_and_lifted_is_counted_as_one(world: World) -> None:
    """The rows name by id who had to stay apart: the one who is kept takes the place of the one who goes there too."""
    walk, _finalist, opinion = asked(world, "buyer")
    walk.vote(opinion, "security_one", Ballot("advised_against", (), REASONS))
    case = walk.case()
    escalate_opinion(case, by=world.actor("manager"), opinion=case.opinion(opinion), reason=REASONS)
    decide_escalation(
        walk.case(),
        by=world.actor("head"),
        opinion=walk.case().opinion(opinion),
        overrule=True,
        reason=REASONS,
    )
    link(world, "other_manager", "hr")
    link(world, "security_three", "security_head")
    stored_opinion = walk.case().opinion(opinion)
    kept = world.person_id("other_manager")
    assert stored_opinion.preparer_id == kept
    assert kept.hex in stored_opinion.escalation_barred
    assert all(kept.hex in vote.barred for vote in walk.case().votes_of(stored_opinion))
    assert not list(findings())
