"""Who acts: a person through one account, with the roles that hold today. Loaded once per request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest

from audit.clock import now
from audit.context import current_writer
from audit.prepared import Prepared
from audit.recorder import Who
from vetting.access.models import RoleGrant
from vetting.access.standing_in import Absent, Tie, delegations_about, lent, ties_of
from vetting.accounts.models import Account
from vetting.organisation.models import DelegationPoint, ServiceAgreement
from vetting.policy.calendar import today_stockholm

if TYPE_CHECKING:
    from vetting.access.delegation import Delegation

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
    """One role in force: where in the tree, and which authorities it reaches (by agreement, never by tree).

    `placed`: the authorities it is held in, without those that it reaches by agreement.
    """

    role: str
    unit_paths: frozenset[str] = frozenset()
    authorities: frozenset[UUID] = frozenset()
    everywhere: bool = False
    placed: frozenset[UUID] = frozenset()


class Role(str):
    """The role acted under; where it is an absent person's, it remembers whose."""

    on_behalf_of: UUID | None = None

    @classmethod
    def of(cls, role: str, person: UUID) -> Role:
        """`role` as the substitute of `person`."""
        found = cls(role)
        found.on_behalf_of = person
        return found


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting through one account on one legal day.

    `absent`: whom she stands in for today. `ties`: everybody she has stood in for or been substituted by, for the
    rules of four eyes. `is_delegate`: whether a point of delegation lets her decide on some post today.
    """

    person_id: UUID
    account_id: UUID
    name: str
    on: date
    roles: tuple[RoleHeld, ...] = field(default=())
    absent: tuple[Absent, ...] = field(default=())
    ties: tuple[Tie, ...] = field(default=())
    is_delegate: bool = False

    def tied_since(self, day: date) -> frozenset[UUID]:
        """The persons she has been tied to by a delegation on some day from `day` on."""
        return frozenset(tie.person_id for tie in self.ties if tie.until >= day)

    def who(self, role: str) -> Who:
        """The form in which the log names this actor when acting under `role`."""
        behind = getattr(role, "on_behalf_of", None)
        return Who(self.person_id, self.account_id, str(role), on_behalf_of=behind)

    def holds(self, *roles: str) -> bool:
        """Whether any of `roles` is held today."""
        return any(held.role in roles for held in self.roles)


# Asked in every request or every act.
OPEN = Prepared(
    lambda account, person: Account.objects.filter(pk=account, person=person, is_active=True).only("pk")
)
AGREEMENTS = Prepared(lambda: ServiceAgreement.objects.all())
DELEGATIONS = Prepared(lambda person, on: delegations_about(person, on))
OWN_GRANTS = Prepared(lambda person, on: _own_grants(person, on))


def is_open(by: Actor) -> bool:
    """Whether the account is still the person's, and open: it may have been closed while this request waited.

    Inside a bulk writer, where nobody else writes, it is asked once for each.
    """
    writer = current_writer.get()
    asked = (by.account_id, by.person_id)
    if writer is not None and asked in writer.known:
        return True
    found = bool(OPEN(*asked))
    if writer is not None and found:
        writer.known.add(asked)
    return found


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
    placed: dict[str, set[UUID]] = {}
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
        placed.setdefault(grant.role, set()).add(authority_id)
        function = FUNCTION_OF_ROLE.get(grant.role)
        if function is not None:
            reached |= reach.get((function, authority_id), set())
    held = [
        RoleHeld(
            role,
            frozenset(paths[role]),
            frozenset(authorities[role]),
            role in everywhere,
            frozenset(placed.get(role, ())),
        )
        for role in sorted(paths)
    ]
    return [*held, RoleHeld("employee", everywhere=True)]


def load_actor(account: Account) -> Actor:
    """The actor behind `account` now: two queries where nobody has stood in for anybody, person included."""
    on = today_stockholm(now())
    mine = account.person_id
    own: list[Any] = OWN_GRANTS(mine, on)
    # Whoever has no role has no row to carry the answers.
    delegations = DELEGATIONS(mine, on) if not own or own[0].is_tied else []
    is_delegate = own[0].is_delegate if own else _points_of(mine, on).exists()
    grants: dict[UUID, list[RoleGrant]] = {mine: own}
    absent = {row.absent_id for row in delegations if row.substitute_id == mine}
    for grant in _active().filter(person_id__in=absent) if absent else ():
        grants.setdefault(grant.person_id, []).append(grant)
    return replace(acting(account, grants, AGREEMENTS(), delegations, on), is_delegate=is_delegate)


def _active() -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE).select_related("unit")


def _own_grants(person_id: UUID, on: date) -> QuerySet[RoleGrant]:
    """The person's roles, each told whether she has ever been tied to anybody and whether she decides on a post."""
    told = {
        "is_tied": Exists(delegations_about(person_id, on)),
        "is_delegate": Exists(_points_of(person_id, on)),
    }
    return _active().filter(person_id=person_id).annotate(**told)


def _points_of(person_id: UUID, on: date) -> QuerySet[DelegationPoint]:
    """The points by which the person decides on some post on the day `on`."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return DelegationPoint.objects.filter(held, delegate=person_id, valid_from__lte=on)


def acting(
    account: Account,
    grants: Mapping[UUID, list[RoleGrant]],
    agreements: Iterable[ServiceAgreement],
    delegations: Iterable[Delegation],
    on: date,
) -> Actor:
    """The actor of `account` from what has been read: role grants by person, agreements, delegations in force."""
    mine, known = account.person_id, list(agreements)
    roles = tuple(roles_in_force(grants.get(mine, []), known, on))
    absent = []
    for row in delegations:
        if row.substitute_id == mine and row.state_on(on) == "active":
            theirs = lent(roles, roles_in_force(grants.get(row.absent_id, []), known, on))
            absent.append(Absent(row.absent_id, row.absent.display_name, row.valid_to, theirs))
    ties = ties_of(mine, delegations)
    return Actor(mine, account.pk, account.person.display_name, on, roles, tuple(absent), ties)


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor, loaded once and kept on the request. Raises PermissionError when nobody is signed in."""
    cached: Actor | None = getattr(request, "_actor", None)
    if cached is None:
        if not request.user.is_authenticated:
            raise PermissionError("nobody is signed in")
        cached = load_actor(request.user)
        request._actor = cached  # type: ignore[attr-defined]
    return cached
