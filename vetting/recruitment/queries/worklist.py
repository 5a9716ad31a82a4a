"""The worklist: tabs, filters and order of the address, their counts in one query, and one page of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from audit.prepared import KINDS, Counting, Prepared, PreparedCounting, count_each
from vetting.access.actor import Actor
from vetting.organisation.models import Unit
from vetting.policy.engagement_forms import FORMS
from vetting.policy.numbers import find_numbers
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.list_rows import ListRow, read_rows
from vetting.recruitment.queries.my_work import ONGOING, SELECTIONS, at_security
from vetting.recruitment.queries.own import NEWEST, OLDEST, Asking, Branch, newest, together
from vetting.recruitment.queries.terms import EVERYTHING, RUNNING, Terms, mine, mine_of, picked
from vetting.recruitment.queries.visible import Reach
from vetting.recruitment.queries.worklist_order import ORDERS, in_order
from vetting.recruitment.standing import ENDED
from vetting.web.text import UnsafeText, clean

PER_PAGE = 25
FEW = {"mina", "sakerhet"}
"""Tabs of few among many: what makes them few has an index of its own."""
LISTED = {"enhet": RUNNING, "avslutade": Q(state__in=sorted(ENDED)), "alla": EVERYTHING}
"""Tabs that are told by what stands beside an assignment."""
UNITS = 20
"""Of so many units a page is put together of each one's newest."""
MOST = 1000
"""Nobody reads further numbers than that: what there is more of is told as more, and not counted to its end."""
TABS = {
    "mina": gettext_noop("Mina"),
    "enhet": gettext_noop("Min enhets"),
    "sakerhet": gettext_noop("Väntar på säkerhetsyttrande"),
    "pausade": gettext_noop("Pausade"),
    "avslutade": gettext_noop("Avslutade"),
    "alla": gettext_noop("Alla"),
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

    @property
    def is_common(self) -> bool:
        """Whether it is chosen among what is the same for many: nothing typed, no unit and no moment in it."""
        return not (self.urval or self.q or self.enhet)

    def condition(self, actor: Actor) -> Q:
        """The tab and the filters as columns of the recruitment."""
        found = self.within(mine(actor))
        return found & SELECTIONS[self.urval][1](actor) if self.urval else found

    def of(self, rows: QuerySet[Recruitment], condition: Q) -> QuerySet[Recruitment]:
        """Those of `rows` that meet the choice's condition."""
        few = self.visa in FEW or self.urval not in ("", "lediga")
        return picked(condition, rows) if few else rows.filter(condition)

    def within(self, own: Q) -> Q:
        """The tab and the filters but for the selection; `own`: which recruitments are one's own."""
        found = tab(self.visa, own)
        if self.q:
            found &= said_in(self.q)
        if self.enhet:
            found &= Q(unit=self.enhet)
        if self.lage:
            found &= Q(state=self.lage)
        if self.form:
            found &= Q(form=self.form)
        if self.niva:
            found &= Q(level=int(self.niva))
        return found


def said_in(text: str) -> Q:
    """What is searched for stands in the reference, the post or the unit."""
    return Q(reference__icontains=text) | Q(position__title__icontains=text) | Q(unit__name__icontains=text)


def finds_any(reach: Reach, text: str) -> bool:
    """Whether `text` finds anything that one may see, whatever the filters beside it: one query, none without it."""
    return not text or reach.recruitments.filter(said_in(text)).exists()


def tab(code: str, own: Q) -> Q:
    """What a tab holds, among what one may see; `own`: which recruitments are one's own."""
    if code == "mina":
        return own & ONGOING
    if code == "sakerhet":
        return ONGOING & at_security()
    if code == "pausade":
        return ONGOING & Q(on_hold=True)
    return LISTED.get(code, EVERYTHING)


def home_tab(actor: Actor) -> str:
    """The tab one comes to: one's own for those who have own or assigned ones, else what the role looks after."""
    scopes = PERMISSIONS["recruitment.list"].scopes
    held = {scopes[role.role] for role in actor.roles} - {"no"}
    if held & {"own", "assigned", "unit"}:
        return "mina"
    wide = [role.role for role in actor.roles if scopes[role.role] == "authority"]
    return "avslutade" if wide == ["archivist"] else "enhet"


def most_on(page: int) -> int:
    """How far the rows of a choice are counted for who asks for that page: always past it."""
    return (max(page, 1) * PER_PAGE // MOST + 1) * MOST


def counts(actor: Actor, reach: Reach, choice: Choice, most: int = MOST) -> dict[str, int]:
    """How many stand under each tab, and under `found` how many the choice leaves: one query.

    Past MOST (`found`: past `most`) nothing is counted, and one more than it says that there are more.
    """
    if reach.terms is not None and choice.is_common:
        found = _counting(reach.terms, choice, most)(*reach.values)
    else:
        tabs = _tabs(reach.recruitments, mine(actor))
        found = _counted(tabs, choice, _chosen(actor, reach, choice), most).numbers()
    return {"found": found[choice.visa], **found}


def _tabs(rows: QuerySet[Recruitment], own: Q) -> dict[str, QuerySet[Any, Any]]:
    return {
        code: picked(tab(code, own), rows) if code in FEW else rows.filter(tab(code, own)) for code in TABS
    }


def _listed(asking: Asking, code: str, units: int = 0) -> list[Branch] | None:
    """The tab by indexes alone, of at most so many units; None where it takes more to tell what it holds."""
    if code == "mina":
        return asking.own(RUNNING)
    return asking.within(LISTED[code], units) if code in LISTED else None


def _counted(
    tabs: Mapping[str, QuerySet[Any, Any]], choice: Choice, chosen: QuerySet[Recruitment], most: int
) -> Counting:
    # Without a filter it is the tab itself.
    found = {"found": chosen} if choice.filters else {"found": tabs[choice.visa]} if most > MOST else {}
    told = {code: rows[: MOST + 1] for code, rows in tabs.items()}
    return count_each({**told, **{name: rows[: most + 1] for name, rows in found.items()}})


@lru_cache(maxsize=KINDS)
def _counting(terms: Terms, choice: Choice, most: int) -> PreparedCounting:
    def say(person: UUID, account: UUID, *units: UUID) -> Counting:
        own = mine_of(person, account, terms.on)
        rows = terms.recruitments(person, account, *units)
        asking = Asking(terms, person, account, units)
        known = {code: together(found) for code in TABS if (found := _listed(asking, code))}
        return _counted({**_tabs(rows, own), **known}, choice, choice.of(rows, choice.within(own)), most)

    return PreparedCounting(say)


def chosen(actor: Actor, reach: Reach, choice: Choice) -> QuerySet[Recruitment]:
    """The recruitments of the choice, in its order."""
    return in_order(_chosen(actor, reach, choice), choice.ordning)


def _chosen(actor: Actor, reach: Reach, choice: Choice) -> QuerySet[Recruitment]:
    return choice.of(reach.recruitments, choice.condition(actor))


def page_rows(actor: Actor, reach: Reach, choice: Choice, first: int) -> list[ListRow]:
    """The rows of one page, from the `first` of `chosen`, with progress and next step: five queries whatever their
    number."""
    if reach.terms is not None and choice.is_common:
        return read_rows(_paging(reach.terms, choice, first)(*reach.values), actor.on)
    return read_rows(_paged(_chosen(actor, reach, choice), choice, first), actor.on)


def _paged(rows: QuerySet[Recruitment], choice: Choice, first: int) -> QuerySet[Recruitment]:
    # The page is picked before the joins, or every visible recruitment would be joined and sorted for its 25.
    shown = in_order(rows, choice.ordning)[first : first + PER_PAGE]
    picked = in_order(Recruitment.objects.filter(pk__in=shown.values("pk")), choice.ordning)
    return picked.select_related("position", "unit__authority", "manager", "responsible")


@lru_cache(maxsize=KINDS)
def _paging(terms: Terms, choice: Choice, first: int) -> Prepared[Recruitment]:
    order = ORDERS[choice.ordning or "vantat"]

    def build(person: UUID, account: UUID, *units: UUID) -> QuerySet[Recruitment]:
        if not choice.filters and order in (NEWEST, OLDEST):
            listed = _listed(Asking(terms, person, account, units), choice.visa, UNITS)
            if listed is not None:
                return _paged(newest(listed, order, first + PER_PAGE), choice, first)
        rows = terms.recruitments(person, account, *units)
        rows = choice.of(rows, choice.within(mine_of(person, account, terms.on)))
        return _paged(rows, choice, first)

    return Prepared(build)


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
