"""The words of the room's pages: kinds of record, what stops a disposal, and terms as an archivist reads them."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.disposal.models import Lot
from vetting.policy.retention import RETENTION
from vetting.recruitment.labels import state_label

STANDS: dict[str, tuple[str, str | Promise]] = {
    "due": ("waiting", gettext_lazy("Dags att gallra")),
    "held": ("stopped", gettext_lazy("Gallringsstopp")),
    "claim_open": ("stopped", gettext_lazy("Anspråk kan komma")),
    "running": ("info", gettext_lazy("Fristen går om")),
    "not_begun": ("info", gettext_lazy("Fristen har inte börjat")),
    "needed": ("info", gettext_lazy("Behövs än")),
}
"""How a record of a lot stands now → kind of tag, words."""
KINDS = {"proposed": "waiting", "confirmed": "started", "rejected": "stopped", "carried_out": "done"}
STARTS: dict[str, str | Promise] = {
    "decision_final": gettext_lazy("den sista av anmälan, justering, anslag och laga kraft"),
    "recruitment_cancelled": gettext_lazy("den dag rekryteringen avbröts"),
    "decided": gettext_lazy("beslutet"),
    "engagement_started": gettext_lazy("första dagen"),
    "engagement_ended": gettext_lazy("sista dagen"),
    "declaration_replaced": gettext_lazy("den dag en ny försäkran lämnades"),
    "pool_clearance_ended": gettext_lazy("den dag klarmarkeringen upphörde"),
}


def kind_of_record(row: str) -> str:
    """*Slutkandidat som inte anställs eller anlitas*."""
    return _(RETENTION[row].name)


def term_of(row: str) -> str:
    """*24 månader från beslutet*."""
    kind = RETENTION[row]
    start = STARTS[kind.starts_at]
    if kind.term == 0:
        return _("genast efter %(start)s") % {"start": start}
    return _("%(months)s månader från %(start)s") % {"months": kind.term, "start": start}


def day(value: date | None) -> str:
    """A day in words, or a dash."""
    return date_format(value, "j b Y") if value else "–"


def state_of(lot: Lot) -> tuple[str, str]:
    """(kind of tag, words)."""
    return KINDS[lot.state], state_label("disposal", lot.state)
