"""Working on a check: begin, ask, pause, record - only in the way its ground allows on that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto.sealed import seal_json_into
from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.grounds import ground_in_force
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.reasons import NOT_APPLICABLE, PAUSE, REOPEN_CHECK
from vetting.policy.rounds import may_be_noted_together
from vetting.recruitment.actions.common import Once, require_moving, require_unchanged, step
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.actions.evidence import fresh_evidence, last_day
from vetting.recruitment.actions.invalidate import invalidate_opinion
from vetting.recruitment.actions.waiver_after import end_waiver_of
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.engine.rows import stored_row
from vetting.recruitment.models import Candidacy, Check

RECORDED = {
    "check.record": "check.recorded",
    "check.record_deviation": "check.deviation_recorded",
    "check.record_access": "check.access_recorded",
}


def live_state(case: Case, check: Check) -> str:
    """The check's state now, *blocked* and *expired* included. Raises NotComplete when it is blocked."""
    row = stored_row(case, check, candidacy_of(case, check), case.today)
    if row.state == "blocked":
        raise NotComplete([Missing("blocked", row.why, row)])
    return row.state


def candidacy_of(case: Case, check: Check) -> Candidacy | None:
    """The finalist the check is about, or None for a check of the recruitment."""
    return case.candidacy(check.candidacy_id) if check.candidacy_id else None


def require_recordable(case: Case, check: Check, *, shown_only: bool) -> None:
    """The form of recording the ground allows on this day. Raises WrongState for any other.

    A ground that is not in force today carries nothing, whatever the row was opened under.
    """
    if (check.documentation == "note_shown_only") != shown_only:
        raise WrongState("check", "record_shown" if shown_only else "record", "shown_only")
    if not ground_in_force(check.ground, case.today, case.authority.entity_kind):
        raise NotComplete([Missing("blocked", "ground")])
    require_moving(case)


