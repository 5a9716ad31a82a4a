"""Giving and taking roles: proposed by one person, confirmed or rejected by another, never by whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.access.models import RoleGrant
from vetting.accounts.models import Person
from vetting.administration.roles_held import OPEN, clashing, facts_about, overlaps
from vetting.organisation.models import Authority, Unit
from vetting.policy.places import GUEST, NAMED_BY_DECISION, places_for
from vetting.policy.reasons import ROLE_REJECTED, ROLE_REVOKED, Reasons
from vetting.policy.workflow import WrongTransition, next_state
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.guest import let_in, take_out
from vetting.recruitment.case import Case
from vetting.recruitment.models import GuestInvitation

Once = UUID | None
Place = Unit | Authority | None
"""Where a role holds: a unit with all below it, an authority, or (None) the whole installation."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is proposed. `valid_to`: the last day, None until further notice."""

    person: Person
    role: str
    place: Place
    valid_from: date
    valid_to: date | None = None
    reference: str = ""
    decided_on: date | None = None


@contextmanager
def locked_role(pk: UUID) -> Iterator[RoleGrant]:
    """The role and its person under a lock, in one transaction. Raises RoleGrant.DoesNotExist."""
    with transaction.atomic():
        person = RoleGrant.objects.values_list("person", flat=True).get(pk=pk)
        Person.objects.select_for_update().get(pk=person)
        rows = RoleGrant.objects.select_related("unit__authority", "authority", "person")
        yield rows.select_for_update(of=("self",)).get(pk=pk)


def propose_role(wanted: Wanted, *, by: Actor, once: Once = None) -> RoleGrant:
    """Propose a role; it gives nothing until another person has confirmed it.

    Raises Denied (nobody proposes a role for herself), BadInput.
    """
    grant = RoleGrant(
        person=wanted.person,
        role=wanted.role,
        unit=wanted.place if isinstance(wanted.place, Unit) else None,
        authority=wanted.place if isinstance(wanted.place, Authority) else None,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        reference=wanted.reference.strip(),
        decided_on=wanted.decided_on,
        proposed_by_id=by.person_id,
    )
    answer = require(by, "role.propose", facts_about(grant, by))
    grant.state = _step("propose", "new")
    _require_possible(grant, by.on)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=wanted.person.pk)
        _require_compatible(grant, OPEN)
        with act(
            "role.proposed",
            by.who(answer.role),
            subject=grant.pk,
            facts={"role": answer.role, **_told(grant)},
            once=once,
        ) as entry:
            entry.save(grant)
    return grant


def confirm_role(grant: RoleGrant, *, by: Actor, once: Once = None) -> None:
    """Sign what another has proposed: from its first day the role gives access. Raises Denied, WrongState, BadInput."""
    answer = require(by, "role.confirm", facts_about(grant, by))
    grant.state = _step("confirm", grant.state)
    if grant.valid_to is not None and grant.valid_to < by.on:
        raise WrongState("role_grant", "confirm", "passed")
    _require_compatible(grant, (RoleGrant.State.ACTIVE,))
    grant.confirmed_by_id = by.person_id
    with act(
        "role.confirmed",
        by.who(answer.role),
        subject=grant.pk,
        facts={"role": answer.role, **_told(grant)},
        once=once,
    ) as entry:
        entry.save(grant)
    with _invited_by(grant) as invited:
        for case, invitation in invited:
            let_in(case, invitation, by=by, role=answer.role)


@contextmanager
def _invited_by(grant: RoleGrant) -> Iterator[list[tuple[Case, GuestInvitation]]]:
    """The recruitment that a guest's role is for, locked, and the invitation; nothing for any other role."""
    invitation = GuestInvitation.objects.filter(role_grant=grant).select_related("account").first()
    if invitation is None:
        yield []
        return
    invitation.role_grant = grant
    with Case.locked(invitation.recruitment_id) as case:
        yield [(case, invitation)]


