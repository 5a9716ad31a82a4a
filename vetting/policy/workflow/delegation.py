"""A substitute for at most 30 days: begins and ends by itself, judged when access is tested."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_STATES = (
    State("planned", _("Kommande"), _("Har inte börjat.")),
    State("active", _("Gäller"), _("Ersättaren får handla.")),
    State("ended", _("Upphörd"), _("Tiden har gått ut."), final=True),
    State("revoked", _("Avslutad i förtid"), _("Avslutad av någon som får det."), final=True),
)

_TRANSITIONS = (
    Transition(
        "create",
        (NEW,),
        "planned",
        "delegation.create",
        "delegation.created",
        _("Högst 30 dagar, en namngiven annan person som själv får ha rollen, aldrig vidare till en tredje."),
    ),
    Transition(
        "create_for",
        (NEW,),
        "planned",
        "delegation.create_for",
        "delegation.created_for",
        _("Den frånvarande kan inte själv; högst 30 dagar."),
        other_than=("grantee",),
        reason="yes",
    ),
    Transition(
        "begin",
        ("planned",),
        "active",
        None,
        None,
        _("Första dagen har kommit; avgörs när åtkomsten prövas."),
        automatic=True,
    ),
    Transition(
        "end",
        ("active",),
        "ended",
        None,
        None,
        _("Sista dagen har passerat; avgörs när åtkomsten prövas."),
        automatic=True,
    ),
    Transition(
        "revoke",
        ("planned", "active"),
        "revoked",
        "delegation.end",
        "delegation.ended",
        _("Avslutas i förtid."),
    ),
)

DELEGATION = Machine("delegation", _("Ersättare"), _STATES, _TRANSITIONS)
