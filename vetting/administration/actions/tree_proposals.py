"""Changes of a unit or an authority that one administrator proposes and another confirms.

By a move or a replacement others reach what is in the unit; with other profiles checks go away; the one who gives
system access, and an authority's mark as the functions' own, decide who has a hand in what. What a unit is called is
nobody's power: its name alone is changed by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Denied, require
from vetting.accounts.models import Person
from vetting.administration.actions.two_persons import answered, put_forward, require_waiting, say_no
from vetting.administration.actions.units import changed_in, edit_unit, given_for, rename_unit
from vetting.administration.actions.units_moved import (
    move_unit,
    replace_unit,
    require_movable,
    require_replaceable,
)
from vetting.administration.unit_tree import hold_tree
from vetting.organisation.models import Authority, TreeProposal, Unit
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState

Once = UUID | None
Kind, State = TreeProposal.Kind, TreeProposal.State
PERMISSION = {
    Kind.MOVE: "unit.move",
    Kind.REPLACE: "unit.move",
    Kind.EDIT: "unit.edit",
    Kind.AUTHORITY: "unit.edit",
}
"""What proposes a change and what confirms it: of another person."""


@contextmanager
def locked_change(pk: UUID) -> Iterator[TreeProposal]:
    """The proposal under a lock with the whole tree, in one transaction. Raises TreeProposal.DoesNotExist."""
    with transaction.atomic():
        hold_tree()
        rows = TreeProposal.objects.select_related("unit__authority", "unit__parent", "authority")
        yield rows.select_for_update(of=("self",)).get(pk=pk)


def propose_move(unit: Unit, *, by: Actor, parent: Unit | None, on: date, once: Once = None) -> TreeProposal:
    """Propose that it goes under `parent` or to the top. Raises Denied, BadInput, WrongState."""
    require(by, PERMISSION[Kind.MOVE])
    parent = _now(parent.pk) if parent is not None else None
    require_movable(unit, parent, on, by.on)
    return _propose(_of_unit(Kind.MOVE, unit, _place(parent, on)), by, once)


def propose_replacement(
    unit: Unit, *, by: Actor, successor: Unit, on: date, once: Once = None
) -> TreeProposal:
    """Propose that `successor` takes its place. Raises Denied, BadInput, WrongState."""
    require(by, PERMISSION[Kind.REPLACE])
    successor = _now(successor.pk)
    require_replaceable(unit, successor, on, by.on)
    return _propose(_of_unit(Kind.REPLACE, unit, _place(successor, on)), by, once)


def propose_edit(
    unit: Unit,
    *,
    by: Actor,
    name: str,
    profiles: Iterable[str],
    access_manager: Person | None,
    once: Once = None,
) -> TreeProposal | None:
    """Propose what it will be; where only the name differs it is changed at once, and None is returned.

    Raises Denied, BadInput, WrongState.
    """
    require(by, PERMISSION[Kind.EDIT])
    given = given_for(name, profiles, access_manager)
    if set(changed_in(unit, given, by)) <= {"name"}:
        rename_unit(unit, by=by, name=name, once=once)
        return None
    manager = given["access_manager_id"]
    wanted = given | {"access_manager_id": str(manager) if manager is not None else None}
    return _propose(_of_unit(Kind.EDIT, unit, wanted), by, once)


def propose_authority(
    authority: Authority,
    *,
    by: Actor,
    name: str,
    diary_prefix: str,
    is_control_function: bool,
    once: Once = None,
) -> TreeProposal | None:
    """Propose what an authority or a company is called, and whether it is HR's or the security function's own.

    None where nothing differs. Raises Denied, BadInput, WrongState.
    """
    require(by, PERMISSION[Kind.AUTHORITY])
    wanted = {
        "name": name.strip(),
        "diary_prefix": diary_prefix.strip(),
        "is_control_function": is_control_function,
    }
    if not changes_of(authority, wanted):
        return None
    proposal = TreeProposal(kind=Kind.AUTHORITY, authority=authority, wanted=wanted, seen=authority.entry_id)
    return _propose(proposal, by, once)


def confirm_change(proposal: TreeProposal, *, by: Actor, once: Once = None) -> None:
    """Sign what another has proposed: it holds at once. Raises Denied, SamePerson, BadInput, WrongState."""
    require(by, PERMISSION[Kind(proposal.kind)])
    if proposal.proposed_by_id == by.person_id:
        raise SamePerson
    require_waiting(proposal)
    unit, wanted = proposal.unit, proposal.wanted
    stands = unit if unit is not None else proposal.authority
    if stands is None or stands.entry_id != proposal.seen:
        raise WrongState("proposal", "answer", "changed_since")
    answered(proposal, State.CONFIRMED, by)
    if unit is None:
        _edit_authority(proposal, by, once)
    elif proposal.kind == Kind.EDIT:
        manager = wanted["access_manager_id"]
        given = wanted | {"access_manager_id": UUID(manager) if manager else None}
        edit_unit(unit, given, proposal, by=by, once=once)
    else:
        place, on = wanted["parent"], date.fromisoformat(wanted["on"])
        if proposal.kind == Kind.MOVE:
            above = _now(UUID(place)) if place else None
            move_unit(unit, proposal, by=by, parent=above, on=on, once=once)
        else:
            replace_unit(unit, proposal, by=by, successor=_now(UUID(place)), on=on, once=once)


def reject_change(proposal: TreeProposal, *, by: Actor, once: Once = None) -> None:
    """Say no, or take one's own back. Raises Denied, WrongState."""
    answer = require(by, PERMISSION[Kind(proposal.kind)])
    state = State.WITHDRAWN if proposal.proposed_by_id == by.person_id else State.REJECTED
    said: dict[str, object] = {"role": answer.role, **_told(proposal)}
    say_no(proposal, state, by=by, event="unit.change_rejected", said=said, once=once)


