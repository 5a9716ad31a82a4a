"""The charts of *Kontrollfunktionen*: which are drawn for whom, and what is said of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.oversight.queries import control, quarters, trends
from vetting.oversight.trend_kept import kept_decisions, kept_opinions
from vetting.oversight.trend_words import (
    ages,
    days_of,
    month_of,
    named,
    percent,
    running,
    share_of,
    told,
    whole,
)
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.models import Check, Decision, Opinion
from vetting.recruitment.queries.opinions import TARGET_DAYS
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.web.charts import Chart, Point, bars, columns, spans

TYPES = 8
"""Kinds of check that are drawn by themselves; the rest are one bar, and all stand in the table."""


def charts_for(actor: Actor, opinions: QuerySet[Opinion] | None, known: Reach) -> list[Chart]:
    """The charts this person may have: exact months of what she may open, protected quarters of what she may not.

    `opinions`: those she may list; `known`: her reach by `recruitment.list`. At most five queries.
    What waits, and which checks, is told only to whoever may open it: such numbers move from day to day, and divided
    among the checks they are too small to be anybody's but a person's.
    """
    found = []
    opens = may_somewhere(actor, "decision.view")
    figures = reach_of(actor, "figures.view") if not opens or opinions is None else known
    if opens:
        found.append(_decisions(actor, reach_of(actor, "decision.view", known)))
    else:
        found.append(kept_decisions(quarters.decisions(actor, figures)))
    if opinions is not None:
        days = trends.leads_by_day(opinions, trends.months_until(actor.on)[0], actor.on)
        found += [
            _leads(days, actor.on),
            _waiting(trends.waiting_by_age(opinions, control.WAITING, actor.on)),
        ]
    else:
        found.append(kept_opinions(quarters.opinions(actor, figures)))
    if may_somewhere(actor, "check.view"):
        found.append(_deviations(actor, reach_of(actor, "check.view", known)))
    return found


def _decisions(actor: Actor, within: Reach) -> Chart:
    months = trends.months_until(actor.on)
    rows = Decision.objects.filter(within.about())
    counted = trends.shares(trends.decisions_by_day(rows, months[0], actor.on), months)
    total = sum(share.total for share in counted.values())
    kept = sum(share.kept for share in counted.values())
    texts: dict[str, Any] = {
        "name": "chart-decisions",
        "title": _("Kontrollerna klara före beslut"),
        "note": _("Undantag och det som kompletteras efter start räknas som inte klart"),
    }
    if not total:
        return Chart(**texts, says=_("Inget beslut har fattats de senaste tolv månaderna."))
    points = [
        Point(
            **month_of(month),
            value=percent(share.kept, share.total) if share.total else None,
            text=str(percent(share.kept, share.total)) if share.total else "",
            runs=month == months[-1],
        )
        for month, share in counted.items()
    ]
    return Chart(
        **texts,
        figure=share_of(kept, total),
        says=_("av %(n)s beslut de senaste tolv månaderna") % {"n": whole(total)},
        description=told(points, _("%(value)s procent i %(month)s")),
        drawing=columns(points, 100, " %"),
        key=running(points, _("Klara före beslutet")),
        headings=(_("Månad"), _("Beslut"), _("Klara"), _("Andel")),
        rows=[
            (
                named(month, actor.on),
                whole(share.total),
                whole(share.kept),
                share_of(share.kept, share.total),
            )
            for month, share in counted.items()
        ],
    )


def _leads(days: list[tuple[date, int, int]], on: date) -> Chart:
    months = trends.months_until(on)
    found = trends.leads(days, months)
    texts: dict[str, Any] = {
        "name": "chart-leads",
        "title": _("Tid till säkerhetsyttrande"),
        "note": _("Arbetsdagar från begäran till yttrande"),
    }
    if not found:
        return Chart(**texts, says=_("Inget yttrande har lämnats de senaste tolv månaderna."))
    year = trends.leads(days, months[:1])[months[0]]
    points = [_lead_point(month, found.get(month)) for month in months]
    within = {"n": whole(year.number), "share": share_of(year.in_time, year.number)}
    return Chart(
        **texts,
        figure=ngettext("%(n)s dag", "%(n)s dagar", 1 if year.middle == 1 else 2)
        % {"n": days_of(year.middle)},
        says=ngettext(
            "är medianen av %(n)s yttrande på tolv månader; %(share)s klarade målet",
            "är medianen av %(n)s yttranden på tolv månader; %(share)s klarade målet",
            year.number,
        )
        % within,
        description=told(points, _("median %(value)s arbetsdagar i %(month)s")),
        drawing=spans(points, TARGET_DAYS),
        key=(("middle", _("Median")), ("spread", _("Mittersta hälften")), ("target", _target())),
        headings=(_("Månad"), _("Yttranden"), _("Median"), _("Mittersta hälften"), _("Inom målet")),
        rows=[_lead_row(month, found.get(month), on) for month in months],
    )


def _lead_point(month: date, lead: trends.Lead | None) -> Point:
    if lead is None:
        return Point(**month_of(month))
    text = days_of(lead.middle)
    return Point(**month_of(month), value=lead.middle, text=text, low=lead.low, high=lead.high)


def _target() -> str:
    words = ngettext("Mål: %(n)s arbetsdag", "Mål: %(n)s arbetsdagar", TARGET_DAYS)
    return words % {"n": TARGET_DAYS}


def _lead_row(month: date, lead: trends.Lead | None, on: date) -> tuple[str, ...]:
    if lead is None:
        return (named(month, on), "0", "–", "–", "–")
    spread = f"{days_of(lead.low)}–{days_of(lead.high)}"
    in_time = share_of(lead.in_time, lead.number)
    return (named(month, on), whole(lead.number), days_of(lead.middle), spread, in_time)


def _waiting(groups: list[int]) -> Chart:
    texts: dict[str, Any] = {
        "name": "chart-waiting",
        "title": _("Hur länge yttranden har väntat"),
        "note": _("Arbetsdagar sedan begäran, just nu"),
    }
    total = sum(groups)
    if not total:
        return Chart(**texts, says=_("Inget yttrande väntar."))
    labels = ages()
    points = [
        Point(label, value=number, text=whole(number), runs=not place)
        for place, (label, number) in enumerate(zip(labels, groups, strict=True))
    ]
    return Chart(
        **texts,
        figure=whole(total),
        says=_("väntar nu, varav %(late)s över målet") % {"late": whole(total - groups[0])},
        description="; ".join(f"{point.label}: {point.text}" for point in points) + ".",
        drawing=bars(points),
        headings=(_("Väntat"), _("Yttranden")),
        rows=[(point.label, point.text) for point in points],
    )


def _deviations(actor: Actor, within: Reach) -> Chart:
    rows = Check.objects.filter(within.about())
    found = trends.deviations_by_check(rows, trends.months_until(actor.on)[0])
    texts: dict[str, Any] = {
        "name": "chart-deviations",
        "title": _("Att bedöma, efter kontroll"),
        "note": _("Slutkandidater som lagts in de senaste tolv månaderna"),
    }
    if not found:
        return Chart(**texts, says=_("Ingen kontroll har behövt bedömas de senaste tolv månaderna."))
    total = sum(number for _code, number in found)
    named = [(str(_(CHECKPOINTS[code].name)), number) for code, number in found]
    drawn = named if len(named) <= TYPES + 1 else named[:TYPES]
    if (rest := total - sum(number for _name, number in drawn)) > 0:
        drawn = [*drawn, (_("Övriga kontroller"), rest)]
    points = [Point(name, value=number, text=whole(number)) for name, number in drawn]
    return Chart(
        **texts,
        figure=whole(total),
        says=ngettext("kontroll har behövt bedömas", "kontroller har behövt bedömas", total),
        description="; ".join(f"{point.label}: {point.text}" for point in points) + ".",
        drawing=bars(points),
        headings=(_("Kontroll"), _("Att bedöma")),
        rows=[(name, whole(number)) for name, number in named],
    )
