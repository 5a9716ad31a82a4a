"""Substitutes, in force and to come, as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.models import Delegation
from vetting.administration.delegations_held import facts_about, grants_of, with_names


@dataclass(frozen=True, slots=True)
class Substitute:
    """One delegation as it is shown: the state of its day, and whether this person may end it."""

    row: Delegation
    state: str
    may_end: bool
    absent: str
    substitute: str


def substitutes_for(actor: Actor) -> list[Substitute]:
    """What holds or is to come, where the actor may see it, soonest first: two queries."""
    rows = with_names().filter(state=Delegation.State.GIVEN, valid_to__gte=actor.on)
    shown = list(rows.order_by("valid_from", "absent__display_name"))
    grants = grants_of(row.absent_id for row in shown)
    found = []
    for row in shown:
        facts = facts_about(row, actor, grants.get(row.absent_id, []))
        if not ask(actor, "delegation.list", facts).allowed and not facts.is_own:
            continue
        found.append(substitute_of(row, actor, ask(actor, "delegation.end", facts).allowed))
    return found


def substitute_of(row: Delegation, actor: Actor, may_end: bool) -> Substitute:
    """One row; whoever has protected identity is shown without her name."""
    names = ["" if each.is_protected else each.display_name for each in (row.absent, row.substitute)]
    return Substitute(row, row.state_on(actor.on), may_end, *names)
