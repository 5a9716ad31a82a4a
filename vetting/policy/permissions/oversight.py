"""Permissions of the control function: the log, who has read, the state of the log, alerts."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "log.view",
        _("Händelselogg"),
        _("Läsa och söka i händelseloggen, utan innehåll."),
        "read",
        event="log.viewed",
    ),
    Permission(
        "log.view_readers",
        _("Vem har läst?"),
        _("Se vem som har läst en viss rekrytering."),
        "read",
        event="log.readers_viewed",
    ),
    Permission(
        "log.view_reports",
        _("Anmälningarnas logg"),
        _("Läsa loggen för anmälningar: slag av händelse och dag, inget innehåll."),
        "read",
        event="log.reports_viewed",
    ),
    Permission(
        "log.view_state",
        _("Loggens tillstånd"),
        _("Se senaste kontrollpunkt och förankring."),
        "read",
        logged="no",
    ),
    Permission(
        "log.export",
        _("Hämta loggpaket"),
        _("Hämta det paket som kontrolleras utanför systemet."),
        "export",
        event="log.exported",
        step_up=True,
    ),
    Permission(
        "break_glass.open",
        _("Nödåtkomst"),
        _("Öppna en rekrytering för läsning i 60 minuter med skriftligt skäl; kollegor och revisor larmas."),
        "reveal",
        event="break_glass.opened",
        step_up=True,
    ),
    Permission(
        "break_glass.end",
        _("Avsluta nödåtkomst"),
        _("Avsluta sin nödåtkomst i förtid."),
        "act",
        event="break_glass.ended",
    ),
    Permission(
        "break_glass.list",
        _("Nödåtkomster"),
        _("Se använda nödåtkomster."),
        "read",
        logged="no",
    ),
    Permission(
        "break_glass.review",
        _("Granska nödåtkomst"),
        _("Anteckna om nödåtkomsten var befogad."),
        "act",
        event="break_glass.reviewed",
    ),
    Permission(
        "alert.view",
        _("Varningar"),
        _("Se varningar om ovanlig läsning, med regelns skäl."),
        "read",
        event="alert.viewed",
    ),
    Permission(
        "alert.close",
        _("Stäng varning"),
        _("Stänga en varning som förklarad eller lämna den vidare."),
        "act",
        event="alert.closed",
    ),
)
