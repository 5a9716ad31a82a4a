"""Break-glass in lists: those one is told of as a colleague or head, and all that one may see."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.emergency import TOLD_DAYS
from vetting.recruitment.models import BreakGlass, Recruitment
from vetting.recruitment.queries.terms import mine, stood_aside
from vetting.recruitment.queries.visible import Reach, reach_of

HEADS = ("hr_head", "security_head")


def emergencies_visible_to(actor: Actor, known: Reach | None = None) -> QuerySet[BreakGlass]:
    """All within reach of `break_glass.list`, newest first; none in what the person stands aside from."""
    rows = BreakGlass.objects.filter(reach_of(actor, "break_glass.list", known).about())
    return _with_names(rows.exclude(recruitment__in=stood_aside(actor.person_id)))


def to_review() -> Q:
    """Those that have ended, by their opener or by the clock, and that nobody has reviewed."""
    over = Q(ended_at__isnull=False) | Q(opened_at__lte=now() - timedelta(minutes=60))
    return Q(reviewed_at__isnull=True) & over


def opened_lately(actor: Actor) -> QuerySet[BreakGlass]:
    """What others have opened in the days in which one is told of it, wherever it was."""
    since = now() - timedelta(days=TOLD_DAYS)
    return BreakGlass.objects.filter(opened_at__gte=since).exclude(person_id=actor.person_id)


def told_to(actor: Actor, known: Reach) -> list[BreakGlass]:
    """What others have opened lately in recruitments one works in or heads: one query where nothing has been."""
    recent = list(_with_names(opened_lately(actor)))
    if not recent:
        return []
    wanted = {glass.recruitment_id for glass in recent}
    near = Recruitment.objects.filter(mine(actor), pk__in=wanted).exclude(pk__in=stood_aside(actor.person_id))
    seen = set(near.values_list("pk", flat=True))
    if actor.holds(*HEADS):
        rows = emergencies_visible_to(actor, known).filter(recruitment__in=wanted).order_by()
        seen |= set(rows.values_list("recruitment", flat=True))
    return [glass for glass in recent if glass.recruitment_id in seen]


def own_open(actor: Actor) -> BreakGlass | None:
    """The one that this account holds now, or None: one query."""
    rows = BreakGlass.objects.filter(account_id=actor.account_id, ended_at=None).select_related("recruitment")
    return next((glass for glass in rows if glass.state(now()) == "open"), None)


def _with_names(rows: QuerySet[BreakGlass]) -> QuerySet[BreakGlass]:
    return (
        rows.defer("reason")
        .select_related("recruitment__position", "recruitment__unit", "person", "reviewed_by")
        .order_by("-opened_at")
    )