def changes_of(row: Unit | Authority, wanted: dict[str, object]) -> list[str]:
    """The columns that will differ."""
    return [name for name, value in wanted.items() if _plain(getattr(row, name)) != value]


def _edit_authority(proposal: TreeProposal, by: Actor, once: Once) -> None:
    authority, answer = proposal.authority, require(by, PERMISSION[Kind.AUTHORITY])
    if authority is None:
        raise Denied(PERMISSION[Kind.AUTHORITY])
    changed = changes_of(authority, proposal.wanted)
    for name in changed:
        setattr(authority, name, proposal.wanted[name])
    said = {"role": answer.role, "unit": authority.name, "field": "|".join(changed)}
    with act("unit.edited", by.who(answer.role), subject=authority.pk, facts=said, once=once) as entry:
        entry.save(authority)
        entry.save(proposal)


def _propose(proposal: TreeProposal, by: Actor, once: Once) -> TreeProposal:
    answer = require(by, PERMISSION[Kind(proposal.kind)])
    if proposal.kind == Kind.AUTHORITY:
        _require_names(proposal)
    said: dict[str, object] = {"role": answer.role, **_told(proposal)}
    like_it = TreeProposal.objects.filter(unit=proposal.unit, authority=proposal.authority)
    with transaction.atomic():
        hold_tree()
        put_forward(proposal, by=by, event="unit.change_proposed", said=said, like_it=like_it, once=once)
    return proposal


def _require_names(proposal: TreeProposal) -> None:
    wanted = proposal.wanted
    for name in ("name", "diary_prefix"):
        if not wanted[name]:
            raise BadInput(**{name: "required"})
    taken = Authority.objects.filter(name__iexact=wanted["name"]).exclude(pk=proposal.authority_id)
    if taken.exists():
        raise BadInput(name="unit_name_taken")


def _of_unit(kind: str, unit: Unit, wanted: dict[str, object]) -> TreeProposal:
    return TreeProposal(kind=kind, unit=unit, wanted=wanted, seen=unit.entry_id)


def _place(place: Unit | None, on: date) -> dict[str, object]:
    return {"parent": str(place.pk) if place is not None else None, "on": on.isoformat()}


def _now(pk: UUID) -> Unit:
    """As it stands under the lock: chosen in a form, it may itself have been moved since."""
    return Unit.objects.get(pk=pk)


def _told(proposal: TreeProposal) -> dict[str, str]:
    row = proposal.unit if proposal.unit is not None else proposal.authority
    if row is None:
        return {}
    if proposal.kind in (Kind.MOVE, Kind.REPLACE):
        return {"unit": row.name, "field": str(proposal.kind)}
    return {
        "unit": row.name,
        "field": "|".join(name.removesuffix("_id") for name in changes_of(row, proposal.wanted)),
    }


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value
