"""Positions: created with their profiles, their risk assessed by one person and confirmed by another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from audit.recorder import act
from vetting.access.actor import Actor, RoleHeld
from vetting.access.door import Facts, lent_at, require
from vetting.organisation.models import Position, Unit
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.common import Once, require_past
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState

MOST_APPROVERS = 2
"""An opinion is given by one person or by two, blind to each other."""


def facts_of(unit: Unit, *, is_own: bool = False) -> Facts:
    """What the door needs to know of a unit and its positions."""
    return Facts(unit.authority_id, unit.path, is_own=is_own, relations=frozenset({"not_protected"}))


def facts_about(position: Position, by: Actor) -> Facts:
    """What the door needs to know of a position: a post is a hiring manager's own in the part of the tree she leads.

    Whoever wrote the risk analysis is its proposer and does not confirm it.
    """
    unit = position.unit
    waits = position.risk_state == Position.RiskState.ASSESSED
    proposer = {"proposer"} if waits and position.risk_assessed_by_id == by.person_id else set()
    relations = frozenset({"not_protected"}) | frozenset(proposer)
    facts = Facts(unit.authority_id, unit.path, is_own=_leads(by.roles, unit), relations=relations)
    return lent_at(by, facts, lambda absent: _leads(absent.roles, unit))


def _leads(roles: Iterable[RoleHeld], unit: Unit) -> bool:
    """Whether one of `roles` is a hiring manager's of a part of the tree that has the unit."""
    return any(
        held.role == "hiring_manager" and any(unit.path.startswith(path) for path in held.unit_paths)
        for held in roles
    )


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
    if not unit.is_in_force(by.on):
        raise BadInput(unit="unit_not_in_force")
    if not title.strip():
        raise BadInput(title="required")
    if any(code not in PROFILES or PROFILES[code].visible_to != "all" or code == "base" for code in chosen):
        raise BadInput(profiles="choice")
    if form not in FORMS or not FORMS[form].allowed:
        raise BadInput(form="form_refused")
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
    answer = require(by, "position.assess_risk", facts_about(position, by))
    require_in_use(position, "assess_risk")
    if level not in range(1, 5):
        raise BadInput(level="choice")
    if not reference.strip():
        raise BadInput(reference="required")
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
    if add_months(decided_on, CHECKPOINTS["role_risk"].max_age_months or 24) < by.on:
        raise BadInput(decided_on="too_old")
    position.risk_state, position.risk_confirmed_by_id = Position.RiskState.CONFIRMED, by.person_id
    position.risk_decided_on = decided_on
    until = add_months(decided_on, CHECKPOINTS["role_risk"].max_age_months or 24)
    said = {"role": answer.role, "position": position.title, "until": until.isoformat()}
    with act(
        "position.risk_confirmed", by.who(answer.role), subject=position.pk, facts=said, once=once
    ) as entry:
        entry.save(position)


def designate_position(
    position: Position, *, by: Actor, section: str, decided_on: date, once: Once = None
) -> None:
    """Note the decision that makes the post a designated leading one: two opinions and its own delegation points."""
    answer = require(by, "position.designate", facts_of(position.unit))
    require_in_use(position, "designate")
    if position.is_designated_leading:
        raise WrongState("position", "designate", "designated")
    if not section.strip():
        raise BadInput(section="required")
    require_past(decided_on=decided_on)
    position.is_designated_leading = True
    said = {
        "role": answer.role,
        "position": position.title,
        "section": section.strip(),
        "date": decided_on.isoformat(),
    }
    with act("position.designated", by.who(answer.role), subject=position.pk, facts=said, once=once) as entry:
        entry.save(position)


def set_approvers(position: Position, *, by: Actor, count: int, once: Once = None) -> None:
    """Ask for more opinions than the profiles do. Only ever raised, and only where an opinion is called for at all."""
    answer = require(by, "position.set_approvers", facts_of(position.unit))
    require_in_use(position, "set_approvers")
    least = approvers_of(position)
    if least == 0:
        raise WrongState("position", "set_approvers", "not_called_for")
    if not least < count <= MOST_APPROVERS:
        raise BadInput(count="choice")
    position.min_approvers = count
    said = {"role": answer.role, "position": position.title, "count": count}
    with act(
        "position.approvers_set", by.who(answer.role), subject=position.pk, facts=said, once=once
    ) as entry:
        entry.save(position)


def retire_position(position: Position, *, by: Actor, once: Once = None) -> None:
    """Take the post out of use: nothing new begins from it, and what has begun goes on."""
    answer = require(by, "position.retire", facts_of(position.unit))
    require_in_use(position, "retire")
    position.retired_on = by.on
    said = {"role": answer.role, "position": position.title}
    with act("position.retired", by.who(answer.role), subject=position.pk, facts=said, once=once) as entry:
        entry.save(position)


def approvers_of(position: Position) -> int:
    """How many opinions the post's profiles and its unit's call for, raised where it has been."""
    profiles = [*position.profiles, *position.unit.profiles]
    called_for = max((PROFILES[code].approvers for code in profiles), default=0)
    if position.is_designated_leading:
        return MOST_APPROVERS
    return max(called_for, position.min_approvers) if called_for else 0


def require_in_use(position: Position, name: str) -> None:
    """Raises WrongState for a post that has been taken out of use."""
    if position.retired_on is not None:
        raise WrongState("position", name, "retired")
