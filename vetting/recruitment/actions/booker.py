"""Assignments to book from a unit's pool: dated, given by the manager or HR of the unit, never to oneself."""

from __future__ import annotations

from datetime import date

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.accounts.models import Person
from vetting.organisation.models import Unit
from vetting.policy.calendar import add_months
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.models import PoolBooker

LONGEST_MONTHS = 12


def appoint_booker(*, by: Actor, person: Person, unit: Unit, until: date, once: Once = None) -> PoolBooker:
    """Let `person` ask *Får jag boka?* for the unit and those below it through `until`. Raises Denied, BadInput.

    An assignment that she has there already is ended in the same act: the newest day counts.
    """
    gains = frozenset({"self_gain"}) if person.pk == by.person_id else frozenset()
    answer = require(by, "pool_booker.appoint", Facts(unit.authority_id, unit.path, relations=gains))
    if not by.on <= until <= add_months(by.on, LONGEST_MONTHS):
        raise BadInput(until="booker_days")
    earlier = PoolBooker.objects.select_for_update().filter(person=person, unit=unit, ended_on=None)
    row = PoolBooker(person=person, unit=unit, valid_from=by.on, valid_to=until, given_by_id=by.person_id)
    said = {"role": answer.role, "unit": unit.name, "until": until.isoformat()}
    with act("pool_booker.appointed", by.who(answer.role), subject=row.pk, facts=said, once=once) as entry:
        for one in earlier:
            one.ended_on, one.ended_by_id = by.on, by.person_id
            entry.save(one)
        entry.save(row)
    return row


def end_booker(row: PoolBooker, *, by: Actor, once: Once = None) -> None:
    """End it at once: her next question is refused. Raises Denied, WrongState."""
    unit = row.unit
    answer = require(by, "pool_booker.end", Facts(unit.authority_id, unit.path))
    if row.ended_on is not None:
        raise WrongState("pool_booker", "end", "ended")
    row.ended_on, row.ended_by_id = by.on, by.person_id
    said = {"role": answer.role, "unit": unit.name}
    with act("pool_booker.ended", by.who(answer.role), subject=row.pk, facts=said, once=once) as entry:
        entry.save(row)
