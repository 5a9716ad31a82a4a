"""Permissions about disposal (*gallring*): one proposes a lot of what is due, another decides on it."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "disposal.view",
        _("Gallring"),
        _("Se vad som ska gallras, vad som väntar på beslut och vad som har gallrats, utan namn."),
        "read",
        logged="no",
    ),
    Permission(
        "disposal.propose",
        _("Föreslå gallring"),
        _("Lägga fram en gallring: allt av ett slag som är dags att gallra hos en nämnd eller ett bolag."),
        "act",
        event="disposal.proposed",
    ),
    Permission(
        "disposal.confirm",
        _("Besluta om gallring"),
        _("Bekräfta en framlagd gallring; den verkställs tidigast fjorton dagar senare."),
        "act",
        event="disposal.confirmed",
        step_up=True,
    ),
    Permission(
        "disposal.reject",
        _("Gallra inte"),
        _("Säga nej till en framlagd gallring, eller stoppa en som inte har verkställts."),
        "act",
        event="disposal.rejected",
    ),
)
