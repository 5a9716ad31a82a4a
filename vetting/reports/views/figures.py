"""The year's figures: counted by a recipient when the year is over, and what has left the room so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.report_facts import QUESTIONS
from vetting.reports.directory import ROLE_OF
from vetting.reports.labels import CHANNELS
from vetting.reports.leaving import CHANNELS as LEAVING
from vetting.reports.leaving import TOTAL, UNANSWERED, leave, left, years_to_leave
from vetting.reports.views.base import done, perform, show, to_unlock, trail, vault_of
from vetting.web.parts import Fact

THIRDS = ("januari–april", "maj–augusti", "september–december")


@dataclass(slots=True)
class Year:
    """What has left of one year: the total, and tables of what was answered."""

    year: int
    total: int | None = None
    tables: dict[str, list[Fact]] = field(default_factory=dict)


@page("report.list")
def report_figures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Per channel that one receives: years that wait, and what has left."""
    mine = [channel for channel in LEAVING if actor.holds(ROLE_OF[channel])]
    context = {
        "channels": [
            (channel, CHANNELS[channel], years_to_leave(channel, by=actor), _years(channel))
            for channel in mine
        ],
        "breadcrumbs": trail(_("Siffror")),
        "vault": vault_of(request, actor),
    }
    return show(request, actor, "reports/figures.html", context)


@page("report.open", methods=("POST",))
def report_figures_leave(request: HttpRequest, actor: Actor, channel: str, year: int) -> HttpResponse:
    """Count the year and let the protected counts leave."""
    back = reverse("report_figures")
    vault = vault_of(request, actor)
    if vault is None:
        return to_unlock(request, back=back)
    if is_resumed(request):
        done(request, _("Inget är sparat än. Tryck på knappen en gång till."))
        return redirect(back)
    answer = perform(
        request, actor, "report.open", lambda: leave(channel, year, by=actor, vault=vault), back=back
    )
    if answer is not None:
        return answer
    done(request, _("Siffrorna för %(year)s är lämnade.") % {"year": year})
    return redirect(back)


def _years(channel: str) -> list[Year]:
    years: dict[int, Year] = {}
    for cell in left(channel):
        year = years.setdefault(cell.year, Year(cell.year))
        if cell.table == TOTAL:
            year.total = cell.value
        else:
            shown = _("skyddad uppgift") if cell.value is None else cell.value
            year.tables.setdefault(_heading(cell.table), []).append(
                Fact(_label(cell.table, cell.code), shown)
            )
    return list(years.values())


def _heading(table: str) -> str:
    return _(QUESTIONS[table].text) if table in QUESTIONS else _("När på året?")


def _label(table: str, code: str) -> str:
    if table not in QUESTIONS:
        return THIRDS[int(code) - 1]
    return _("Inget svar") if code == UNANSWERED else _(QUESTIONS[table].options[code])
