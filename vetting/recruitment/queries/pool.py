"""Whom one may book, and which clearances one sees: the list form of the door, and the one question of a booker.

A question costs the same however many clearances there are: a keyed digest is looked up in its index, and what was
found is judged from its checks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from audit.clock import now
from audit.models import Entry
from audit.ranges import DAYS
from vetting.access.actor import Actor, Role, RoleHeld
from vetting.organisation.models import Unit
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Check, Engagement, NameIndex, PoolBooker, PoolClearance, PoolHolder
from vetting.recruitment.pool_standing import Judged, judge
from vetting.recruitment.queries.terms import stood_aside
from vetting.recruitment.search_index import digest_of_name, is_own

LIST, LOOK_UP = "pool_clearance.list", "pool_clearance.look_up"
LOOKED_UP, LISTED = "pool_clearance.looked_up", "pool_clearance.listed"
REFERENCE = re.compile(r"^p[\s\-–]*([0-9a-z]{3})[\s\-–]?([0-9a-z]{3})$", re.IGNORECASE)
MOST = 6
"""Answers to one question: the same person may be cleared for several posts, and namesakes are told apart first."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a permission reaches: a condition on units, and the role it is used under."""

    where: Q
    role: str

    @property
    def is_nowhere(self) -> bool:
        """Whether it reaches no unit at all."""
        return not self.where

    @property
    def units(self) -> QuerySet[Unit]:
        """The units it reaches."""
        return Unit.objects.none() if self.is_nowhere else Unit.objects.filter(self.where)


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the answer: the reference to be sure by, the post, and yes or no with its date."""

    reference: str
    work: str
    unit: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question is answered with. `is_ambiguous`: several persons are called so, and none is told of."""

    answers: list[Answer]
    is_ambiguous: bool = False


def places(actor: Actor, permission: str) -> Places:
    """The units that `actor` reaches with LIST or LOOK_UP: by her roles, for whom she stands in, and as booker."""
    scopes = PERMISSIONS[permission].scopes
    where, first = Q(), ""
    stands_in = any(rule.relation == "substitute" for rule in PERMISSIONS[permission].rules)
    behind = actor.absent if stands_in else ()
    lent = [(Role.of(held.role, absent.person_id), held) for absent in behind for held in absent.roles]
    for role, held in [*((held.role, held) for held in actor.roles), *lent]:
        reached = _reached(held, scopes[held.role])
        if reached:
            where, first = where | reached, first or role
    if scopes["employee"] == "assigned":
        for path in booked_paths(actor):
            where, first = where | Q(path__startswith=path), first or "employee"
    return Places(where, first)


def booked_paths(actor: Actor) -> list[str]:
    """The paths of the units from whose pool the person is assigned to book today."""
    rows = PoolBooker.objects.filter(
        person=actor.person_id, ended_on=None, valid_from__lte=actor.on, valid_to__gte=actor.on
    )
    return sorted(rows.values_list("unit__path", flat=True))


def _reached(held: RoleHeld, scope: str) -> Q:
    """The scope of one role as a condition on units; empty where it gives nothing."""
    if scope not in {"unit", "authority", "all"}:
        return Q()
    if held.everywhere:
        return Q(pk__isnull=False)
    found = Q()
    if scope == "unit":
        for path in sorted(held.unit_paths):
            found |= Q(path__startswith=path)
    if scope == "authority" or not held.unit_paths:
        found |= Q(authority__in=sorted(held.authorities)) if held.authorities else Q()
    return found


def first_place(found: Places) -> str:
    """The name of the uppermost unit one reaches: what the log says the question was about, whoever was asked for."""
    return found.units.order_by("path").values_list("name", flat=True).first() or "–"


