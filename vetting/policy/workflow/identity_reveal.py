"""Letting one named recipient read the name of whoever reported, for a time."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State(
        "requested",
        _("Begärd"),
        _("Väntar på en annan mottagare."),
    ),
    State(
        "confirmed",
        _("Medgiven"),
        _("En namngiven person får läsa under begränsad tid."),
    ),
    State(
        "rejected",
        _("Nekad"),
        _("Namnet är fortsatt förseglat."),
        final=True,
    ),
    State(
        "ended",
        _("Tiden ute"),
        _("Namnet är åter förseglat."),
        final=True,
    ),
)

_TRANSITIONS = (
    Transition(
        "request",
        ("new",),
        "requested",
        "identity.request",
        "identity.requested",
        _(
            "Namnet behövs för skydd eller åtgärd; den som anmält får veta först om det inte "
            "hindrar uppföljningen."
        ),
        reason="yes",
    ),
    Transition(
        "confirm",
        ("requested",),
        "confirmed",
        "identity.confirm",
        "identity.confirmed",
        _("En annan mottagare medger; en namngiven person, begränsad tid."),
        other_than=("proposer",),
    ),
    Transition(
        "reject",
        ("requested",),
        "rejected",
        "identity.reject",
        "identity.rejected",
        _("En annan mottagare säger nej."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "reveal",
        ("confirmed",),
        "confirmed",
        "identity.reveal",
        "identity.revealed",
        _("Bara den som begärde får läsa."),
    ),
    Transition(
        "lapse",
        (
            "confirmed",
            "requested",
        ),
        "ended",
        None,
        None,
        _("Tiden har gått ut; avgörs när namnet begärs."),
        automatic=True,
    ),
)

IDENTITY_REVEAL = Machine("identity_reveal", _("Namnet"), _STATES, _TRANSITIONS)
