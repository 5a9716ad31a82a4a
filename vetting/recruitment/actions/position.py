"""Positions: created with their profiles, their risk assessed by one person and confirmed by another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.organisation.models import Position, Unit
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.common import Once, require_past
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState


def facts_of(unit: Unit, *, is_own: bool = False) -> Facts:
    """What the door needs to know of a unit and its positions."""
    return Facts(unit.authority_id, unit.path, is_own=is_own, relations=frozenset({"not_protected"}))


def create_position(
    *,
    by: Actor,
    unit: Unit,
    title: str,
    profiles: Iterable[str],
    answers: Mapping[str, bool],
    form: str,
    once: Once = None,
) -> Position:
    """A new position. Raises BadInput for an unknown or inner profile, or an empty title."""
    answer = require(by, "position.create", facts_of(unit))
    chosen = sorted(set(profiles))
    if not title.strip():
        raise BadInput(title="required")
    if any(code not in PROFILES or PROFILES[code].visible_to != "all" or code == "base" for code in chosen):
        raise BadInput(profiles="choice")
    inherited = {code: bool(v) for code, v in answers.items() if QUESTIONS[code].inherited_from_position}
    position = Position(unit=unit, title=title.strip(), profiles=chosen, answers=inherited, default_form=form)
    said = {"role": answer.role, "position": position.title, "profile": "|".join(chosen), "unit": unit.name}
    with act("position.created", by.who(answer.role), subject=position.pk, facts=said, once=once) as entry:
        entry.save(position)
    return position


def assess_risk(
    position: Position, *, by: Actor, level: int, reference: str, reasons: str, once: Once = None
) -> None:
    """Write the risk analysis of the post: what its holder can influence or reach. It awaits another's confirmation."""
    answer = require(by, "position.assess_risk", facts_of(position.unit, is_own=True))
    if level not in range(1, 5):
        raise BadInput(level="choice")
    if len(reasons.strip()) < 10:
        raise BadInput(reasons="too_short")
    position.risk_level, position.risk_reference, position.risk_reasons = (
        level,
        reference.strip(),
        reasons.strip(),
    )
    position.risk_state, position.risk_assessed_by_id = Position.RiskState.ASSESSED, by.person_id
    position.risk_confirmed_by = position.risk_decided_on = None
    said = {"role": answer.role, "position": position.title, "until": ""}
    with act(
        "position.risk_assessed", by.who(answer.role), subject=position.pk, facts=said, once=once
    ) as entry:
        entry.save(position)


def confirm_risk(position: Position, *, by: Actor, decided_on: date, once: Once = None) -> None:
    """Confirm another person's analysis; from that day every recruitment of the post inherits it."""
    answer = require(by, "position.confirm_risk", facts_of(position.unit))
    if position.risk_state != Position.RiskState.ASSESSED:
        raise WrongState("position", "confirm_risk", str(position.risk_state))
    if position.risk_assessed_by_id == by.person_id:
        raise SamePerson
    require_past(decided_on=decided_on)
    position.risk_state, position.risk_confirmed_by_id = Position.RiskState.CONFIRMED, by.person_id
    position.risk_decided_on = decided_on
    until = add_months(decided_on, CHECKPOINTS["role_risk"].max_age_months or 24)
    said = {"role": answer.role, "position": position.title, "until": until.isoformat()}
    with act(
        "position.risk_confirmed", by.who(answer.role), subject=position.pk, facts=said, once=once
    ) as entry:
        entry.save(position)