def look_up(actor: Actor, found: Places, asked: str) -> Reply:
    """Whether the person asked for, by name or by reference, may be booked today: four queries at most.

    What is revoked, what is handled by hand, what belongs to a unit out of reach and what does not exist give the
    same reply. A clearance of hers whose last day has passed gives that day, if no other lets her be booked.
    """
    rows = PoolClearance.objects.filter(unit__in=found.units.values("pk"), state=PoolClearance.State.VALID)
    reference = REFERENCE.match(asked.strip())
    if reference is not None:
        rows = rows.filter(reference=f"P-{''.join(reference.groups()).upper()}")
    else:
        rows = rows.filter(candidacy__in=_called(asked))
    joined = rows.select_related("candidacy__engagement", "recruitment__position", "unit", "holder")
    clearances = list(joined.order_by("-until", "reference")[:MOST])
    if len({_whose(row) for row in clearances}) > 1:
        # Also where one of them may not be booked: otherwise the other's yes would be taken for hers.
        return Reply([], is_ambiguous=True)
    told = [(row, judged) for row, judged in judged_all(clearances, actor.on) if judged != Judged(False)]
    return Reply(
        [Answer(row.reference, row.recruitment.position.title, row.unit.name, judged) for row, judged in told]
    )


def _called(name: str) -> list[UUID]:
    """Those who are called so: read first, so that PostgreSQL goes from them to their clearances by an index.

    As a query within the question it would be guessed to be many, and every clearance of the units be read.
    """
    found = NameIndex.objects.filter(digest=digest_of_name(name))
    return [row.candidacy_id for row in found if is_own(row)]


def _whose(clearance: PoolClearance) -> bytes:
    """Whose it is, without saying who."""
    try:
        return bytes(clearance.holder.digest)
    except PoolHolder.DoesNotExist:
        return clearance.candidacy_id.bytes


def judged_all(clearances: list[PoolClearance], on: date) -> list[tuple[PoolClearance, Judged]]:
    """Each with its answer on the day: one query, for the checks of them all."""
    by_candidacy: dict[UUID, list[Check]] = {row.candidacy_id: [] for row in clearances}
    for check in Check.objects.filter(candidacy__in=list(by_candidacy)).defer("evidence", "assessment"):
        by_candidacy[check.candidacy_id].append(check)
    return [(row, judge(row, by_candidacy[row.candidacy_id], engagement_of(row), on)) for row in clearances]


def engagement_of(clearance: PoolClearance) -> Engagement | None:
    """The engagement that came with the clearance's decision, read with it."""
    try:
        return clearance.candidacy.engagement
    except Engagement.DoesNotExist:
        return None


def bookers_of(found: Places, on: date) -> QuerySet[PoolBooker]:
    """The assignments to book in the units one reaches that give something now or later, by unit."""
    rows = PoolBooker.objects.filter(unit__in=found.units.values("pk"), ended_on=None, valid_to__gte=on)
    return rows.select_related("person", "unit").order_by("unit__path", "valid_to", "pk")


def clearances_of(actor: Actor, found: Places) -> QuerySet[PoolClearance]:
    """The clearances one sees in the list, what lapses first on top; none where one stands aside, none by hand."""
    rows = PoolClearance.objects.filter(
        unit__in=found.units.values("pk"), state=PoolClearance.State.VALID, candidacy__is_protected=False
    ).exclude(recruitment__in=stood_aside(actor.person_id))
    return rows.select_related("recruitment__position", "unit", "candidacy__engagement").order_by(
        "until", "reference"
    )


def tabs(on: date, soon: date) -> dict[str, Q]:
    """Which clearances stand under each tab of the list."""
    return {
        "galler": Q(until__gte=on),
        "snart": Q(until__gte=on, until__lte=soon),
        "utgangna": Q(until__lt=on),
    }


def counts(rows: QuerySet[PoolClearance], chosen: dict[str, Q]) -> dict[str, int]:
    """How many stand under each tab: one query."""
    found: dict[str, int] = rows.order_by().aggregate(
        **{code: Count("pk", filter=condition) for code, condition in chosen.items()}
    )
    return found


def asked_last_hour(person_id: UUID) -> int:
    """How many questions the log holds of this person during the last hour, whichever account they were asked with."""
    since = now() - timedelta(hours=1)
    mine = Entry.objects.filter(actor_person=person_id, id__lt=DAYS)
    newest = mine.order_by("-id").values_list("time", "action")
    last_hour = takewhile(lambda entry: entry[0] >= since, newest.iterator(chunk_size=100))
    return sum(action == LOOKED_UP for _time, action in last_hour)