def reject_role(grant: RoleGrant, *, by: Actor, reason: str, once: Once = None) -> None:
    """Say no to a proposal, with a reason from the list. Raises Denied, WrongState, BadInput."""
    _end(grant, "reject", by, once, _listed(reason, ROLE_REJECTED))


def withdraw_role(grant: RoleGrant, *, by: Actor, once: Once = None) -> None:
    """Take back one's own proposal. Raises Denied, WrongState."""
    _end(grant, "withdraw", by, once, "")


def revoke_role(grant: RoleGrant, *, by: Actor, reason: str, once: Once = None) -> None:
    """Take a role away at once: the next page asked for is refused. Raises Denied, WrongState, BadInput."""
    _end(grant, "revoke", by, once, _listed(reason, ROLE_REVOKED))


ENDINGS = {"reject": "role.rejected", "withdraw": "role.withdrawn", "revoke": "role.revoked"}


def _end(grant: RoleGrant, name: str, by: Actor, once: Once, reason: str) -> None:
    answer = require(by, f"role.{name}", facts_about(grant, by))
    grant.state = _step(name, grant.state)
    grant.ended_by_id, grant.ended_on, grant.reason = by.person_id, by.on, reason
    said = {"role": answer.role, "target_role": grant.role} | ({"reason_code": reason} if reason else {})
    with act(ENDINGS[name], by.who(answer.role), subject=grant.pk, facts=said, once=once) as entry:
        entry.save(grant)
    if name == "revoke":
        with _invited_by(grant) as invited:
            for case, invitation in invited:
                take_out(case, invitation, by=by, role=answer.role, reason=reason)


def _step(transition: str, state: str) -> str:
    try:
        return next_state("role_grant", transition, state)
    except WrongTransition as error:
        raise WrongState("role_grant", transition, state) from error


def _listed(reason: str, reasons: Reasons) -> str:
    if reason not in reasons:
        raise BadInput(reason="reason")
    return reason


def _require_possible(grant: RoleGrant, today: date) -> None:
    """Raises BadInput for a role that cannot be given so: its place, its days, the decision it needs."""
    here = "unit" if grant.unit else "authority" if grant.authority else "all"
    if not places_for(grant.role):
        raise BadInput(role="choice")
    if here not in places_for(grant.role):
        raise BadInput(place=f"place_{places_for(grant.role)[0]}")
    if grant.valid_from < today:
        raise BadInput(valid_from="passed")
    if grant.valid_to is not None and grant.valid_to < grant.valid_from:
        raise BadInput(valid_to="before_start")
    if grant.role not in NAMED_BY_DECISION:
        return
    missing = {"reference": not grant.reference, "decided_on": grant.decided_on is None}
    if any(missing.values()):
        raise BadInput(**{name: "decision" for name, absent in missing.items() if absent})
    if grant.decided_on is not None and grant.decided_on > today:
        raise BadInput(decided_on="future")


def _require_compatible(grant: RoleGrant, states: tuple[RoleGrant.State, ...]) -> None:
    """Raises BadInput where the person holds what the role can never be combined with, or the very same role."""
    held = list(RoleGrant.objects.filter(person=grant.person_id, state__in=states).exclude(pk=grant.pk))
    if clashing(held, grant.role, grant.valid_from, grant.valid_to):
        raise BadInput(role="incompatible")
    for other in held if grant.role != GUEST else ():  # a guest's are each for a recruitment of its own
        same = (other.role, other.unit_id, other.authority_id) == (
            grant.role,
            grant.unit_id,
            grant.authority_id,
        )
        if same and overlaps(other, grant.valid_from, grant.valid_to):
            raise BadInput(role="has_role")


def _told(grant: RoleGrant) -> dict[str, str]:
    place = grant.unit or grant.authority
    until = grant.valid_to.isoformat() if grant.valid_to else ""
    said = {"unit": place.name if place else "", "until": until, "section": grant.reference}
    return {"target_role": grant.role, **{name: value for name, value in said.items() if value}}
