"""The delegation order: a point is proposed by one person and confirmed by another against the committee's decision.

Kommunallagen 6:37 and 7:5-8: who may decide on behalf of a committee follows from what it has decided, so whoever
confirms has the section before her and notes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.accounts.models import Person
from vetting.administration.actions.two_persons import (
    answered,
    confirmed,
    put_forward,
    require_waiting,
    say_no,
)
from vetting.administration.delegation_held import facts_of_proposal
from vetting.organisation.models import DelegationPoint, DelegationProposal, Unit
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None
State = DelegationProposal.State


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A point to be. `escalates_to`: who may decide after *avstyrks*; None where the committee does."""

    unit: Unit
    code: str
    forms: tuple[str, ...]
    leading_posts: bool
    delegate: Person
    is_substitute: bool
    escalates_to: Person | None
    valid_from: date
    valid_to: date | None = None


@contextmanager
def locked_proposal(pk: UUID) -> Iterator[DelegationProposal]:
    """The proposal under a lock, in one transaction. Raises DelegationProposal.DoesNotExist."""
    with transaction.atomic():
        rows = DelegationProposal.objects.select_related("unit__authority", "delegate", "escalates_to")
        yield rows.select_for_update(of=("self",)).get(pk=pk)


def propose_point(wanted: NewPoint, *, by: Actor, once: Once = None) -> DelegationProposal:
    """Propose a new point. It gives nothing before it is confirmed. Raises Denied, BadInput."""
    proposal = DelegationProposal(
        kind=DelegationProposal.Kind.ADD,
        unit=wanted.unit,
        code=wanted.code.strip(),
        forms=sorted(set(wanted.forms)),
        leading_posts=wanted.leading_posts,
        delegate=wanted.delegate,
        is_substitute=wanted.is_substitute,
        escalates_to=wanted.escalates_to,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
    )
    _require_possible(proposal, by.on)
    return _propose(proposal, by, once)


def propose_end(
    point: DelegationPoint, *, by: Actor, last_day: date, once: Once = None
) -> DelegationProposal:
    """Propose the last day of a point in force. Raises Denied, BadInput, WrongState."""
    if point.valid_to is not None and point.valid_to < by.on:
        raise WrongState("delegation_point", "end", "ended")
    if last_day < max(point.valid_from, by.on):
        raise BadInput(last_day="last_day_passed")
    if point.valid_to is not None and last_day >= point.valid_to:
        raise BadInput(last_day="last_day_extends")
    kept = (
        "unit",
        "code",
        "forms",
        "leading_posts",
        "delegate",
        "is_substitute",
        "escalates_to",
        "valid_from",
    )
    proposal = DelegationProposal(
        kind=DelegationProposal.Kind.END,
        point=point,
        valid_to=last_day,
        **{name: getattr(point, name) for name in kept},
    )
    return _propose(proposal, by, once)


def confirm_point(
    proposal: DelegationProposal, *, by: Actor, section: str, once: Once = None
) -> DelegationPoint:
    """Confirm against the committee's decision: the point holds from its first day, or gets its last.

    Raises Denied, BadInput, WrongState.
    """
    answer = require(by, "delegation_order.confirm", facts_of_proposal(proposal, by))
    require_waiting(proposal)
    if not section.strip():
        raise BadInput(section="required")
    point = _point_of(proposal, by.on)
    proposal.section = section.strip()
    proposal.point = point
    answered(proposal, State.CONFIRMED, by)
    said: dict[str, object] = {"role": answer.role, **_told(proposal), "section": proposal.section}
    confirmed(proposal, point, by=by, event="delegation_order.confirmed", said=said, once=once)
    return point


def reject_point(proposal: DelegationProposal, *, by: Actor, once: Once = None) -> None:
    """Say no. Raises Denied, WrongState."""
    answer = require(by, "delegation_order.confirm", facts_of_proposal(proposal, by))
    said: dict[str, object] = {"role": answer.role, **_told(proposal)}
    say_no(proposal, State.REJECTED, by=by, event="delegation_order.rejected", said=said, once=once)


def _propose(proposal: DelegationProposal, by: Actor, once: Once) -> DelegationProposal:
    answer = require(by, "delegation_order.propose", facts_of_proposal(proposal, by))
    said: dict[str, object] = {"role": answer.role, **_told(proposal)}
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=proposal.unit_id)
        point = proposal.point
        like_it = DelegationProposal.objects.filter(point=point) if point is not None else None
        put_forward(proposal, by=by, event="delegation_order.proposed", said=said, like_it=like_it, once=once)
    return proposal


def _point_of(proposal: DelegationProposal, on: date) -> DelegationPoint:
    """The point as it will be."""
    if proposal.point_id is not None and proposal.valid_to is not None:
        point = DelegationPoint.objects.select_for_update().get(pk=proposal.point_id)
        # Never longer than it was, and no day that has passed is taken from what was decided on it.
        ends = max(point.valid_from, proposal.valid_to, on)
        point.valid_to = ends if point.valid_to is None else min(ends, point.valid_to)
        return point
    _require_possible(proposal, on)
    kept = (
        "unit",
        "code",
        "forms",
        "leading_posts",
        "delegate",
        "is_substitute",
        "escalates_to",
        "valid_from",
        "valid_to",
    )
    return DelegationPoint(**{name: getattr(proposal, name) for name in kept})


def _require_possible(proposal: DelegationProposal, on: date) -> None:
    if not proposal.code:
        raise BadInput(code="required")
    if not proposal.forms or any(code not in FORMS or not FORMS[code].allowed for code in proposal.forms):
        raise BadInput(engagement_forms="choice")
    if proposal.escalates_to is not None and proposal.escalates_to == proposal.delegate:
        raise BadInput(escalates_to="same_as_delegate")
    if proposal.valid_to is not None and proposal.valid_to < max(proposal.valid_from, on):
        raise BadInput(valid_to="last_day_passed")
    if proposal.unit.valid_to is not None and proposal.unit.valid_to < on:
        raise BadInput(unit="unit_ended")


def _told(proposal: DelegationProposal) -> dict[str, str]:
    return {"delegation_point": proposal.code, "unit": proposal.unit.name}
