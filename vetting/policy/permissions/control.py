"""Permissions of the control function over the whole: figures that point nobody out."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "figures.view",
        _("Siffror"),
        _("Se sammanställda tal som är skyddade mot att peka ut någon."),
        "read",
        logged="no",
    ),
)
