"""The signatures that an installation begins with: the first administrators, and the first who confirm roles."""

from __future__ import annotations

from audit.clock import now
from audit.recorder import Who, act, record
from vetting.access.models import RoleGrant
from vetting.accounts.models import Person
from vetting.policy.calendar import today_stockholm
from vetting.policy.places import CONFIRMING

Heads = tuple[Person, Person]
"""The first head of HR and the first head of security, in that order."""


def grant_bootstrap(persons: tuple[Person, Person], heads: Heads | None = None) -> list[RoleGrant]:
    """Make two persons administrators and, where given, two others the first who confirm. Returns the grants.

    Nobody signs her own role. With heads each role is proposed by an administrator and confirmed by a head; without,
    each administrator stands as proposer of her own role, and the other confirms it. Raises ValueError unless all
    are different persons.
    """
    first, second = persons
    everybody = [*persons, *(heads or ())]
    if len({person.pk for person in everybody}) != len(everybody):
        raise ValueError("different persons are needed")
    if heads is None:
        return [
            _signed(first, "administrator", first, second),
            _signed(second, "administrator", second, first),
        ]
    hr, security = heads
    return [
        _signed(first, "administrator", second, hr),
        _signed(second, "administrator", first, security),
        *grant_heads(heads, persons),
    ]


def grant_heads(heads: Heads, proposers: tuple[Person, Person]) -> list[RoleGrant]:
    """Make two persons the first who confirm roles, in the whole installation, each signed by the other."""
    hr, security = heads
    return [
        _signed(hr, "hr_head", proposers[0], security),
        _signed(security, "security_head", proposers[1], hr),
    ]


def roles_in_force_of(*roles: str) -> list[RoleGrant]:
    """The grants of `roles` that hold today and whose person has an open account."""
    today = today_stockholm(now())
    rows = RoleGrant.objects.filter(
        role__in=roles, state=RoleGrant.State.ACTIVE, person__accounts__is_active=True
    )
    found = rows.select_related("person").order_by("valid_from", "pk").distinct()
    return [grant for grant in found if grant.is_in_force(today)]


def somebody_confirms() -> bool:
    """Whether there is anybody left who can confirm a role."""
    return bool(roles_in_force_of(*CONFIRMING))


def _signed(holder: Person, role: str, proposer: Person, confirmer: Person) -> RoleGrant:
    """A role in force, with the two entries that its proposal and its confirmation would have left."""
    grant = RoleGrant(
        person=holder,
        role=role,
        state=RoleGrant.State.ACTIVE,
        proposed_by=proposer,
        confirmed_by=confirmer,
        valid_from=today_stockholm(now()),
    )
    said = {"role": "system", "target_role": role}
    record("role.proposed", _by(proposer), subject=grant.pk, facts=said)
    with act("role.confirmed", _by(confirmer), subject=grant.pk, facts=said) as entry:
        entry.save(grant)
    return grant


def _by(person: Person) -> Who:
    return Who(person_id=person.pk, account_id=None, role="system")
