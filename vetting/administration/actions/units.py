"""Units of the tree: laid up, edited. An authority or a company is what a tree begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.recorder import Act, act
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.accounts.models import Person
from vetting.administration.unit_tree import hold_tree, next_path
from vetting.organisation.models import Authority, Organisation, Position, TreeProposal, Unit
from vetting.policy.profiles import BASE, PROFILES
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be. `parent` None: at the top of its authority."""

    authority: Authority
    parent: Unit | None
    name: str
    profiles: tuple[str, ...]
    valid_from: date


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """A committee or a company to be. `municipality`: the name of the whole, where nothing is here yet."""

    name: str
    entity: str
    diary_prefix: str
    municipality: str = ""


def workplace_profiles() -> tuple[str, ...]:
    """The control profiles that a workplace can have: every post in it, or sent to it, inherits them."""
    return tuple(
        code
        for code, profile in PROFILES.items()
        if profile.attaches_to != "position" and code != BASE and profile.visible_to == "all"
    )


def create_authority(wanted: NewAuthority, *, by: Actor, once: Once = None) -> Authority:
    """A committee or a company, and the municipality itself before the first one. Raises Denied, BadInput.

    Nobody reaches it by this: a function reaches into an authority by a role there or by a confirmed agreement.
    """
    answer = require(by, "unit.create")
    if wanted.entity not in Authority.Entity.values:
        raise BadInput(entity="choice")
    is_company = wanted.entity == Authority.Entity.COMPANY
    with transaction.atomic():
        hold_tree()
        if Authority.objects.filter(name__iexact=_filled("name", wanted.name)).exists():
            raise BadInput(name="unit_name_taken")
        first = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).first()
        made: list[Organisation] = []
        if first is None:
            first = Organisation(
                name=_filled("municipality", wanted.municipality), kind=Organisation.Kind.MUNICIPALITY
            )
            made.append(first)
        if is_company:
            first = Organisation(name=wanted.name.strip(), kind=Organisation.Kind.COMPANY)
            made.append(first)
        authority = Authority(
            organisation=first,
            name=wanted.name.strip(),
            entity=wanted.entity,
            diary_prefix=_filled("diary_prefix", wanted.diary_prefix),
        )
        said = {"role": answer.role, "unit": authority.name, "date": by.on.isoformat()}
        with act("unit.created", by.who(answer.role), subject=authority.pk, facts=said, once=once) as entry:
            for each in made:
                entry.save(each)
            entry.save(authority)
    return authority


def create_unit(wanted: NewUnit, *, by: Actor, once: Once = None) -> Unit:
    """A unit under an authority or a company, or under another unit of it. Raises Denied, BadInput."""
    answer = require(by, "unit.create")
    name, parent = _filled("name", wanted.name), wanted.parent
    profiles = _profiles(wanted.profiles)
    with transaction.atomic():
        hold_tree()
        if parent is not None:
            parent = Unit.objects.get(pk=parent.pk)
            if parent.authority_id != wanted.authority.pk:
                raise BadInput(parent="unit_other_authority")
            if not parent.is_in_force(max(by.on, wanted.valid_from)):
                raise BadInput(parent="unit_ended")
        _require_free(wanted.authority.pk, parent, name)
        unit = Unit(
            authority=wanted.authority,
            parent=parent,
            name=name,
            path=next_path(parent),
            profiles=profiles,
            valid_from=wanted.valid_from,
        )
        said = {"role": answer.role, "unit": name, "date": wanted.valid_from.isoformat()}
        with act("unit.created", by.who(answer.role), subject=unit.pk, facts=said, once=once) as entry:
            entry.save(unit)
    return unit


def changed_in(unit: Unit, given: Mapping[str, object], by: Actor) -> list[str]:
    """The fields of `given` (name, profiles, access_manager_id) that differ. Raises BadInput, WrongState.

    Nobody makes herself the one who gives access.
    """
    if unit.valid_to is not None and unit.valid_to < by.on:
        raise WrongState("unit", "edit", "unit_ended")
    changed = [field for field, value in given.items() if getattr(unit, field) != value]
    if "access_manager_id" in changed and given["access_manager_id"] == by.person_id:
        raise BadInput(access_manager="not_oneself")
    if "name" in changed:
        _require_free(unit.authority_id, unit.parent, str(given["name"]), besides=unit)
    return changed


def given_for(name: str, profiles: Iterable[str], access_manager: Person | None) -> dict[str, object]:
    """What was typed, as the unit's columns. Raises BadInput."""
    return {
        "name": _filled("name", name),
        "profiles": _profiles(profiles),
        "access_manager_id": access_manager.pk if access_manager else None,
    }


def rename_unit(unit: Unit, *, by: Actor, name: str, once: Once = None) -> bool:
    """What a unit is called: nobody reaches more by it, so one is enough. Returns whether anything was changed.

    Raises Denied, BadInput, WrongState.
    """
    answer = require(by, "unit.edit")
    given = {"name": _filled("name", name)}
    if not changed_in(unit, given, by):
        return False
    unit.name = given["name"]
    said = {"role": answer.role, "unit": unit.name, "field": "name"}
    with act("unit.edited", by.who(answer.role), subject=unit.pk, facts=said, once=once) as entry:
        entry.save(unit)
    return True


def edit_unit(
    unit: Unit, given: Mapping[str, object], proposal: TreeProposal, *, by: Actor, once: Once = None
) -> None:
    """What another has proposed for the unit: its kind of workplace, who closes access there. With the answer on
    `proposal`. Raises Denied, BadInput, WrongState."""
    answer = require(by, "unit.edit")
    changed = changed_in(unit, given, by)
    if not changed:
        raise WrongState("unit", "edit", "changed_since")
    for field, value in given.items():
        setattr(unit, field, value)
    said = {
        "role": answer.role,
        "unit": unit.name,
        "field": "|".join(field.removesuffix("_id") for field in changed),
    }
    with act("unit.edited", by.who(answer.role), subject=unit.pk, facts=said, once=once) as entry:
        entry.save(unit)
        entry.save(proposal)
        if "profiles" in changed:
            _bring_risk_anew(entry, unit)


def _bring_risk_anew(entry: Act, unit: Unit) -> None:
    """Other checks are never one person's choice: two judge each post's risk again before anything is opened there."""
    for position in Position.objects.select_for_update().filter(unit=unit, retired_on__isnull=True):
        if position.risk_state != Position.RiskState.NONE:
            position.risk_state = Position.RiskState.NONE
            position.risk_assessed_by = position.risk_confirmed_by = position.risk_decided_on = None
            entry.save(position)


def _filled(field: str, text: str) -> str:
    found = text.strip()
    if not found:
        raise BadInput(**{field: "required"})
    return found


def _profiles(chosen: Iterable[str]) -> list[str]:
    found = sorted(set(chosen))
    if set(found) - set(workplace_profiles()):
        raise BadInput(profiles="choice")
    return found


def _require_free(authority: UUID, parent: Unit | None, name: str, besides: Unit | None = None) -> None:
    """Raises BadInput where a unit in the same place has the name already."""
    there = Unit.objects.filter(authority=authority, parent=parent, name__iexact=name, valid_to__isnull=True)
    if besides is not None:
        there = there.exclude(pk=besides.pk)
    if there.exists():
        raise BadInput(name="unit_name_taken")
