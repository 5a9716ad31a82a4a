"""Work that one authority's function does for another: proposed by one who administers, confirmed by another's head.

From the first day of an agreement the function reaches the other authority's recruitments: a disclosure (OSL 8:1 and
10 kap.), which rests on a decision. Whoever confirms notes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from vetting.access.actor import Actor
from vetting.access.door import Denied, require
from vetting.access.models import RoleGrant
from vetting.administration.actions.two_persons import (
    answered,
    confirmed,
    put_forward,
    require_waiting,
    say_no,
)
from vetting.administration.delegation_held import facts_of_agreement
from vetting.organisation.models import AgreementProposal, Authority, ServiceAgreement
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None
State = AgreementProposal.State


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """An agreement to be: `provider`'s function works for `receiver`."""

    function: str
    provider: Authority
    receiver: Authority
    valid_from: date
    valid_to: date | None = None


@contextmanager
def locked_agreement(pk: UUID) -> Iterator[AgreementProposal]:
    """The proposal under a lock, in one transaction. Raises AgreementProposal.DoesNotExist."""
    with transaction.atomic():
        rows = AgreementProposal.objects.select_related("provider", "receiver")
        yield rows.select_for_update(of=("self",)).get(pk=pk)


def propose_agreement(wanted: NewAgreement, *, by: Actor, once: Once = None) -> AgreementProposal:
    """Propose it; nobody reaches anything by this. Raises Denied, BadInput, WrongState."""
    if wanted.function not in ServiceAgreement.Function.values:
        raise BadInput(function="choice")
    if wanted.provider == wanted.receiver:
        raise BadInput(receiver="same_body")
    if wanted.valid_to is not None and wanted.valid_to < max(wanted.valid_from, by.on):
        raise BadInput(valid_to="last_day_passed")
    proposal = AgreementProposal(
        kind=AgreementProposal.Kind.ADD,
        function=wanted.function,
        provider=wanted.provider,
        receiver=wanted.receiver,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
    )
    return _propose(proposal, by, once)


def propose_agreement_end(
    agreement: ServiceAgreement, *, by: Actor, last_day: date, once: Once = None
) -> AgreementProposal:
    """Propose the last day of one in force. Raises Denied, BadInput, WrongState."""
    if agreement.valid_to is not None and agreement.valid_to < by.on:
        raise WrongState("service_agreement", "end", "ended")
    if last_day < max(agreement.valid_from, by.on):
        raise BadInput(last_day="last_day_passed")
    if agreement.valid_to is not None and last_day >= agreement.valid_to:
        raise BadInput(last_day="last_day_extends")
    proposal = AgreementProposal(
        kind=AgreementProposal.Kind.END,
        agreement=agreement,
        function=agreement.function,
        provider=agreement.provider,
        receiver=agreement.receiver,
        valid_from=agreement.valid_from,
        valid_to=last_day,
    )
    return _propose(proposal, by, once)


def confirm_agreement(
    proposal: AgreementProposal, *, by: Actor, section: str, once: Once = None
) -> ServiceAgreement:
    """Confirm it by the decision it rests on. Raises Denied, BadInput, WrongState."""
    answer = require(by, "service_agreement.confirm", facts_of_agreement(proposal, by))
    require_waiting(proposal)
    if not section.strip():
        raise BadInput(section="required")
    agreement = _agreement_of(proposal, section.strip(), by.on)
    proposal.answered_as = _own_role(proposal, by, answer.role)
    proposal.authority, proposal.is_earlier = proposal.receiver, False
    proposal.section, proposal.agreement = section.strip(), agreement
    answered(proposal, State.CONFIRMED, by)
    said: dict[str, object] = {"role": answer.role, **_told(proposal), "section": proposal.section}
    confirmed(proposal, agreement, by=by, event="service_agreement.confirmed", said=said, once=once)
    return agreement


def reject_agreement(proposal: AgreementProposal, *, by: Actor, once: Once = None) -> None:
    """Say no. Raises Denied, WrongState."""
    answer = require(by, "service_agreement.confirm", facts_of_agreement(proposal, by))
    said: dict[str, object] = {"role": answer.role, **_told(proposal)}
    say_no(proposal, State.REJECTED, by=by, event="service_agreement.rejected", said=said, once=once)


def _propose(proposal: AgreementProposal, by: Actor, once: Once) -> AgreementProposal:
    answer = require(by, "service_agreement.propose")
    said: dict[str, object] = {"role": answer.role, **_told(proposal)}
    same = {
        name: getattr(proposal, name) for name in ("kind", "function", "provider", "receiver", "agreement")
    }
    with transaction.atomic():
        Authority.objects.select_for_update().get(pk=proposal.receiver_id)
        like_it = AgreementProposal.objects.filter(**same)
        put_forward(
            proposal, by=by, event="service_agreement.proposed", said=said, like_it=like_it, once=once
        )
    return proposal


def _agreement_of(proposal: AgreementProposal, reference: str, on: date) -> ServiceAgreement:
    """The agreement as it will be."""
    if proposal.agreement_id is not None:
        agreement = ServiceAgreement.objects.select_for_update().get(pk=proposal.agreement_id)
        if proposal.valid_to is not None:
            # Never longer than it was, and no day that has passed is taken from what was done on it.
            ends = max(agreement.valid_from, proposal.valid_to, on)
            agreement.valid_to = ends if agreement.valid_to is None else min(ends, agreement.valid_to)
        return agreement
    return ServiceAgreement(
        function=proposal.function,
        provider=proposal.provider,
        receiver=proposal.receiver,
        reference=reference,
        valid_from=proposal.valid_from,
        valid_to=proposal.valid_to,
    )


def _own_role(proposal: AgreementProposal, by: Actor, role: str) -> RoleGrant:
    """The role in the receiver by which `by` answers, for the row to carry. Raises Denied where there is none."""
    held = RoleGrant.objects.filter(
        person=by.person_id, role=role, authority=proposal.receiver_id, state=RoleGrant.State.ACTIVE
    )
    for grant in held:
        if grant.is_in_force(by.on):
            return grant
    raise Denied("service_agreement.confirm", "no_role")


def _told(proposal: AgreementProposal) -> dict[str, str]:
    return {"unit": proposal.provider.name, "target_body": proposal.receiver.name}
