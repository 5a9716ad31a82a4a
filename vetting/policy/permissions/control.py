"""Permissions of the control function over the whole: samples of what has been decided, and protected figures."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "sample.list",
        _("Stickprov"),
        _("Se dragna stickprov."),
        "read",
        logged="no",
    ),
    Permission(
        "sample.draw",
        _("Dra stickprov"),
        _("Dra ett slumpmässigt urval som kan dras om med samma resultat."),
        "act",
        event="sample.drawn",
        step_up=True,
    ),
    Permission(
        "sample.review",
        _("Granska stickprov"),
        _("Anteckna granskningens resultat för en rekrytering i urvalet."),
        "act",
        event="sample.reviewed",
    ),
    Permission(
        "sample.export",
        _("Hämta stickprov"),
        _("Hämta urvalet och uppgifterna som visar hur det drogs."),
        "export",
        event="sample.exported",
        step_up=True,
    ),
    Permission(
        "figures.view",
        _("Siffror"),
        _("Se sammanställda tal som är skyddade mot att peka ut någon."),
        "read",
        logged="no",
    ),
    Permission(
        "figures.export",
        _("Hämta siffror"),
        _("Hämta sammanställda tal som fil."),
        "export",
        event="figures.exported",
        step_up=True,
    ),
)
