"""Giving roles: proposed by one, confirmed by another. Here only what a new installation and the demonstration need."""

from __future__ import annotations

from audit.clock import now
from audit.recorder import Who, act, record
from vetting.access.models import RoleGrant
from vetting.accounts.models import Person
from vetting.policy.calendar import today_stockholm


def grant_bootstrap(persons: tuple[Person, Person]) -> list[RoleGrant]:
    """Make two persons administrators, each on the other's signature being a third party's: the installation itself.

    A database constraint refuses a role confirmed by its holder, so each is proposed by herself at the installation
    and confirmed by the other. Returns the two grants.
    """
    first, second = persons
    if first.pk == second.pk:
        raise ValueError("two different persons are needed")
    today = today_stockholm(now())
    grants = []
    for holder, other in ((first, second), (second, first)):
        grant = RoleGrant(
            person=holder,
            role="administrator",
            state=RoleGrant.State.ACTIVE,
            proposed_by=holder,
            confirmed_by=other,
            valid_from=today,
        )
        said = {"role": "system", "target_role": "administrator"}
        record(
            "role.proposed",
            Who(person_id=holder.pk, account_id=None, role="system"),
            subject=grant.pk,
            facts=said,
        )
        who = Who(person_id=other.pk, account_id=None, role="system")
        with act(
            "role.confirmed", who, subject=grant.pk, facts={"role": "system", "target_role": "administrator"}
        ) as a:
            a.save(grant)
        grants.append(grant)
    return grants
