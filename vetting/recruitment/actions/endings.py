"""How a recruitment ends: cancelled with a neutral reason, or closed when everyone has started."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.policy.reasons import CANCEL, REOPEN_RECRUITMENT
from vetting.recruitment.actions.candidacy_end import end_candidacy
from vetting.recruitment.actions.common import Once, require_complete, require_moving, require_past, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.waiver_after import end_waivers
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import DECIDED, missing_to_close, places_free
from vetting.recruitment.models import Candidacy, Recusal

ENDED = {
    Candidacy.State.WITHDRAWN,
    Candidacy.State.NOT_SELECTED,
    Candidacy.State.STARTED,
    Candidacy.State.SELECTED,
}


def cancel_recruitment(case: Case, *, by: Actor, reason: str, informed_on: date, once: Once = None) -> None:
    """End the recruitment without an engagement. `informed_on`: when applicants (and the union) were told.

    Raises WrongState once a decision stands: the remaining places are settled instead.
    """
    decision = case.require(by, "recruitment.cancel")
    recruitment = case.recruitment
    target = step("recruitment", "cancel", recruitment.state)
    if any(candidacy.state in DECIDED for candidacy in case.candidacies):
        raise WrongState("recruitment", "cancel", "decision_stands")
    if reason not in CANCEL:
        raise BadInput(reason="reason")
    require_past(informed_on=informed_on)
    recruitment.state, recruitment.end_reason, recruitment.ended_on = target, reason, by.on
    recruitment.on_hold, recruitment.hold_reason, recruitment.hold_since = False, "", None
    recruitment.changed_at = now()
    with case.act(
        "recruitment.cancelled",
        by,
        decision.role,
        once=once,
        reason_code=reason,
        informed_date=informed_on.isoformat(),
    ) as entry:
        entry.save(recruitment)
        _end_the_rest(case, entry, by, "place_withdrawn", "end_with_cancellation", "end_cancelled")


def close_recruitment(case: Case, *, by: Actor, once: Once = None) -> None:
    """Close when everyone with a decision has started or withdrawn and the introduction is done.

    Raises NotComplete with each row that is left.
    """
    decision = case.require(by, "recruitment.close")
    recruitment = case.recruitment
    target = step("recruitment", "close", recruitment.state)
    require_moving(case)
    require_complete(missing_to_close(case))
    recruitment.state, recruitment.ended_on, recruitment.changed_at = target, by.on, now()
    with case.act("recruitment.closed", by, decision.role, once=once) as entry:
        entry.save(recruitment)
        _end_the_rest(case, entry, by, "process_ended", "end_with_closing", "end_closed")


def reopen_recruitment(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Open again when somebody with a decision has withdrawn, so that a place is free."""
    decision = case.require(by, "recruitment.reopen")
    recruitment = case.recruitment
    target = step("recruitment", "reopen", recruitment.state)
    if places_free(case) < 1:
        raise WrongState("recruitment", "reopen", "no_place_free")
    if reason not in REOPEN_RECRUITMENT:
        raise BadInput(reason="reason")
    recruitment.state, recruitment.decided_on, recruitment.changed_at = target, None, now()
    with case.act("recruitment.reopened", by, decision.role, once=once, reason_code=reason) as entry:
        entry.save(recruitment)


def _end_the_rest(case: Case, entry: Act, by: Actor, reason: str, transition: str, opinion_step: str) -> None:
    for candidacy in case.candidacies:
        if candidacy.state not in ENDED:
            candidacy.state = step("candidacy", transition, candidacy.state)
            end_candidacy(
                case, entry, candidacy, by, outcome="not_selected", reason=reason, opinion_step=opinion_step
            )
            entry.save(candidacy)
        end_waivers(case, entry, candidacy)
    for recusal in case.recusals:
        recusal.excluded_before_end = recusal.state in {Recusal.State.EXCLUDED, Recusal.State.DECLARED}
        recusal.state, recusal.changed_at = Recusal.State.ENDED, now()
        entry.save(recusal)
