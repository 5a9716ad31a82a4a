"""What follows when a candidacy ends, whichever act ended it."""

from __future__ import annotations

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.policy.workflow import WrongTransition, next_state
from vetting.recruitment.actions.pool import end_clearances_of
from vetting.recruitment.actions.waiver_after import end_waivers
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Check


def end_candidacy(
    case: Case, entry: Act, candidacy: Candidacy, by: Actor, *, outcome: str, reason: str, opinion_step: str
) -> None:
    """Set the outcome, end an opinion under way, and take a *shown* note out of view (skollagen 2:32).

    The caller has moved the candidacy's state and saves it. The note never stands beside the outcome: its row
    becomes *behövs inte*, without day or person.
    """
    candidacy.outcome, candidacy.end_reason = outcome, reason
    candidacy.ended_on, candidacy.changed_at = by.on, now()
    for check in case.checks_of(candidacy):
        if check.documentation == "note_shown_only" and check.state != Check.State.NOT_APPLICABLE:
            check.state, check.outcome = Check.State.NOT_APPLICABLE, ""
            check.evidence_on = check.recorded_by = check.recorded_on = None
            check.reused_from = check.valid_until = None
            check.changed_at = now()
            entry.save(check)
    end_waivers(case, entry, candidacy)
    end_clearances_of(case, entry, candidacy, by)
    opinion = case.current_opinion(candidacy)
    if opinion is not None:
        try:
            opinion.state = next_state("opinion", opinion_step, opinion.state)
        except WrongTransition:
            return
        opinion.changed_at = now()
        entry.save(opinion)
