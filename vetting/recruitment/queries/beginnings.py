"""Where a person may begin a recruitment: positions to choose, managers to name, earlier recruitments to copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vetting.access.actor import Actor, RoleHeld
from vetting.access.door import Facts, ask, lent_at
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.organisation.models import Position
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.terms import NOTHING
from vetting.recruitment.queries.visible import reach_of

NO_LIMIT = Q()
LATEST = 200
"""How many of the newest visible recruitments are looked through for *Ny från förra*."""


@dataclass(frozen=True, slots=True)
class Manager:
    """A person who recruits, and the paths of the units she recruits for."""

    person: Person
    paths: tuple[str, ...]

    def recruits_for(self, path: str) -> bool:
        """Whether the unit with that path is hers."""
        return any(path.startswith(own) for own in self.paths)


def positions_to_recruit(actor: Actor) -> QuerySet[Position]:
    """Positions in use in the units in force where the actor may start a recruitment, by unit and title."""
    scopes = PERMISSIONS["recruitment.create"].scopes
    wanted = NOTHING
    for held in (*actor.roles, *(held for absent in actor.absent for held in absent.roles)):
        wanted |= _places(held, scopes[held.role])
    open_unit = Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=actor.on)
    rows = Position.objects.filter(
        wanted, open_unit, retired_on=None, unit__valid_from__lte=actor.on
    ).select_related("unit__authority")
    return rows.order_by("unit__path", "title")


def _places(held: RoleHeld, scope: str) -> Q:
    """Where the scope lets one begin. One's own recruitments are those of the units one recruits for."""
    if scope == "no":
        return NOTHING
    if held.everywhere:
        return Q(pk__isnull=False)
    found = NOTHING
    for path in held.unit_paths:
        found |= Q(unit__path__startswith=path)
    if scope == "authority" or not held.unit_paths:
        found |= Q(unit__authority__in=held.authorities)
    return found


def managers(actor: Actor) -> dict[UUID, Manager]:
    """Everyone who recruits today, with units; oneself and those one stands in for where only one's own is begun."""
    scopes = PERMISSIONS["recruitment.create"].scopes
    lent = [held for absent in actor.absent for held in absent.roles]
    everyone = any(scopes[held.role] in ("unit", "authority") for held in (*actor.roles, *lent))
    own = {actor.person_id, *(absent.person_id for absent in actor.absent)}
    return _recruiting(actor.on, NO_LIMIT if everyone else Q(person__in=own))


def who_recruit_for(path: str, on: date) -> list[Person]:
    """Everybody who recruits for the unit with that path on the day `on` and can sign in, by name."""
    found = _recruiting(on, Q(Exists(Account.objects.filter(person=OuterRef("person"), is_active=True))))
    return [manager.person for manager in found.values() if manager.recruits_for(path)]


def recruits_for(person_id: UUID, path: str, on: date) -> bool:
    """Whether the person recruits for the unit with that path on the day `on`."""
    found = _recruiting(on, Q(person=person_id)).get(person_id)
    return found is not None and found.recruits_for(path)


def _recruiting(on: date, condition: Q) -> dict[UUID, Manager]:
    rows = RoleGrant.objects.filter(
        condition, role="hiring_manager", state=RoleGrant.State.ACTIVE, valid_from__lte=on, unit__isnull=False
    ).select_related("person", "unit")
    paths: dict[UUID, list[str]] = {}
    persons: dict[UUID, Person] = {}
    for grant in rows.order_by("person__display_name"):
        if grant.is_in_force(on) and grant.unit is not None:
            persons[grant.person_id] = grant.person
            paths.setdefault(grant.person_id, []).append(grant.unit.path)
    return {pk: Manager(person, tuple(paths[pk])) for pk, person in persons.items()}


def may_copy(actor: Actor, old: Recruitment) -> bool:
    """Whether the actor may start a recruitment like `old`, herself or for somebody she stands in for."""
    facts = Facts(old.unit.authority_id, old.unit.path, is_own=old.manager_id == actor.person_id)
    facts = lent_at(actor, facts, lambda absent: absent.person_id == old.manager_id)
    return ask(actor, "recruitment.copy", facts).allowed


def latest_to_copy(actor: Actor, number: int) -> list[Recruitment]:
    """The newest recruitment of each of the latest positions, among those the actor may copy from."""
    rows = (
        reach_of(actor, "recruitment.copy")
        .recruitments.filter(position__retired_on=None)
        .select_related("position", "unit")
        .order_by("-created_on", "-reference")[:LATEST]
    )
    newest: dict[UUID, Recruitment] = {}
    for row in rows:
        if may_copy(actor, row):
            newest.setdefault(row.position_id, row)
    return list(newest.values())[:number]
