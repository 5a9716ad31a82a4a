"""What a lot is for whoever asks the door about it, what stands in its list, and when it may be carried out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from vetting.access.account_proposals import AccountProposal
from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.disposal.models import Lot
from vetting.disposal.queries.due import Item
from vetting.policy.disposal import GRACE_DAYS


def listing_of(items: Iterable[Item]) -> str:
    """A line for each: id and first day on which it is due, in the order of the ids."""
    lines = sorted(f"{item.of.pk.hex} {item.standing.due_on}" for item in items)
    return "".join(f"{line}\n" for line in lines)


def digest_of(listing: str) -> str:
    """SHA-256 of a list, hexadecimal."""
    return sha256(listing.encode()).hexdigest()


def listed(lot: Lot) -> dict[UUID, date]:
    """Finalist → the first day on which it was due, in the order of the list."""
    pairs = (line.split(" ") for line in lot.listing.splitlines())
    return {UUID(pk): date.fromisoformat(day) for pk, day in pairs}


def first_day(lot: Lot) -> date | None:
    """The first day on which the lot may be carried out; None before it is decided on."""
    return None if lot.answered_on is None else lot.answered_on + timedelta(days=GRACE_DAYS)


def facts_of(lot: Lot, actor: Actor) -> Facts:
    """The authority it is of, and whether the actor put it forward, with whichever account, or has stood in for whoever
    did since, or the other way round."""
    relations = {"not_protected"}
    if are_one(lot.proposed_by_id, actor.person_id):
        relations.add("proposer")
    elif lot.proposed_by_id in actor.tied_since(lot.proposed_on):
        relations.add("substitute_of_excluded")
    return Facts(lot.authority_id, relations=frozenset(relations))


def are_one(one: UUID, other: UUID) -> bool:
    """Whether two persons are the same, or have been found to be: then what both signed has one signature."""
    if one == other:
        return True
    links = AccountProposal.objects.filter(
        kind=AccountProposal.Kind.LINK, state=AccountProposal.State.CONFIRMED
    ).values_list("person", "other_person")
    known = {one}
    pairs = [set(pair) for pair in links]
    while grown := [pair for pair in pairs if pair & known and not pair <= known]:
        known |= set().union(*grown)
    return other in known
