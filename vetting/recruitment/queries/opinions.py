"""The queue of opinions: what waits for the security function, deviations first, then by planned start."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from vetting.access.actor import Actor
from vetting.access.grants import PREFIX
from vetting.policy.calendar import working_days_between
from vetting.policy.places import GUEST
from vetting.recruitment.actions.opinion import UNDER_WAY
from vetting.recruitment.models import Check, Opinion, RecruitmentGrant, Recusal, Vote, Waiver, still_holds
from vetting.recruitment.queries.terms import stood_aside
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.standing import SHUT_OUT

TARGET_DAYS = 1
"""Working days within which an opinion should be given (work.md 4)."""
SOON_DAYS = 7
"""Days before a planned start within which an opinion is looked for first."""


Queue = QuerySet[Any]
"""Opinions annotated with `deviates`, `waived`, `has_recorded`, `has_voted`, `is_mine`, `is_taken`."""
ORDER = ("-deviates", F("planned_start").asc(nulls_last=True), "requested_on", "pk")


def queue(actor: Actor, known: Reach | None = None) -> Queue:
    """What waits within the actor's reach, in order, annotated with what makes a person stand aside."""
    checks = Check.objects.filter(candidacy=OuterRef("candidacy_id"))
    signed = Waiver.objects.filter(candidacy=OuterRef("candidacy_id"), confirmed_on__isnull=False)
    takers = RecruitmentGrant.objects.filter(still_holds(actor.on), content_object=OuterRef("recruitment_id"))
    # Whoever stands aside has not taken it: the place is free again.
    aside = Recusal.objects.filter(
        recruitment=OuterRef("content_object_id"),
        person=OuterRef("user__person_id"),
        state__in=sorted(SHUT_OUT),
    )
    votes = Vote.objects.filter(opinion=OuterRef("pk"), person_id=actor.person_id, state=Vote.State.GIVEN)
    waiting: Queue = Opinion.objects.filter(
        reach_of(actor, "opinion.list", known).about(), state__in=UNDER_WAY
    ).annotate(
        deviates=Exists(checks.filter(deviated=True)),
        waived=Exists(signed),
        has_recorded=Exists(checks.filter(recorded_by_id=actor.person_id)),
        has_voted=Exists(votes),
        is_kept_for_guest=_kept_for_guest(takers, actor),
        is_mine=Exists(takers.filter(user_id=actor.account_id)),
        is_taken=Exists(takers.filter(~Exists(aside), reason="opinion").exclude(user_id=actor.account_id)),
    )
    if actor.ties:
        apart = Opinion.objects.filter(kept_apart_from(actor)).order_by().values("pk")
        waiting = waiting.annotate(is_apart=Case(When(pk__in=apart, then=True), default=False))
    return waiting.select_related(
        "recruitment__position",
        "recruitment__unit__authority",
        "recruitment__manager",
        "candidacy",
        "preparer",
    ).order_by(*ORDER)


TABS = ("oppna", "mina", "alla", "sena", "snart")


def under(actor: Actor, waiting: Queue, tab: str) -> Queue:
    """Of what waits, that which stands under a tab of the queue."""
    if tab == "alla":
        return waiting
    if tab == "mina":
        return waiting.filter(is_mine=True)
    if tab == "oppna":
        return open_to(actor, waiting)
    return waiting.filter(late(actor.on) if tab == "sena" else soon(actor.on))


def open_to(actor: Actor, waiting: Queue) -> Queue:
    """Those in which this person may give an opinion: four eyes, not voted, nothing recorded by herself."""
    return (
        waiting.filter(
            has_voted=False, has_recorded=False, recruitment__on_hold=False, is_kept_for_guest=False
        )
        .exclude(Q(preparer_id=actor.person_id) | Q(manager_id=actor.person_id) | managed_by(actor.person_id))
        .exclude(kept_apart_from(actor))
    )


def _kept_for_guest(takers: Any, actor: Actor) -> Case:
    """Whether the place that is left is a guest's and the actor is none here (`guests.is_left_to_guest`)."""
    of_house = Vote.objects.filter(opinion=OuterRef("pk"), state=Vote.State.GIVEN, is_guest=False)
    left = Q(needs_guest=True) & (Q(approvers=1) | Exists(of_house))
    guest = takers.filter(user_id=actor.account_id, permission__codename=f"{PREFIX}{GUEST}")
    return Case(When(left & ~Exists(guest), then=True), default=False)


