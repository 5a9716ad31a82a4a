"""Units at a reorganisation: moved with all below them, replaced by another, ended. Always within one authority.

What is in a unit belongs to its authority, and from one to another is a disclosure (OSL 8:1): a unit never crosses.
There a new one is laid up, and this one ended when nothing goes on in it any more.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from audit.recorder import Act, act
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.administration.queries.in_the_way import in_the_way
from vetting.administration.unit_tree import below, in_force, next_path
from vetting.organisation.models import STEP, TreeProposal, Unit
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None


def require_movable(unit: Unit, parent: Unit | None, on: date, today: date) -> str:
    """The path it gets. `on`: today or earlier, as scope goes by where the unit stands. Raises BadInput, WrongState."""
    _require_open(unit, today)
    _require_day(unit, on, today)
    _require_place(unit, parent, today)
    if unit.parent_id == (parent.pk if parent is not None else None):
        raise BadInput(parent="unit_there_already")
    new = next_path(parent)
    deepest = max((len(each.path) for each in below(unit)), default=0)
    if deepest - len(unit.path) + len(new) > 24 * STEP:
        raise BadInput(parent="unit_too_deep")
    return new


def require_replaceable(unit: Unit, successor: Unit, on: date, today: date) -> None:
    """Raises BadInput, WrongState."""
    _require_open(unit, today)
    _require_day(unit, on, today)
    _require_place(unit, successor, today)
    if below(unit).filter(in_force(today)).exists():
        raise WrongState("unit", "replace", "unit_has_units")


def move_unit(
    unit: Unit, proposal: TreeProposal, *, by: Actor, parent: Unit | None, on: date, once: Once = None
) -> None:
    """Put the unit, with all below it, under `parent` or at the top of its authority; roles above it follow at once.

    As another has proposed, with the answer on `proposal`. Raises Denied, BadInput, WrongState.
    """
    answer = require(by, "unit.move")
    new = require_movable(unit, parent, on, by.on)
    below_it, old = list(below(unit)), unit.path
    unit.parent = parent
    said = {"role": answer.role, "unit": unit.name, "date": on.isoformat()}
    with act("unit.moved", by.who(answer.role), subject=unit.pk, facts=said, once=once) as entry:
        _put_under(entry, [unit, *below_it], old, new)
        entry.save(proposal)


def replace_unit(
    unit: Unit, proposal: TreeProposal, *, by: Actor, successor: Unit, on: date, once: Once = None
) -> None:
    """`successor` takes the unit's place from the day `on`: nothing new begins in it, and what goes on is finished.

    It is put under its successor, so that whoever works there reaches what was begun here. As another has proposed.
    Raises Denied, BadInput, WrongState.
    """
    answer = require(by, "unit.move")
    require_replaceable(unit, successor, on, by.on)
    old, new = unit.path, next_path(successor)
    below_it = list(below(unit))
    unit.parent, unit.successor = successor, successor
    unit.valid_to = max(unit.valid_from, on - timedelta(days=1))
    said = {"role": answer.role, "unit": unit.name, "date": on.isoformat()}
    with act("unit.moved", by.who(answer.role), subject=unit.pk, facts=said, once=once) as entry:
        _put_under(entry, [unit, *below_it], old, new)
        entry.save(proposal)


def end_unit(unit: Unit, *, by: Actor, last_day: date, once: Once = None) -> None:
    """The unit's last day. What still stands in it has to be dealt with first. Raises Denied, BadInput, WrongState."""
    answer = require(by, "unit.end")
    _require_open(unit, by.on)
    if last_day < unit.valid_from:
        raise BadInput(last_day="unit_before_first")
    if in_the_way(unit, last_day):
        raise WrongState("unit", "end", "unit_in_use")
    unit.valid_to = last_day
    said = {
        "role": answer.role,
        "unit": unit.name,
        "date": (last_day + timedelta(days=1)).isoformat(),
    }
    with act("unit.ended", by.who(answer.role), subject=unit.pk, facts=said, once=once) as entry:
        entry.save(unit)


def _put_under(entry: Act, units: list[Unit], old: str, new: str) -> None:
    for each in units:
        each.path = new + each.path.removeprefix(old)
        entry.save(each)


def _require_open(unit: Unit, on: date) -> None:
    if unit.valid_to is not None and unit.valid_to < on:
        raise WrongState("unit", "change", "unit_ended")


def _require_day(unit: Unit, day: date, on: date) -> None:
    if day > on:
        raise BadInput(on="unit_on_the_day")
    if day < unit.valid_from:
        raise BadInput(on="unit_before_first")


def _require_place(unit: Unit, place: Unit | None, on: date) -> None:
    """Raises BadInput for a place in another authority, in the unit itself, or in a unit that is ended."""
    if place is None:
        return
    if place.authority_id != unit.authority_id:
        raise BadInput(parent="unit_other_authority")
    if place.path.startswith(unit.path):
        raise BadInput(parent="unit_in_itself")
    if not place.is_in_force(on):
        raise BadInput(parent="unit_ended")