def begin_check(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """Begin a check that may be begun, so that a colleague can tell untouched from unfinished."""
    _move(case, by, check, "begin", "check.begin", "check.begun", once=once)


def ask_candidate(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """The check waits for the candidate, who has been told what to hand in or show."""
    _move(
        case,
        by,
        check,
        "ask_candidate",
        "check.ask_candidate",
        "check.candidate_asked",
        once=once,
        dated=True,
    )


def record_answer(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """The candidate's material has come."""
    if check.documentation == "note_shown_only":
        raise WrongState("check", "record_answer", "shown_only")
    _move(
        case,
        by,
        check,
        "record_answer",
        "check.record_answer",
        "check.answer_recorded",
        once=once,
        dated=True,
    )


def pause_check(
    case: Case, *, by: Actor, check: Check, reason: str, outcome: str = "", once: Once = None
) -> None:
    """Wait for somebody other than the candidate (`reason`: a code of PAUSE), or for an answer (`outcome`)."""
    if reason not in PAUSE and not outcome:
        raise BadInput(reason="reason")
    if check.documentation == "note_shown_only":
        raise WrongState("check", "pause", "shown_only")
    if live_state(case, check) in {"not_started", "expired"}:
        begin_check(case, by=by, check=check)
    check.outcome, check.reason = outcome, reason
    _move(case, by, check, "pause", "check.pause", "check.paused", once=once, reason_code=reason or outcome)


def resume_check(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """The wait is over."""
    check.reason = ""
    _move(case, by, check, "resume", "check.resume", "check.resumed", once=once)


def _move(
    case: Case,
    by: Actor,
    check: Check,
    transition: str,
    permission: str,
    event: str,
    *,
    once: Once,
    dated: bool = False,
    **facts: Any,
) -> None:
    candidacy = candidacy_of(case, check)
    decision = case.require(by, permission, check=check)
    require_moving(case)
    state = live_state(case, check)
    stored = Check.State.NOT_STARTED if state == "waiting_candidate" and not _asked(check) else state
    check.state = step("check", transition, stored)
    check.changed_at = now()
    if dated:
        facts["date"] = by.on.isoformat()
    with case.act(event, by, decision.role, candidacy=candidacy, check=check, once=once, **facts) as entry:
        entry.save(check)


def _asked(check: Check) -> bool:
    return check.state == Check.State.WAITING_CANDIDATE


def record_check(
    case: Case,
    *,
    by: Actor,
    check: Check,
    outcome: str,
    evidence: Mapping[str, Any],
    seen: int | None = None,
    together: UUID | None = None,
    once: Once = None,
) -> None:
    """Record the result in the form that the ground allows today; only the catalogue's fields are stored.

    An outcome that means *att bedöma* opens the assessment instead; one that means waiting pauses the check.
    `together`: the act for several people that this is a part of, where the catalogue lets the check be noted so.
    Raises BadInput, NotComplete, Changed, WrongState (shown-only grounds have their own act), Denied.
    """
    spec = CHECKPOINTS[check.code]
    if outcome not in OUTCOMES[check.code]:
        raise BadInput(outcome="outcome")
    means = OUTCOMES[check.code][outcome].means
    if means == "waiting":
        pause_check(case, by=by, check=check, reason="", outcome=outcome, once=once)
        return
    deviation = means == "to_assess"
    permission = _permission_to_record(spec, deviation=deviation)
    decision = case.require(by, permission, check=check)
    require_unchanged(check, seen)
    if together is not None and (check.is_statutory or not may_be_noted_together(check.code)):
        raise WrongState("check", "record", "one_by_one")
    require_recordable(case, check, shown_only=False)
    state = live_state(case, check)
    if permission == "check.record_access":
        _require_may_start(case, check)
    target = step("check", "record_deviation" if deviation else "record", state)
    kept, day = fresh_evidence(spec, evidence, by.on)
    candidacy = candidacy_of(case, check)
    check.state = Check.State.NOT_APPLICABLE if means == "not_applicable" else target
    check.outcome, check.reason = outcome, ""
    check.valid_until = last_day(kept) if candidacy is None or not candidacy.is_protected else None
    check.deviated, check.has_deviated = deviation, check.has_deviated or deviation
    _keep(check, by, kept, day, together)
    said: dict[str, Any] = {} if deviation else {"date": day.isoformat()}
    if permission == "check.record_access" and candidacy is not None:
        said["engagement"] = f"{case.recruitment.reference} {candidacy.label}"
    with case.act(
        RECORDED[permission],
        by,
        decision.role,
        candidacy=candidacy,
        check=check,
        once=once,
        **said,
    ) as entry:
        entry.save(check)
        end_waiver_of(case, entry, check)


def _permission_to_record(spec: Checkpoint, *, deviation: bool) -> str:
    """Raises WrongState where the check is not recorded here at all."""
    if spec.performed_by == ("protective_security",):
        raise WrongState("check", "record", "protective")
    if spec.performed_by == ("unit_access_manager",):
        return "check.record_access"
    return "check.record_deviation" if deviation else "check.record"


def _keep(check: Check, by: Actor, kept: dict[str, Any], day: date, together: UUID | None) -> None:
    """The evidence of a new record, sealed where it is about somebody, in the place of what an earlier one held."""
    check.evidence_on, check.recorded_by_id, check.recorded_on = day, by.person_id, by.on
    forget_assessment(check)
    check.together, check.reused_from = together, None
    check.changed_at = now()
    if check.belongs_to == "recruitment":
        check.facts = kept
    else:
        seal_json_into(check, "evidence", kept)


def _require_may_start(case: Case, check: Check) -> None:
    from vetting.recruitment.engine.progress import missing_for_start

    candidacy = candidacy_of(case, check)
    if candidacy is not None:
        missing = missing_for_start(case, candidacy)
        if missing:
            raise NotComplete(missing)


def mark_not_applicable(case: Case, *, by: Actor, check: Check, reason: str, once: Once = None) -> None:
    """The check is not needed, with a reason from the list. A statutory check falls away only by its question."""
    decision = case.require(by, "check.mark_not_applicable", check=check)
    if check.is_statutory:
        raise WrongState("check", "mark_not_applicable", "statutory")
    if reason not in NOT_APPLICABLE:
        raise BadInput(reason="reason")
    check.state = step("check", "mark_not_applicable", check.state)
    check.reason, check.changed_at = reason, now()
    with case.act(
        "check.not_applicable_marked",
        by,
        decision.role,
        candidacy=candidacy_of(case, check),
        check=check,
        once=once,
        reason_code=reason,
    ) as entry:
        entry.save(check)
        end_waiver_of(case, entry, check)


def restore_check(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """Take back that the check is not needed."""
    decision = case.require(by, "check.restore", check=check)
    check.state = step("check", "restore", check.state)
    if check.documentation == "note_shown_only" or check.reason == "protected_identity":
        raise WrongState("check", "restore", "not_applicable")
    check.reason, check.outcome, check.changed_at = "", "", now()
    with case.act(
        "check.restored", by, decision.role, candidacy=candidacy_of(case, check), check=check, once=once
    ) as entry:
        entry.save(check)


def reopen_check(case: Case, *, by: Actor, check: Check, reason: str, once: Once = None) -> None:
    """Open a recorded check for correction. The old record stays in the history; a standing opinion is void.

    Not for shown-only notes and not after the decision.
    """
    candidacy = candidacy_of(case, check)
    decision = case.require(by, "check.reopen", check=check)
    if check.documentation == "note_shown_only":
        raise WrongState("check", "reopen", "shown_only")
    if candidacy is not None and check.belongs_to == "candidacy" and case.decision_of(candidacy) is not None:
        raise WrongState("check", "reopen", "decided")
    if reason not in REOPEN_CHECK:
        raise BadInput(reason="reason")
    check.state = step("check", "reopen", check.state)
    check.reason, check.changed_at = "", now()
    forget_assessment(check)
    check.deviated = False
    concerned = [candidacy] if candidacy is not None else list(case.candidacies)
    with case.act(
        "check.reopened", by, decision.role, candidacy=candidacy, check=check, once=once, reason_code=reason
    ) as entry:
        entry.save(check)
        for each in concerned:
            if invalidate_opinion(case, entry, each, "invalidate", "fall_back"):
                entry.save(each)


def forget_assessment(check: Check) -> None:
    """What was told, replied and assessed belonged to the earlier record; a new one is heard anew."""
    check.told_on = check.reply_by = check.replied_on = check.assessed_on = None
    check.reply_code, check.assessment, check.assessed_by = "", None, None
