"""Permissions to give out what is in a report: the whole of it, a masked copy, and what the police are given."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "report.export",
        _("Hämta anmälan"),
        _("Hämta hela anmälan som paket, efter ny upplåsning."),
        "export",
        event="report.exported",
        step_up=True,
    ),
    Permission(
        "report.export_masked",
        _("Maskad kopia"),
        _("Ta fram en kopia där varje maskning har sitt lagrum."),
        "export",
        event="report.masked_exported",
        step_up=True,
    ),
    Permission(
        "police_disclosure.prepare",
        _("Förbered utlämnande till polisen"),
        _("Skriva grund och avvägning för att lämna uppgifter till polisen."),
        "act",
        event="police_disclosure.prepared",
    ),
    Permission(
        "police_disclosure.decide",
        _("Lämna ut till polisen"),
        _("Besluta om utlämnande och lämna ut de valda uppgifterna."),
        "export",
        event="police_disclosure.decided",
        step_up=True,
    ),
    Permission(
        "police_disclosure.decline",
        _("Lämna inte ut"),
        _("Besluta att inte lämna ut, med skäl."),
        "act",
        event="police_disclosure.declined",
        step_up=True,
    ),
)
