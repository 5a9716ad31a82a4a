"""Permissions about units and positions."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "position.list",
        _("Befattningar"),
        _("Se befattningar och deras kontrollprofiler."),
        "read",
        logged="no",
    ),
    Permission(
        "position.view",
        _("Öppna befattning"),
        _("Se befattningens profil, kontroller och riskbedömning."),
        "read",
        logged="no",
    ),
    Permission(
        "position.create",
        _("Ny befattning"),
        _("Lägga upp en befattning med en eller flera kontrollprofiler."),
        "act",
        event="position.created",
    ),
    Permission(
        "position.assess_risk",
        _("Bedöm befattningens risk"),
        _("Skriva riskbedömningen av befattningen."),
        "act",
        event="position.risk_assessed",
    ),
    Permission(
        "position.confirm_risk",
        _("Fastställ riskbedömning"),
        _("Fastställa riskbedömningen."),
        "act",
        event="position.risk_confirmed",
    ),
    Permission(
        "position.designate",
        _("Peka ut ledande befattning"),
        _("Anteckna beslut om utpekad ledande befattning."),
        "act",
        event="position.designated",
    ),
    Permission(
        "position.set_approvers",
        _("Höj antal yttranden"),
        _("Höja antalet personer som ska yttra sig; aldrig sänka under profilens krav."),
        "act",
        event="position.approvers_set",
        step_up=True,
    ),
    Permission(
        "position.retire",
        _("Avveckla befattning"),
        _("Ta en befattning ur bruk."),
        "act",
        event="position.retired",
    ),
)
