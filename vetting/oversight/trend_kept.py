"""The charts for whoever may not open what they count: protected quarters that are over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.figures.protection import K
from vetting.oversight.queries import quarters
from vetting.oversight.trend_words import percent, told, whole
from vetting.recruitment.queries.opinions import TARGET_DAYS
from vetting.web.charts import Chart, Point, columns


def kept_decisions(found: quarters.Table) -> Chart:
    """Delegates' decisions before which every check that stops one was done."""
    return _kept(
        found,
        name="chart-decisions",
        title=_("Kontrollerna klara före beslut"),
        note=_("Delegaters beslut. Undantag och det som kompletteras efter start räknas som inte klart"),
        headings=(_("Kvartal"), _("Beslut"), _("Klara"), _("Andel")),
    )


def kept_opinions(found: quarters.Table) -> Chart:
    """Opinions given within the target."""
    return _kept(
        found,
        name="chart-leads",
        title=_("Säkerhetsyttranden inom målet"),
        note=ngettext(
            "Andel inom %(n)s arbetsdag från begäran",
            "Andel inom %(n)s arbetsdagar från begäran",
            TARGET_DAYS,
        )
        % {"n": TARGET_DAYS},
        headings=(_("Kvartal"), _("Yttranden"), _("Inom målet"), _("Andel")),
    )


def _kept(found: quarters.Table, **texts: Any) -> Chart:
    """Protected quarters: a share is drawn where both its numbers may be shown."""
    points, rows = [], []
    for start, table in found.items():
        name = _("kv %(n)s") % {"n": (start.month + 2) // 3}
        kept, total = table.cells["kept"], table.total
        few = _("färre än %(k)s") % {"k": K} if total is None else _("skyddad uppgift")
        value = None if kept is None or total is None else percent(kept, total)
        short = "" if value is not None else few if total is None else _("skyddat")
        points.append(
            Point(name, value, "" if value is None else str(value), under=str(start.year), instead=short)
        )
        shown = few if value is None else whole(kept or 0)
        rows.append(
            (
                f"{name} {start.year}",
                few if total is None else whole(total),
                shown,
                few if value is None else f"{value} %",
            )
        )
    return Chart(
        **texts,
        says=_("De fyra senaste kvartalen som är slut. Tal som kunde peka ut någon är skyddade."),
        description=told(points, _("%(value)s procent i %(month)s")),
        drawing=columns(points, 100, " %"),
        rows=rows,
    )
