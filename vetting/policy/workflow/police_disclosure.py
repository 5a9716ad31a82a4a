"""Giving data to the police: prepared by one with ground and weighing, decided by another."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("prepared", _("Förberett"), _("Grund och avvägning är skrivna.")),
    State("disclosed", _("Utlämnat"), _("De valda uppgifterna är lämnade."), final=True),
    State("declined", _("Inte utlämnat"), _("Beslut med skäl."), final=True),
)

_TRANSITIONS = (
    Transition(
        "prepare",
        ("new",),
        "prepared",
        "police_disclosure.prepare",
        "police_disclosure.prepared",
        _("Samtal med den utsatta är antecknat eller går inte att hålla; grund och avvägning är skrivna."),
        reason="yes",
    ),
    Transition(
        "decide",
        ("prepared",),
        "disclosed",
        "police_disclosure.decide",
        "police_disclosure.decided",
        _("En annan mottagare beslutar; bara de valda uppgifterna lämnas."),
        other_than=("proposer",),
        reason="yes",
    ),
    Transition(
        "decline",
        ("prepared",),
        "declined",
        "police_disclosure.decline",
        "police_disclosure.declined",
        _("Intresset av sekretess väger tyngre."),
        other_than=("proposer",),
        reason="yes",
    ),
)

POLICE_DISCLOSURE = Machine("police_disclosure", _("Utlämnande till polisen"), _STATES, _TRANSITIONS)
