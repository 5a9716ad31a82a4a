"""Legal hold: nothing is disposed of while it is in force. One proposes that it is lifted, another lifts it or not."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_STATES = (
    State("in_force", _("Gallringsstopp"), _("Inget gallras.")),
    State("lift_proposed", _("Föreslås hävas"), _("Stoppet gäller tills någon annan bekräftat.")),
    State("lifted", _("Hävt"), _("Ordinarie frister gäller igen."), final=True),
)

_TRANSITIONS = (
    Transition(
        "set",
        (NEW,),
        "in_force",
        "hold.set",
        "hold.set",
        _("Anspråk, prövning eller begäran har kommit in."),
        reason="list",
    ),
    Transition(
        "propose_lift",
        ("in_force",),
        "lift_proposed",
        "hold.propose_lift",
        "hold.lift_proposed",
        _("Anspråket är avslutat."),
        reason="list",
    ),
    Transition(
        "lift",
        ("lift_proposed",),
        "lifted",
        "hold.confirm_lift",
        "hold.lifted",
        _("En annan person bekräftar."),
        other_than=("proposer",),
    ),
    Transition(
        "keep",
        ("lift_proposed",),
        "in_force",
        "hold.keep",
        "hold.kept",
        _("En annan person säger nej."),
        other_than=("proposer",),
        reason="list",
    ),
)

HOLD = Machine("hold", _("Gallringsstopp"), _STATES, _TRANSITIONS)
