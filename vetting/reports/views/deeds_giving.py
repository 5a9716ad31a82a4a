"""The acts by which something leaves a report: prepared with a form as others, or on a page of their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vetting.reports.actions.disclosure import Prepared, has_waiting, prepare_disclosure
from vetting.reports.forms.giving import DisclosureForm
from vetting.reports.forms.handling import ReportForm
from vetting.reports.views.deed import Deed, Doing
from vetting.reports.views.deeds import DEEDS

FIELDS = ("ground", "provision", "weighing", "parts", "told", "told_text")


def _prepare(do: Doing) -> None:
    prepare_disclosure(do.case, Prepared(**{name: do.data[name] for name in FIELDS}), **do.keys)


#: Answered by `acting`, as the others.
GIVING: tuple[Deed, ...] = (
    Deed(
        "prepare_police", "police_disclosure.prepare", _("Förbered utlämnande"),
        _("Förslaget väntar på en annan mottagare."), _prepare, DisclosureForm,
        _("Samtalet med personen ska vara antecknat. En annan mottagare beslutar, och bara det som är valt lämnas."),
        "police", when=lambda case, actor: not has_waiting(case),
    ),
)  # fmt: skip


def _on_its_page(do: Doing) -> None:
    """Nothing is done from here: the page has a view of its own."""


#: Offered like the others, on pages of their own (`views.giving`).
LINKED: tuple[Deed, ...] = (
    Deed("masked", "report.export_masked", _("Maskad kopia"), "", _on_its_page, ReportForm),
    Deed("export", "report.export", _("Hämta hela anmälan"), "", _on_its_page, ReportForm),
)

ROUTED: tuple[Deed, ...] = (*DEEDS, *GIVING)
OFFERED: tuple[Deed, ...] = (*ROUTED, *LINKED)
