"""Who acts: a person through one account, with the roles that hold today. Loaded once per request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest

from audit.clock import now
from audit.recorder import Who
from vetting.access.models import RoleGrant
from vetting.organisation.models import ServiceAgreement
from vetting.policy.calendar import today_stockholm

if TYPE_CHECKING:
    from vetting.accounts.models import Account

FUNCTION_OF_ROLE = {
    "hr_officer": ServiceAgreement.Function.HR,
    "hr_head": ServiceAgreement.Function.HR,
    "security_officer": ServiceAgreement.Function.SECURITY,
    "security_head": ServiceAgreement.Function.SECURITY,
    "protective_security": ServiceAgreement.Function.PROTECTIVE_SECURITY,
    "registrar": ServiceAgreement.Function.REGISTRY,
    "archivist": ServiceAgreement.Function.REGISTRY,
}


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role in force: where in the tree, and which authorities it reaches (by agreement, never by tree)."""

    role: str
    unit_paths: frozenset[str] = frozenset()
    authorities: frozenset[UUID] = frozenset()
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting through one account on one legal day."""

    person_id: UUID
    account_id: UUID
    name: str
    on: date
    roles: tuple[RoleHeld, ...] = field(default=())

    def who(self, role: str) -> Who:
        """The form in which the log names this actor when acting under `role`."""
        return Who(person_id=self.person_id, account_id=self.account_id, role=role)

    def holds(self, *roles: str) -> bool:
        """Whether any of `roles` is held today."""
        return any(held.role in roles for held in self.roles)


def roles_in_force(
    grants: Iterable[RoleGrant], agreements: Iterable[ServiceAgreement], on: date
) -> list[RoleHeld]:
    """Merge the role grants that hold on the day `on` with the agreements that widen them, one entry per role.

    `grants` need `unit` and `authority` loaded. Every signed-in person also has the role `employee`.
    """
    reach: dict[tuple[str, UUID], set[UUID]] = {}
    for agreement in agreements:
        if agreement.valid_from <= on and (agreement.valid_to is None or on <= agreement.valid_to):
            reach.setdefault((agreement.function, agreement.provider_id), set()).add(agreement.receiver_id)
    paths: dict[str, set[str]] = {}
    authorities: dict[str, set[UUID]] = {}
    everywhere: set[str] = set()
    for grant in grants:
        if not grant.is_in_force(on):
            continue
        paths.setdefault(grant.role, set())
        reached = authorities.setdefault(grant.role, set())
        if grant.unit is not None:
            paths[grant.role].add(grant.unit.path)
        authority_id = grant.authority_id or (grant.unit.authority_id if grant.unit else None)
        if authority_id is None:
            everywhere.add(grant.role)
            continue
        reached.add(authority_id)
        function = FUNCTION_OF_ROLE.get(grant.role)
        if function is not None:
            reached |= reach.get((function, authority_id), set())
    held = [
        RoleHeld(role, frozenset(paths[role]), frozenset(authorities[role]), role in everywhere)
        for role in sorted(paths)
    ]
    return [*held, RoleHeld("employee", everywhere=True)]


def load_actor(account: Account) -> Actor:
    """The actor behind `account` now: two queries, person included through the account."""
    on = today_stockholm(now())
    grants = RoleGrant.objects.filter(
        person_id=account.person_id, state=RoleGrant.State.ACTIVE
    ).select_related("unit")
    agreements = list(ServiceAgreement.objects.all())
    return Actor(
        person_id=account.person_id,
        account_id=account.pk,
        name=account.person.display_name,
        on=on,
        roles=tuple(roles_in_force(grants, agreements, on)),
    )


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor, loaded once and kept on the request. Raises PermissionError when nobody is signed in."""
    cached: Actor | None = getattr(request, "_actor", None)
    if cached is None:
        if not request.user.is_authenticated:
            raise PermissionError("nobody is signed in")
        cached = load_actor(request.user)
        request._actor = cached  # type: ignore[attr-defined]
    return cached
