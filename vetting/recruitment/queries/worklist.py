"""The worklist: tabs, filters and order of the address, their counts in one query, and one page of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.organisation.models import Unit
from vetting.policy.engagement_forms import FORMS
from vetting.policy.numbers import find_numbers
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.case import Case
from vetting.recruitment.engine.coming import Coming, coming_step, overview_rows
from vetting.recruitment.engine.progress import progress
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.cases import light_cases
from vetting.recruitment.queries.my_work import ONGOING, SELECTIONS, at_security
from vetting.recruitment.queries.visible import EVERYTHING, Reach, mine
from vetting.web.text import UnsafeText, clean

PER_PAGE = 25
SOON = timedelta(days=14)
TABS = {
    "mina": gettext_noop("Mina"),
    "enhet": gettext_noop("Min enhets"),
    "sakerhet": gettext_noop("Väntar på säkerhetsyttrande"),
    "pausade": gettext_noop("Pausade"),
    "avslutade": gettext_noop("Avslutade"),
    "alla": gettext_noop("Alla"),
}
ORDERS: dict[str, tuple[Any, ...]] = {
    # the longest wait is the oldest
    "vantat": ("-created_on", "-reference"),
    "-vantat": ("created_on", "reference"),
    "referens": ("reference",),
    "-referens": ("-reference",),
    "start": (F("planned_start").asc(nulls_last=True), "reference"),
    "-start": (F("planned_start").desc(nulls_last=True), "-reference"),
}
ORDER_WORDS = {
    "vantat": gettext_noop("kortast väntan först"),
    "-vantat": gettext_noop("längst väntan först"),
    "referens": gettext_noop("referens"),
    "-referens": gettext_noop("referens, senaste först"),
    "start": gettext_noop("närmast start först"),
    "-start": gettext_noop("senast start först"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for. Whatever is not understood is as if it were not there."""

    visa: str = ""
    urval: str = ""
    q: str = ""
    enhet: str = ""
    lage: str = ""
    form: str = ""
    niva: str = ""
    ordning: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any], actor: Actor) -> Choice:
        """The choice of a query string (or of a posted copy of it); the tab falls back to what the roles do."""
        typed = {field.name: str(given.get(field.name, "")).strip() for field in fields(cls)}
        known = {
            "visa": typed["visa"] if typed["visa"] in TABS else home_tab(actor),
            "urval": typed["urval"] if typed["urval"] in SELECTIONS else "",
            "q": _searched(typed["q"]),
            "enhet": _uuid(typed["enhet"]),
            "lage": typed["lage"] if typed["lage"] in Recruitment.State.values else "",
            "form": typed["form"] if typed["form"] in FORMS else "",
            "niva": typed["niva"] if typed["niva"] in {"1", "2", "3", "4", "5"} else "",
            "ordning": typed["ordning"] if typed["ordning"] in ORDERS else "",
        }
        return cls(**known)

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, tab and order left out."""
        names = ("urval", "q", "enhet", "lage", "form", "niva")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def address(self, **changed: str) -> str:
        """The query string of this choice with some parts changed."""
        other = replace(self, **changed)
        given = {field.name: getattr(other, field.name) for field in fields(other)}
        return "?" + urlencode({name: value for name, value in given.items() if value})

    def condition(self, actor: Actor) -> Q:
        """The tab and the filters as columns of the recruitment."""
        found = tab(self.visa, actor)
        if self.urval:
            found &= SELECTIONS[self.urval][1](actor)
        if self.q:
            found &= (
                Q(reference__icontains=self.q)
                | Q(position__title__icontains=self.q)
                | Q(unit__name__icontains=self.q)
            )
        if self.enhet:
            found &= Q(unit=self.enhet)
        if self.lage:
            found &= Q(state=self.lage)
        if self.form:
            found &= Q(form=self.form)
        if self.niva:
            found &= Q(level=int(self.niva))
        return found


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of the list: what the table shows of a recruitment, without any person but its own staff."""

    case: Case
    done: int
    total: int
    next: Coming
    days: int
    is_late: bool
    is_soon: bool


def tab(code: str, actor: Actor) -> Q:
    """What a tab holds, among what the actor may see."""
    if code == "mina":
        return mine(actor) & ONGOING
    if code == "enhet":
        return ONGOING
    if code == "sakerhet":
        return ONGOING & at_security()
    if code == "pausade":
        return ONGOING & Q(on_hold=True)
    if code == "avslutade":
        return ~ONGOING
    return EVERYTHING


def home_tab(actor: Actor) -> str:
    """The tab one comes to: one's own for those who have own or assigned ones, else what the role looks after."""
    scopes = PERMISSIONS["recruitment.list"].scopes
    held = {scopes[role.role] for role in actor.roles} - {"no"}
    if held & {"own", "assigned", "unit"}:
        return "mina"
    wide = [role.role for role in actor.roles if scopes[role.role] == "authority"]
    return "avslutade" if wide == ["archivist"] else "enhet"


def counts(actor: Actor, reach: Reach, choice: Choice) -> dict[str, int]:
    """How many stand under each tab, and under `found` how many the choice leaves: one query."""
    wanted = {code: Count("pk", filter=tab(code, actor)) for code in TABS if code != "alla"}
    found: dict[str, int] = reach.recruitments.order_by().aggregate(
        alla=Count("pk"), found=Count("pk", filter=choice.condition(actor)), **wanted
    )
    return found


def chosen(actor: Actor, reach: Reach, choice: Choice) -> QuerySet[Recruitment]:
    """The recruitments of the choice, in its order."""
    rows = reach.recruitments.filter(choice.condition(actor))
    return rows.order_by(*ORDERS[choice.ordning or "vantat"])


def page_rows(rows: Any, on: date) -> list[ListRow]:
    """The rows of one page (a slice of `chosen`) with progress and next step: five queries whatever their number."""
    # The page is picked before the joins, or every visible recruitment would be joined and sorted for its 25.
    picked = Recruitment.objects.filter(pk__in=rows.values("pk")).order_by(*rows.query.order_by)
    return read_rows(picked.select_related("position", "unit__authority", "manager", "responsible"), on)


def read_rows(rows: Iterable[Recruitment], on: date) -> list[ListRow]:
    """As `page_rows`, of recruitments read with their position, unit, authority, manager and responsible."""
    return [_row(case, on) for case in light_cases(list(rows))]


def _row(case: Case, on: date) -> ListRow:
    recruitment = case.recruitment
    # Before it is opened there are no rows to count: they follow from the answers.
    is_draft = recruitment.state == Recruitment.State.DRAFT
    done, total = (0, 0) if is_draft else progress(overview_rows(case))
    going = recruitment.state in {Recruitment.State.DRAFT, Recruitment.State.OPEN}
    start = recruitment.planned_start if going else None
    return ListRow(
        case,
        done,
        total,
        coming_step(case),
        days=((recruitment.ended_on or on) - recruitment.created_on).days,
        is_late=start is not None and start < on,
        is_soon=start is not None and on <= start <= on + SOON,
    )


def units_to_choose(reach: Reach) -> list[Unit]:
    """The units of the filter: those of one's roles. Whoever has none is let in case by case."""
    return sorted(reach.units.values(), key=lambda unit: unit.path)


def _searched(text: str) -> str:
    """What is searched for in the address. A personal number is not: it has a page of its own, where it is posted."""
    try:
        found = clean(text, limit=80, lines=False)
    except UnsafeText:
        return ""
    return "" if find_numbers(found) else found


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
