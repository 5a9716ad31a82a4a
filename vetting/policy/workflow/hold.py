"""Legal hold: nothing is disposed of while it is in force. Lifting it comes with disposal."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (State("in_force", _("Gallringsstopp"), _("Inget gallras.")),)

_TRANSITIONS = (
    Transition(
        "set",
        ("new",),
        "in_force",
        "hold.set",
        "hold.set",
        _("Anspråk, prövning eller begäran har kommit in."),
        reason="list",
    ),
)

HOLD = Machine("hold", _("Gallringsstopp"), _STATES, _TRANSITIONS)
