"""Lots and what is due, within an actor's reach: counted by authority and kind, never by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.disposal.lots import listed
from vetting.disposal.models import Disposed, Lot
from vetting.disposal.queries.due import Item, due, judged_of
from vetting.organisation.models import Authority
from vetting.policy.disposal import CARRIED_OUT, MARK
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Candidacy
from vetting.recruitment.queries.terms import stood_aside

WAITING: Final = (Lot.State.PROPOSED, Lot.State.CONFIRMED)
"""A lot of which something is left to do: of its kind no other is put forward."""
MOST_COUNTED: Final = 2000
"""Records of a kind that the page counts; more are told as *fler än*."""


@dataclass(slots=True)
class DueCount:
    """How much of one kind is due with one authority, and since when."""

    authority: Authority
    row: str
    count: int = 0
    oldest: date | None = None
    is_more: bool = False
    waits: Lot | None = None


def authorities_of(actor: Actor, permission: str) -> list[Authority]:
    """The authorities in which the actor's roles give the permission, by name: one query."""
    scopes = PERMISSIONS[permission].scopes
    rows = Authority.objects.order_by("name")
    wide = [held for held in actor.roles if scopes[held.role] in ("all", "authority")]
    if any(scopes[held.role] == "all" or held.everywhere for held in wide):
        return list(rows)
    return list(rows.filter(pk__in={pk for held in wide for pk in held.authorities}))


def lots_visible_to(actor: Actor) -> QuerySet[Lot]:
    """Every lot of the authorities in reach, the newest first, without their lists."""
    within = [each.pk for each in authorities_of(actor, "disposal.view")]
    rows = Lot.objects.filter(authority__in=within).select_related("authority").defer("listing")
    return rows.order_by("-proposed_on", "-number")


def due_counts(
    within: list[Authority], on: date, waiting: list[Lot], kinds: Iterable[str] = CARRIED_OUT
) -> list[DueCount]:
    """What is due, by authority and kind in the order of the table; two queries for each kind and 500 records."""
    known = {each.pk: each for each in within}
    lots = {(lot.authority_id, lot.row): lot for lot in waiting}
    found: dict[tuple[UUID, str], DueCount] = {}
    for row in kinds:
        for number, item in enumerate(islice(due(row, on, within=known), MOST_COUNTED + 1), 1):
            key = (item.of.authority, row)
            told = found.setdefault(key, DueCount(known[item.of.authority], row, waits=lots.get(key)))
            told.is_more = number > MOST_COUNTED
            told.count += not told.is_more
            day = item.standing.due_on
            told.oldest = min(filter(None, (told.oldest, day)), default=None)
    return sorted(found.values(), key=lambda each: (each.authority.name, CARRIED_OUT.index(each.row)))


def items_of(
    lot: Lot, first: int, number: int, by: Actor
) -> Iterator[tuple[Any, date, Item | None, date | None]]:
    """Part of the list: finalist with reference, the day it was due, how it stands now, when it was disposed of.

    Of a recruitment that `by` stands aside from, the day alone; and of no kind that itself tells of a finalist's
    protected identity which finalist it is. Six queries at the most.
    """
    part = dict(islice(listed(lot).items(), first, first + number))
    rows = Candidacy.objects.filter(pk__in=part)
    whose = {
        each.pk: each for each in rows.select_related("recruitment").only("label", "recruitment__reference")
    }
    now = {item.of.pk: item for item in judged_of(lot.row, rows.order_by("pk"), by.on)}
    gone = dict(Disposed.objects.filter(lot=lot, candidacy__in=part).values_list("candidacy", "disposed_on"))
    aside = set(rows.filter(recruitment__in=stood_aside(by.person_id)).values_list("pk", flat=True))
    for pk, day in part.items():
        if pk in aside:
            yield None, day, None, None
        else:
            yield None if lot.row == MARK else whose.get(pk), day, now.get(pk), gone.get(pk)
