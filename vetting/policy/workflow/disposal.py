"""A lot to be disposed of: put forward by one, decided on by another, carried out when its days are over."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_STATES = (
    State("proposed", _("Framlagd"), _("Väntar på beslut av en annan person.")),
    State(
        "confirmed",
        _("Beslutad"),
        _("Verkställs tidigast fjorton dagar efter beslutet; kan stoppas dessförinnan."),
    ),
    State("rejected", _("Avslagen"), _("Inget gallrades enligt den."), final=True),
    State("carried_out", _("Verkställd"), _("Gallringen är gjord; beviset finns kvar."), final=True),
)

_TRANSITIONS = (
    Transition(
        "propose",
        (NEW,),
        "proposed",
        "disposal.propose",
        "disposal.proposed",
        _("Fristen har gått ut för allt i den, och inget av det har gallringsstopp."),
    ),
    Transition(
        "confirm",
        ("proposed",),
        "confirmed",
        "disposal.confirm",
        "disposal.confirmed",
        _("En annan person beslutar."),
        other_than=("proposer", "substitute_of_excluded"),
    ),
    Transition(
        "reject",
        ("proposed", "confirmed"),
        "rejected",
        "disposal.reject",
        "disposal.rejected",
        _("En annan person säger nej, eller stoppar det som är beslutat men inte verkställt."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "carry_out",
        ("confirmed",),
        "carried_out",
        "disposal.confirm",
        "disposal.completed",
        _(
            "Tjänsten gallrar det som ännu ska gallras och lämnar det som fått gallringsstopp eller en senare dag."
        ),
        automatic=True,
    ),
)

DISPOSAL = Machine("disposal", _("Gallring"), _STATES, _TRANSITIONS)
