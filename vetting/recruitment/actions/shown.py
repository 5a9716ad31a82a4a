"""*Utdraget har visats upp*: the one act of a ground that allows nothing but the note that an extract was shown."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.actions.checks import candidacy_of, live_state, require_recordable
from vetting.recruitment.actions.common import Once, require_past, step
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.case import Case
from vetting.recruitment.models import Check


def record_shown(
    case: Case, *, by: Actor, check: Check, shown_on: date, issued_on: date, once: Once = None
) -> None:
    """*Utdraget har visats upp*: the one act that a shown-only ground has, by the person who signs the decision.

    `issued_on` is typed to compute the extract's age and is not kept (skollagen 2:32, lag 2013:852 5 §).
    """
    spec = CHECKPOINTS[check.code]
    decision = case.require(by, "check.record_shown", check=check)
    require_recordable(case, check, shown_only=True)
    state = live_state(case, check)
    require_past(shown_on=shown_on, issued_on=issued_on)
    if issued_on > shown_on:
        raise BadInput(issued_on="after_shown")
    if spec.max_age_months is not None and add_months(issued_on, spec.max_age_months) < by.on:
        raise BadInput(issued_on="too_old")
    check.state, check.outcome = step("check", "record_shown", state), "shown"
    check.evidence_on, check.recorded_by_id, check.recorded_on = shown_on, by.person_id, by.on
    check.reused_from = check.valid_until = None
    check.changed_at = now()
    candidacy = candidacy_of(case, check)
    with case.act(
        "check.shown_recorded",
        by,
        decision.role,
        candidacy=candidacy,
        check=check,
        once=once,
        date=shown_on.isoformat(),
    ) as entry:
        entry.save(check)


def is_to_be_shown(check: Check, by: Actor) -> bool:
    """Whether the extract must (still, or again) be shown to `by`, who signs today: her own note, of today, stands.

    The extract's day of issue is not kept, so an older note cannot be judged by age (skollagen 2:31-32). A statute's
    exemption has its last day, and stands while it is hers.
    """
    if check.documentation != "note_shown_only" or check.state == Check.State.NOT_APPLICABLE:
        return False
    if check.state == Check.State.DONE and check.reused_from_id is not None and check.valid_until is not None:
        return check.recorded_by_id != by.person_id or check.valid_until < by.on
    return check.state != Check.State.DONE or (check.recorded_by_id, check.recorded_on) != (
        by.person_id,
        by.on,
    )
