"""Changing a position: its title, unit, usual form, profiles and the answers given once, for what is to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.organisation.models import Position, Unit
from vetting.policy.engagement_forms import FORMS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.actions.position import facts_of, require_in_use

BRINGS_ANEW = ("unit", "profiles", "answers")
"""What the risk analysis was about: with another unit, other profiles or answers it is written and confirmed anew."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The post as it is to be."""

    unit: Unit
    title: str
    profiles: tuple[str, ...]
    answers: Mapping[str, bool]
    form: str


def edit_position(position: Position, wanted: Edited, *, by: Actor, once: Once = None) -> tuple[str, ...]:
    """Change the post for recruitments to come; returns the fields that were changed.

    Fewer checks are never one person's choice: where the profiles, the answers or the unit change, the risk analysis
    lapses, and no recruitment is opened before one person has written it and another confirmed it.
    Raises Denied, BadInput, WrongState.
    """
    answer = require(by, "position.edit", facts_of(position.unit))
    if wanted.unit != position.unit:
        require(by, "position.edit", facts_of(wanted.unit))
    require_in_use(position, "edit")
    given = _checked(position, wanted, by)
    changed = tuple(name for name, value in given.items() if getattr(position, name) != value)
    if not changed:
        return ()
    for name, value in given.items():
        setattr(position, name, value)
    if set(changed) & set(BRINGS_ANEW):
        position.risk_state = Position.RiskState.NONE
        position.risk_assessed_by = position.risk_confirmed_by = position.risk_decided_on = None
    said = {
        "role": answer.role,
        "position": position.title,
        "field": "|".join(changed),
        "profile": "|".join(position.profiles),
    }
    with act("position.edited", by.who(answer.role), subject=position.pk, facts=said, once=once) as entry:
        entry.save(position)
    return changed


def _checked(position: Position, wanted: Edited, by: Actor) -> dict[str, object]:
    """The columns as they are to be. Raises BadInput."""
    title, chosen = wanted.title.strip(), sorted(set(wanted.profiles))
    if not title:
        raise BadInput(title="required")
    hidden = [code for code in position.profiles if PROFILES[code].visible_to != "all"]
    if any(code not in PROFILES or PROFILES[code].visible_to != "all" or code == "base" for code in chosen):
        raise BadInput(profiles="choice")
    if wanted.form not in FORMS or not FORMS[wanted.form].allowed:
        raise BadInput(form="form_refused")
    if wanted.unit.authority_id != position.unit.authority_id:
        raise BadInput(unit="other_authority")
    if not wanted.unit.is_in_force(by.on):
        raise BadInput(unit="unit_not_in_force")
    kept = {
        code: bool(value) for code, value in wanted.answers.items() if QUESTIONS[code].inherited_from_position
    }
    return {
        "unit": wanted.unit,
        "title": title,
        # A profile that only the protective-security function sees is not lost by another's edit.
        "profiles": sorted({*chosen, *hidden}),
        "answers": kept,
        "default_form": wanted.form,
    }
