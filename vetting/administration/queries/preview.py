"""*Vad skulle X se?*: the pages and acts that would be open, from the door's own answers, without any object at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from audit.clock import now
from vetting.access.actor import Actor, RoleHeld, roles_in_force
from vetting.access.door import ask, somewhere
from vetting.access.models import RoleGrant
from vetting.accounts.models import Person
from vetting.administration.queries.role_holders import roles_with_names
from vetting.administration.roles_held import all_authorities, facts_about
from vetting.organisation.models import Authority, ServiceAgreement, Unit
from vetting.policy.calendar import today_stockholm
from vetting.policy.decide import Decision
from vetting.policy.permissions import PERMISSIONS

#: permissions that are open to everybody, signed in or not: nothing a role gives
OPEN = frozenset(
    code
    for code, permission in PERMISSIONS.items()
    if any(rule.relation == "anyone" and rule.effect == "grants" for rule in permission.rules)
)


@dataclass(frozen=True, slots=True)
class Open:
    """One permission, with the policy's own word for each role that gives it, or for a relation that does."""

    permission: str
    through: tuple[Decision, ...]


def grants_seen(person: Person, viewer: Actor) -> list[RoleGrant]:
    """The person's roles in force that are within the viewer's reach."""
    rows = roles_with_names().filter(person=person, state=RoleGrant.State.ACTIVE)
    authorities = all_authorities()
    return [
        grant
        for grant in rows
        if grant.is_in_force(viewer.on)
        and ask(viewer, "access.preview", facts_about(grant, viewer, authorities)).allowed
    ]


def as_person(person: Person, viewer: Actor) -> Actor:
    """The person as an actor, with the roles that the viewer may see."""
    held = roles_in_force(grants_seen(person, viewer), ServiceAgreement.objects.all(), viewer.on)
    return Actor(person.pk, uuid4(), "", viewer.on, tuple(held))


def as_role(role: str, place: Unit | Authority | None) -> Actor:
    """Nobody in particular, with one role somewhere."""
    nobody = Actor(uuid4(), uuid4(), "", today_stockholm(now()))
    paths = frozenset({place.path}) if isinstance(place, Unit) else frozenset[str]()
    reached: frozenset[UUID] = frozenset()
    if place is not None:
        reached = frozenset({place.authority_id if isinstance(place, Unit) else place.pk})
    held = RoleHeld(role, paths, reached, everywhere=place is None)
    return replace(nobody, roles=(held, RoleHeld("employee", everywhere=True)))


def open_to(actor: Actor) -> list[Open]:
    """Every permission that would be open somewhere, in the order of the tables."""
    found = []
    for code in PERMISSIONS:
        if code in OPEN:
            continue
        through = tuple(_through(code, actor))
        if through:
            found.append(Open(code, through))
    return found


def _through(code: str, actor: Actor) -> Iterable[Decision]:
    said = [somewhere(replace(actor, roles=(held,)), code) for held in actor.roles]
    given = [decision for decision in said if decision.allowed]
    by_role = [decision for decision in given if decision.why == "role"]
    return by_role or given[:1]