def kept_apart_from(actor: Actor) -> Q:
    """Rounds that somebody may not opine in whom the actor has stood in for, or been substituted by (`apart`)."""
    found = Q(pk__in=[])
    for tie in actor.ties:
        person = tie.person_id
        checks = Check.objects.filter(candidacy=OuterRef("candidacy_id"))
        hands = checks.filter(Q(recorded_by=person) | Q(assessed_by=person))
        voted = Vote.objects.filter(opinion=OuterRef("pk"), person_id=person, state=Vote.State.GIVEN)
        kept = Q(preparer_id=person) | Q(manager_id=person) | managed_by(person)
        kept |= Q(Exists(hands)) | Q(Exists(voted)) | Q(recruitment__in=stood_aside(person))
        found |= kept & Q(recruitment__created_on__lte=tie.until)
    return found


def managed_by(person: UUID) -> Q:
    """Rows of recruitments that the person manages or has managed."""
    earlier = Cast("recruitment__earlier_managers", TextField())
    return Q(recruitment__manager_id=person) | Q(Contains(earlier, str(person)))


def next_for(actor: Actor) -> Opinion | None:
    """*Ta nästa*: first what nobody has taken, then what needs a second, then what is one's own already."""
    free = open_to(actor, queue(actor))
    untaken = free.filter(Q(is_taken=False) | Q(approvers=2), is_mine=False).order_by("is_taken", *ORDER)
    found: Opinion | None = untaken.first() or free.filter(is_mine=True).first()
    return found


def given(actor: Actor) -> QuerySet[Opinion]:
    """The rounds within the actor's reach that wait no longer, the newest first."""
    reach = reach_of(actor, "opinion.list").recruitments
    over = Opinion.objects.filter(recruitment__in=reach).exclude(state__in=UNDER_WAY)
    return over.select_related("recruitment__position", "recruitment__unit", "candidacy").order_by(
        F("concluded_on").desc(nulls_first=True), "-requested_on", "pk"
    )


def late(on: date) -> Q:
    """Rounds asked for so long ago that the target of one working day has passed on the day `on`."""
    asked = on
    while working_days_between(asked, on) <= TARGET_DAYS:
        asked -= timedelta(days=1)
    return Q(requested_on__lte=asked)


def soon(on: date) -> Q:
    """Rounds about somebody who is to start within a week of the day `on`, or should have started already."""
    return Q(planned_start__lte=on + timedelta(days=SOON_DAYS))


def counts(actor: Actor, waiting: Queue) -> dict[str, int]:
    """How many stand under each tab: one query."""
    mine_to_give = open_to(actor, waiting).order_by().values("pk")
    found: dict[str, int] = waiting.order_by().aggregate(
        alla=Count("pk"),
        sena=Count("pk", filter=late(actor.on)),
        snart=Count("pk", filter=soon(actor.on)),
        oppna=Count("pk", filter=Q(pk__in=mine_to_give)),
        mina=Count("pk", filter=Q(is_mine=True)),
    )
    return found


def after_refusals(actor: Actor) -> dict[str, int]:
    """What became of *avstyrks* within the actor's reach in a year: lifted, and decided against; one query."""
    told = Opinion.objects.filter(
        reach_of(actor, "opinion.list").about(),
        concluded_on__gt=actor.on - timedelta(days=365),
    )
    found: dict[str, int] = told.order_by().aggregate(
        lifted=Count("pk", filter=Q(escalation_reason__isnull=False)),
        against=Count("pk", filter=Q(state=Opinion.State.SET_ASIDE)),
    )
    return found


def within_reach(actor: Actor, chosen: Collection[UUID]) -> list[Opinion]:
    """Those of `chosen` that this person reaches at all, whatever their state: to name them in an answer."""
    found = Opinion.objects.filter(reach_of(actor, "opinion.list").about(), pk__in=chosen)
    return list(found.select_related("recruitment", "candidacy"))
