"""Naming a substitute for at most 30 days, for oneself or for somebody absent; ending it early."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.delegation import DAYS
from vetting.access.door import require
from vetting.access.models import Delegation, RoleGrant
from vetting.accounts.models import Account, Person
from vetting.administration.delegations_held import (
    facts_about,
    forbidden,
    grants_of,
    lent_between,
    with_names,
)
from vetting.policy.reasons import ABSENCE
from vetting.policy.workflow import WrongTransition, next_state
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last legal day."""

    first: date
    last: date


@contextmanager
def locked_delegation(pk: UUID) -> Iterator[Delegation]:
    """The delegation under a lock, in one transaction. Raises Delegation.DoesNotExist."""
    with transaction.atomic():
        yield with_names().select_for_update(of=("self",)).get(pk=pk)


def create_delegation(*, by: Actor, substitute: Person, period: Period, once: Once = None) -> Delegation:
    """Name one's own substitute. She gets what one has, day by day, and cannot pass it on. Raises Denied, BadInput."""
    row = _new(by.person_id, substitute, period, by)
    return _create(row, "delegation.create", "create", by, once)


def create_delegation_for(
    *, by: Actor, absent: Person, substitute: Person, period: Period, reason: str, once: Once = None
) -> Delegation:
    """Name a substitute for somebody who cannot do it herself, with a reason from the list; never oneself.

    Raises Denied, BadInput.
    """
    if reason not in ABSENCE:
        raise BadInput(reason="reason")
    row = _new(absent.pk, substitute, period, by)
    row.reason = reason
    return _create(row, "delegation.create_for", "create_for", by, once)


def end_delegation(row: Delegation, *, by: Actor, once: Once = None) -> None:
    """End it at once: the substitute's next page is refused. Raises Denied, WrongState."""
    grants = grants_of([row.absent_id]).get(row.absent_id, [])
    answer = require(by, "delegation.end", facts_about(row, by, grants))
    try:
        next_state("delegation", "revoke", row.state_on(by.on))
    except WrongTransition as error:
        raise WrongState("delegation", "revoke", row.state_on(by.on)) from error
    row.state, row.ended_by_id, row.ended_on = Delegation.State.REVOKED, by.person_id, by.on
    said = {"role": answer.role, "target_role": _role_of(grants)}
    with act("delegation.ended", by.who(answer.role), subject=row.pk, facts=said, once=once) as entry:
        entry.save(row)


def _new(absent: UUID, substitute: Person, period: Period, by: Actor) -> Delegation:
    return Delegation(
        absent_id=absent,
        substitute=substitute,
        valid_from=period.first,
        valid_to=period.last,
        created_by_id=by.person_id,
        created_on=by.on,
    )


def _create(row: Delegation, permission: str, step: str, by: Actor, once: Once) -> Delegation:
    if row.absent_id == row.substitute_id:
        raise BadInput(substitute="same_as_absent")
    grants = grants_of([row.absent_id, row.substitute_id])
    answer = require(by, permission, facts_about(row, by, grants.get(row.absent_id, [])))
    next_state("delegation", step, "new")
    _require_days(row, by.on)
    with transaction.atomic():
        # One at a time for both: a role confirmed, or another substitute named, in the same moment waits.
        list(
            Person.objects.select_for_update()
            .filter(pk__in=[row.absent_id, row.substitute_id])
            .order_by("pk")
        )
        grants = grants_of([row.absent_id, row.substitute_id])
        _require_possible(row, grants)
        said = {
            "role": answer.role,
            "from_date": row.valid_from.isoformat(),
            "until": row.valid_to.isoformat(),
            "target_role": _role_of(grants.get(row.absent_id, [])),
        }
        said |= {"reason_code": row.reason} if row.reason else {}
        event = "delegation.created_for" if row.reason else "delegation.created"
        with act(event, by.who(answer.role), subject=row.pk, facts=said, once=once) as entry:
            entry.save(row)
    return row


def _require_days(row: Delegation, today: date) -> None:
    """Raises BadInput for days that have passed, stand in the wrong order or are too many."""
    if row.valid_from < today:
        raise BadInput(valid_from="passed")
    if row.valid_to < row.valid_from:
        raise BadInput(valid_to="before_start")
    if row.valid_to > row.valid_from + timedelta(days=DAYS - 1):
        raise BadInput(valid_to="thirty_days")


def _require_possible(row: Delegation, grants: dict[UUID, list[RoleGrant]]) -> None:
    """Raises BadInput where there is nothing to leave, the roles do not go together, or somebody is named already."""
    first, last = row.valid_from, row.valid_to
    lent = lent_between(grants.get(row.absent_id, []), first, last)
    if not lent:
        raise BadInput(absent="nothing_to_lend")
    if not Account.objects.filter(person=row.substitute_id, is_active=True).exists():
        raise BadInput(substitute="no_account")
    if forbidden(lent, grants.get(row.substitute_id, []), first, last):
        raise BadInput(substitute="incompatible_substitute")
    taken = Delegation.objects.filter(
        absent=row.absent_id, state=Delegation.State.GIVEN, valid_from__lte=last, valid_to__gte=first
    )
    if taken.exists():
        raise BadInput(valid_from="has_substitute")


def _role_of(grants: list[RoleGrant]) -> str:
    """The absent person's first role, as the log tells it."""
    lent = sorted(grants, key=lambda grant: (grant.valid_from, grant.role))
    return next((grant.role for grant in lent), "employee")
