"""The orders of the worklist: each sorts by what the rows show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case as Choose
from django.db.models import F, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext_noop

from vetting.recruitment.case import Case
from vetting.recruitment.engine.coming import start_awaited
from vetting.recruitment.models import Engagement, Recruitment

ORDERS: dict[str, tuple[Any, ...]] = {
    # the longest wait is the oldest
    "vantat": ("-created_on", "-reference"),
    "-vantat": ("created_on", "reference"),
    "referens": ("reference",),
    "-referens": ("-reference",),
    "start": (F("starts").asc(nulls_last=True), "reference"),
    "-start": (F("starts").desc(nulls_last=True), "-reference"),
}
_decided = Engagement.objects.filter(state=Engagement.State.PLANNED)
_first = _decided.filter(recruitment=OuterRef("pk")).order_by("planned_start").values("planned_start")[:1]
# Those who have not begun are few among all: the database gathers them once, and looks up a day for these alone.
STARTS = Choose(
    When(state__in=[Recruitment.State.DRAFT, Recruitment.State.OPEN], then=F("planned_start")),
    When(pk__in=_decided.values("recruitment_id"), then=Subquery(_first)),
    default=F("planned_start"),
)
"""The day that a row shows (`shown_start`), as the database finds it."""
ORDER_WORDS = {
    "vantat": gettext_noop("kortast väntan först"),
    "-vantat": gettext_noop("längst väntan först"),
    "referens": gettext_noop("referens"),
    "-referens": gettext_noop("referens, senaste först"),
    "start": gettext_noop("närmast start först"),
    "-start": gettext_noop("senast start först"),
}


def in_order(rows: QuerySet[Recruitment], code: str) -> QuerySet[Recruitment]:
    """`rows` in the order `code` of the address ("" for the usual one)."""
    rows = rows.alias(starts=STARTS) if code in {"start", "-start"} else rows
    return rows.order_by(*ORDERS[code or "vantat"])


def shown_start(case: Case) -> date | None:
    """The day in a row's column *Start*: as decided and not yet confirmed, else as planned."""
    return start_awaited(case) or case.recruitment.planned_start
