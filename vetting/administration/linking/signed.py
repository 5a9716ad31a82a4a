"""What needs two persons and was given by one with two accounts: waivers that she signed, assignments to book."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from vetting.administration.linking.pair import Pair, renamed_ids
from vetting.recruitment.models import PoolBooker, Waiver
from vetting.recruitment.relations import ENDED

LIVE = (Waiver.State.PROPOSED, Waiver.State.IN_FORCE)


def is_void(waiver: Waiver, pair: Pair) -> bool:
    """Whether it was signed by one who, counted as one, had a hand in it: its two signatures were one person's."""
    if waiver.state != Waiver.State.IN_FORCE or waiver.confirmed_by_id not in pair.both:
        return False
    return any(person.hex in waiver.barred for person in pair.both)


def with_void_waivers(pair: Pair) -> set[UUID]:
    """The recruitments under way in which such a waiver holds."""
    signed = Waiver.objects.filter(state=Waiver.State.IN_FORCE, confirmed_by__in=pair.both)
    going = signed.exclude(recruitment__state__in=sorted(ENDED))
    return {waiver.recruitment_id for waiver in going if is_void(waiver, pair)}


def waivers_after(pair: Pair) -> list[Waiver]:
    """Those that wait or hold, with the one who is kept in the place of the one who goes; what is over stays."""
    named = Q(proposed_by=pair.gone) | Q(confirmed_by=pair.gone) | Q(barred__contains=pair.gone.hex)
    rows = list(Waiver.objects.filter(named, state__in=LIVE).select_for_update())
    rows = [waiver for waiver in rows if not is_void(waiver, pair)]
    for waiver in rows:
        if waiver.proposed_by_id == pair.gone:
            waiver.proposed_by_id = pair.kept
        if waiver.confirmed_by_id == pair.gone:
            waiver.confirmed_by_id = pair.kept
        waiver.barred = renamed_ids(waiver.barred, pair)
    return rows


def bookers_after(pair: Pair, by: UUID, on: date) -> list[PoolBooker]:
    """Assignments that last: moved, or ended by `by` on the day `on` where she has given it to herself.

    Those that end come first: of two in one unit the longer stands, and the table takes only one.
    """
    named = Q(person__in=pair.both) | Q(given_by__in=pair.both)
    rows = PoolBooker.objects.filter(named, ended_on__isnull=True).order_by("-valid_to", "pk")
    there: set[UUID] = set()
    over, moved = [], []
    for row in rows.select_for_update():
        is_hers = row.person_id in pair.both
        if pair.within(row.person_id, row.given_by_id) or (is_hers and row.unit_id in there):
            row.ended_on, row.ended_by_id = on, by
            over.append(row)
            continue
        if is_hers:
            there.add(row.unit_id)
        if pair.gone in (row.person_id, row.given_by_id):
            row.person_id = pair.kept if row.person_id == pair.gone else row.person_id
            row.given_by_id = pair.kept if row.given_by_id == pair.gone else row.given_by_id
            moved.append(row)
    return [*over, *moved]
