"""After *avstyrks*: the one who may decide after a lift, or the committee, with a written reason; counted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.standing_in import tied_to
from vetting.crypto.sealed import seal_into
from vetting.policy.calendar import add_months
from vetting.recruitment.actions.candidacy_end import end_candidacy
from vetting.recruitment.actions.common import Once, require_moving, require_past, step
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.apart import kept_apart
from vetting.recruitment.case import Case
from vetting.recruitment.models import Opinion

VALID_MONTHS = 2


def decide_escalation(
    case: Case, *, by: Actor, opinion: Opinion, overrule: bool, reason: str, once: Once = None
) -> None:
    """Let the engagement go on (this one decision only) or let the opinion stand, which ends the candidacy."""
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "escalation.decide", candidacy=candidacy, opinion=opinion)
    kept = kept_apart(case, opinion)
    _bar(opinion, by, kept | tied_to(kept, case.recruitment.created_on, case.today))
    require_moving(case)
    if len(reason.strip()) < 10:
        raise BadInput(reason="too_short")
    seal_into(opinion, "escalation_decision", reason.strip())
    opinion.escalation_by_id, opinion.escalation_on = by.person_id, by.on
    steps = ("overrule", "uphold"), ("clear_after_escalation", "end_after_escalation")
    _settle(case, by, decision.role, opinion, overrule, *steps, "escalation.decided", once)


def record_board_escalation(
    case: Case,
    *,
    by: Actor,
    opinion: Opinion,
    overrule: bool,
    decided_on: date,
    section: str,
    once: Once = None,
) -> None:
    """Note the committee's decision after a lift, with its date and §."""
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "escalation.record_board", candidacy=candidacy, opinion=opinion)
    if opinion.state != Opinion.State.ESCALATED:
        raise WrongState("opinion", "record_board", str(opinion.state))
    _bar(opinion, by, kept_apart(case, opinion))
    if not section.strip():
        raise BadInput(section="required")
    require_past(decided_on=decided_on)
    require_moving(case)
    if opinion.concluded_on is not None and decided_on < opinion.concluded_on:
        raise BadInput(decided_on="before_basis")
    opinion.escalation_by_id, opinion.escalation_on, opinion.escalation_section = (
        by.person_id,
        decided_on,
        section.strip(),
    )
    steps = ("overrule_by_board", "uphold_by_board"), ("clear_by_board", "end_by_board")
    _settle(case, by, decision.role, opinion, overrule, *steps, "escalation.board_recorded", once)


def _bar(opinion: Opinion, by: Actor, persons: set[UUID]) -> None:
    """Write down who may not decide, for the database to refuse them too. Raises SamePerson for one of them."""
    if by.person_id in persons:
        raise SamePerson
    opinion.escalation_barred = " ".join(sorted(person.hex for person in persons))


def _settle(
    case: Case,
    by: Actor,
    role: str,
    opinion: Opinion,
    overrule: bool,
    opinion_steps: tuple[str, str],
    candidacy_steps: tuple[str, str],
    event: str,
    once: Once,
) -> None:
    candidacy = case.candidacy(opinion.candidacy_id)
    index = 0 if overrule else 1
    opinion.state = step("opinion", opinion_steps[index], opinion.state)
    candidacy.state = step("candidacy", candidacy_steps[index], candidacy.state)
    opinion.changed_at = candidacy.changed_at = now()
    if overrule:
        opinion.valid_until = add_months(by.on, VALID_MONTHS)
    said: dict[str, Any] = {"result": "overruled" if overrule else "upheld"}
    if event == "escalation.board_recorded":
        said |= {"section": opinion.escalation_section, "date": opinion.escalation_on.isoformat()}  # type: ignore[union-attr]
    with case.act(event, by, role, candidacy=candidacy, once=once, seal=True, **said) as entry:
        entry.save(opinion)
        if not overrule:
            end_candidacy(
                case,
                entry,
                candidacy,
                by,
                outcome="not_selected",
                reason="process_ended",
                opinion_step="none",
            )
        entry.save(candidacy)
