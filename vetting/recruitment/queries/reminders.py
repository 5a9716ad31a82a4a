"""What is to be done about engagements under way, with its last day: in *Mitt arbete* of whoever performs it.

One query, whatever the number of engagements. Nothing is read of a person, nothing is looked up about one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from audit.prepared import KINDS, Prepared
from vetting.access.actor import Actor
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.reminders import FOLLOWED, RENEWAL_DAYS, TRIAL_TOLD_MONTHS, due_on, told_from
from vetting.recruitment.actions.engagement import due_renewals
from vetting.recruitment.ended.standing import knows_who_left
from vetting.recruitment.models import Check, Engagement
from vetting.recruitment.queries.own import Asking, together
from vetting.recruitment.queries.terms import Terms, mine, picked
from vetting.recruitment.queries.visible import Reach

MOST = 1_000
"""Engagements with something to do that are looked at for one person: two rounds of the largest size."""
RENEWED = [
    code for code, check in CHECKPOINTS.items() if check.renewal is not None and check.visible_to == "all"
]
MANAGERS = {"hiring_manager", "unit_access_manager"}
OWN = ("state", "started_on", "planned_end", "renewals", "recruitment", "candidacy")
AROUND = {
    "manager": "recruitment__manager",
    "responsible": "recruitment__responsible",
    "reference": "recruitment__reference",
    "title": "recruitment__position__title",
    "place": "recruitment__unit__name",
    "label": "candidacy__label",
}
"""What a reminder is made of, beside the engagement's own columns: of a round there are hundreds, and each of these
would be a row of its own to make."""
SETTLED = [Check.State.DONE, Check.State.NOT_APPLICABLE]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do in one recruitment: for how many, the soonest day, and for one her candidacy."""

    code: str
    day: date
    recruitment: UUID
    told: str
    candidacy: UUID
    label: str
    people: int = 1
    is_renewal: bool = False


def reminders_of(actor: Actor, reach: Reach) -> list[Reminder]:
    """What the actor, or somebody she stands in for, is to do, soonest first."""
    persons = {actor.person_id, *(absent.person_id for absent in actor.absent)}
    found: dict[tuple[UUID, str], Reminder] = {}
    for engagement in _rows(actor, reach):
        is_managers = engagement.manager in persons
        roles = MANAGERS if is_managers else set()
        if not is_managers or engagement.responsible in persons:
            roles = roles | {"hr_officer"}
        for code, day, is_renewal in to_do(
            engagement, open_codes(engagement), actor.on, engagement.knows_who_left
        ):
            if roles & set(CHECKPOINTS[code].performed_by):
                _add(found, engagement, code, day, is_renewal)
    return sorted(found.values(), key=lambda each: (each.day, each.told, each.code))


def to_do(
    engagement: Engagement, unsettled: Iterable[str], on: date, knows_who_left: bool
) -> list[tuple[str, date, bool]]:
    """Code, last day and whether it is a renewal, soonest first; `unsettled`: its checks that are not done."""
    if engagement.state == Engagement.State.EXITING:
        return [("exit", engagement.planned_end, False)] if engagement.planned_end else []
    start = engagement.started_on
    if engagement.state != Engagement.State.ACTIVE or start is None:
        return []
    found = [(code, due_on(code, start), False) for code in unsettled if told_from(code, start) <= on]
    if knows_who_left:
        found += [(code, day, True) for code, day in due_renewals(engagement, on)]
    return sorted(found, key=lambda each: each[1])


def with_open(rows: Any) -> Any:
    """Engagements with whether each followed check is there and not settled, as `open_CODE`."""
    for code in FOLLOWED:
        own = Check.objects.filter(candidacy=OuterRef("candidacy"), code=code).exclude(state__in=SETTLED)
        rows = rows.annotate(**{f"open_{code}": Exists(own)})
    return rows


def open_codes(engagement: Engagement) -> list[str]:
    """The followed checks of an engagement read `with_open` that are not settled."""
    return [code for code in FOLLOWED if getattr(engagement, f"open_{code}")]


def has_to_do(on: date) -> Q:
    """Of engagements: those under way in which something is to be done by the day, or is late."""
    unsettled = Check.objects.filter(candidacy=OuterRef("candidacy")).exclude(state__in=SETTLED)
    begun = Q(Exists(unsettled.filter(code__in=[code for code in FOLLOWED if code != "trial"])))
    long_ago = Q(started_on__lte=add_months(on, -TRIAL_TOLD_MONTHS) + timedelta(days=3))
    begun |= long_ago & Q(Exists(unsettled.filter(code="trial")))
    return Q(state=Engagement.State.ACTIVE) & (begun | _renewed_by(on))


def _rows(actor: Actor, reach: Reach) -> Iterable[Any]:
    if reach.terms is not None:
        return _followed(reach.terms)(*reach.values)
    return _of(picked(mine(actor), reach.recruitments).values("pk"), actor.on)


@lru_cache(maxsize=KINDS)
def _followed(terms: Terms) -> Prepared[Any]:
    def build(person: UUID, account: UUID, *units: UUID) -> QuerySet[Any]:
        return _of(together(Asking(terms, person, account, units).own()), terms.on)

    return Prepared(build)


def _of(own: QuerySet[Any, Any], on: date) -> QuerySet[Any]:
    order = ("-state", "started_on", "pk")
    followed = Q(state=Engagement.State.EXITING) | has_to_do(on)
    found = Engagement.objects.filter(followed, recruitment__in=own).order_by(*order)[:MOST]
    # Chosen before the joins, which would be made for every engagement.
    rows = with_open(Engagement.objects.filter(pk__in=found.values("pk"))).annotate(knows_who_left=_knows(on))
    around = {name: F(path) for name, path in AROUND.items()}
    return rows.annotate(**around).only(*OWN).order_by(*order)


def _renewed_by(on: date) -> Q:
    """Something to renew within thirty days, or late."""
    last, found = (on + timedelta(days=RENEWAL_DAYS)).isoformat(), Q(pk__in=[])
    for code in RENEWED:
        found |= Q(**{f"renewals__{code}__lte": last})
    # Most have nothing to renew, and to read into the column is dear.
    return ~Q(renewals={}) & found


def _knows(on: date) -> Any:
    return ExpressionWrapper(knows_who_left(on), output_field=BooleanField())


def _add(
    found: dict[tuple[UUID, str], Reminder], engagement: Any, code: str, day: date, is_renewal: bool
) -> None:
    recruitment, candidacy = engagement.recruitment_id, engagement.candidacy_id
    told = f"{engagement.reference} {engagement.title} · {engagement.place}"
    before = found.get((recruitment, code))
    # The same thing may be due as new and as a renewal, of one person.
    people = before.people + (before.candidacy != candidacy) if before else 1
    soonest = min(before.day, day) if before else day
    found[recruitment, code] = Reminder(
        code, soonest, recruitment, told, candidacy, engagement.label, people, is_renewal
    )
