"""A recruitment read by somebody who is a finalist in it herself, or who works beside one.

Known where the finalist's number and that of a member of staff have the same digest; without a number there is nothing
to compare. Relatives are not known and never asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from vetting.access.models import RoleGrant
from vetting.accounts.models import Person
from vetting.oversight.models import StaffNumber
from vetting.oversight.rules.seen import Finding, Seen, before
from vetting.policy.alerts import RULES
from vetting.policy.event_groups import READS
from vetting.recruitment.models import BlindIndex, Recusal

RULE = RULES["own_or_colleague"]


def find(entries: list[Seen]) -> Iterator[Finding]:
    """One finding per person and recruitment, at the first reading of a day."""
    readings = [s for s in entries if s.action in READS and s.person is not None and s.subject is not None]
    finalists = _finalists({seen.subject for seen in readings if seen.subject is not None})
    readings = [seen for seen in readings if seen.subject in finalists]
    if not readings:
        return
    beside = _beside({seen.person for seen in readings if seen.person is not None})
    settled = _settled(readings)
    for seen in readings:
        person, subject = seen.person, seen.subject
        if person is None or subject is None or (person, subject) in settled:
            continue
        if not finalists[subject] & ({person} | beside[person]):
            continue
        if any(s.subject == subject and s.action in READS for s in before(seen, RULE.window)[1:]):
            continue  # told when it was read first
        yield Finding(RULE.code, person, seen.time, 1, RULE.threshold, seen.time, (subject,))


def _finalists(recruitments: set[UUID]) -> dict[UUID, set[UUID]]:
    """The members of staff who are finalists in the recruitments: one query, nothing opened."""
    known = StaffNumber.objects.values("digest")
    rows = BlindIndex.objects.filter(candidacy__recruitment__in=recruitments, digest__in=known)
    found = [(bytes(digest), pk) for digest, pk in rows.values_list("digest", "candidacy__recruitment")]
    staff = StaffNumber.objects.filter(digest__in=[digest for digest, _pk in found])
    persons = {bytes(digest): person for digest, person in staff.values_list("digest", "person")}
    finalists: dict[UUID, set[UUID]] = defaultdict(set)
    for digest, pk in found:
        if digest in persons:
            finalists[pk].add(persons[digest])
    return finalists


def _beside(people: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Each one's nearest manager, those with the same manager, and those with a role in the same unit.

    Whoever reports to one is not among them: her application is a manager's to read.
    """
    wanted = list(people)
    managers = dict(
        Person.objects.filter(pk__in=wanted, line_manager__isnull=False).values_list("pk", "line_manager")
    )
    team: dict[UUID, set[UUID]] = defaultdict(set)
    for pk, manager in Person.objects.filter(line_manager__in=managers.values()).values_list(
        "pk", "line_manager"
    ):
        team[manager].add(pk)
    active = RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE, unit__isnull=False)
    units: dict[UUID, set[UUID]] = defaultdict(set)
    own = active.filter(person__in=wanted).values("unit")
    for person, unit in active.filter(unit__in=own).values_list("person", "unit"):
        units[unit].add(person)
    below = set(Person.objects.filter(line_manager__in=wanted).values_list("line_manager", "pk"))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person in wanted:
        if person in managers:
            found[person] |= {managers[person]} | team[managers[person]]
        for members in units.values():
            if person in members:
                found[person] |= members
        found[person] -= {person} | {pk for manager, pk in below if manager == person}
    return found


def _settled(readings: Iterable[Seen]) -> set[tuple[UUID, UUID]]:
    """Persons for whom it is decided that the connection lacks significance, by recruitment."""
    rows = Recusal.objects.filter(
        recruitment__in={seen.subject for seen in readings}, state=Recusal.State.PARTICIPATES
    )
    return set(rows.values_list("person", "recruitment"))
