"""What follows for a waiver when its check or its finalist is settled, and for an opinion when a waiver is signed."""

from __future__ import annotations

from audit.clock import now
from audit.recorder import Act
from vetting.policy.workflow import next_state
from vetting.recruitment.actions.invalidate import invalidate_opinion
from vetting.recruitment.actions.opinion import material
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import approvers_needed
from vetting.recruitment.models import Candidacy, Check, Opinion, Waiver

HAS_READ = {
    Opinion.State.HALF_GIVEN,
    Opinion.State.APPROVED,
    Opinion.State.APPROVED_WITH_CONDITIONS,
    Opinion.State.OVERRULED,
}
"""Rounds in which somebody has given an opinion on the material as it was."""


def put_to_an_end(case: Case, waiver: Waiver) -> None:
    """Mark the waiver as over: as lapsed where its end date has passed, else as no longer needed.

    The caller saves it. Raises WrongTransition for one that is over already.
    """
    lapsed = waiver.state == Waiver.State.IN_FORCE and waiver.has_lapsed(case.today)
    waiver.state = next_state("waiver", "lapse" if lapsed else "end", waiver.state)
    waiver.ended_on, waiver.changed_at = case.today, now()


def end_waiver_of(case: Case, entry: Act, check: Check) -> None:
    """The check has been done, assessed, or found not to be needed: its waiver, signed or proposed, is over.

    So that a correction later finds no old waiver to hide behind.
    """
    waiver = case.live_waiver_of(check)
    if waiver is not None:
        put_to_an_end(case, waiver)
        entry.save(waiver)


def end_waivers(case: Case, entry: Act, candidacy: Candidacy) -> None:
    """The candidacy has ended: nothing about it waits for a signature or is waived any more."""
    for waiver in case.waivers:
        if waiver.candidacy_id == candidacy.pk and waiver.is_live:
            put_to_an_end(case, waiver)
            entry.save(waiver)


def forget_words(case: Case, entry: Act, candidacy: Candidacy) -> None:
    """The finalist has a protected identity: the words of every waiver go, and those of a check that falls away end."""
    for waiver in case.waivers:
        if waiver.candidacy_id != candidacy.pk:
            continue
        waiver.reason, waiver.changed_at = None, now()
        if waiver.is_live and case.check(waiver.of_check_id).state == Check.State.NOT_APPLICABLE:
            put_to_an_end(case, waiver)
        entry.save(waiver)


def heard_by_opinion(case: Case, entry: Act, candidacy: Candidacy) -> None:
    """A waiver has been signed: two are to give an opinion, and on material that tells of it.

    A round in which nobody has given an opinion yet takes it in and gets its second approver. One in which somebody
    has is void, so that no vote counts for what its giver never read; HR asks anew and the new round marks what
    changed. The caller has put the waiver in force, and saves neither.
    """
    opinion = case.current_opinion(candidacy)
    if opinion is None:
        return
    if opinion.state in HAS_READ:
        if invalidate_opinion(case, entry, candidacy, "invalidate", "fall_back"):
            entry.save(candidacy)
    elif opinion.state == Opinion.State.REQUESTED:
        opinion.approvers, opinion.second_because = approvers_needed(case, candidacy)
        opinion.basis, opinion.changed_at = material(case, candidacy), now()
        entry.save(opinion)
