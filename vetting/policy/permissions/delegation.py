"""Permissions about substitutes."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "delegation.list",
        _("Ersättare"),
        _("Se gällande och kommande ersättare."),
        "read",
        logged="no",
    ),
    Permission(
        "delegation.create",
        _("Utse ersättare"),
        _("Utse sin egen ersättare för högst 30 dagar."),
        "act",
        event="delegation.created",
    ),
    Permission(
        "delegation.create_for",
        _("Utse ersättare åt någon"),
        _("Utse ersättare åt en frånvarande, med skäl."),
        "act",
        event="delegation.created_for",
        step_up=True,
    ),
    Permission(
        "delegation.end",
        _("Avsluta ersättare"),
        _("Avsluta en ersättning i förtid."),
        "act",
        event="delegation.ended",
    ),
)
