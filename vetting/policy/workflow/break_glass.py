"""Break-glass: open for at most an hour, then waiting for the auditor. Open and ended are worked out from the clock."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_STATES = (
    State("open", _("Öppen"), _("Läsning i högst 60 minuter.")),
    State("ended", _("Avslutad – ska granskas"), _("Väntar på granskning.")),
    State("reviewed", _("Granskad"), _("Revisorn har antecknat om den var befogad."), final=True),
)

_TRANSITIONS = (
    Transition(
        "open",
        (NEW,),
        "open",
        "break_glass.open",
        "break_glass.opened",
        _(
            "Minst 30 tecken skäl; bara läsning; aldrig förbi jäv, aldrig säkerhetsprövningens inre del, aldrig "
            "anmälningar, aldrig för att komma förbi en kontroll; kollegor och revisor larmas."
        ),
        other_than=("recused",),
        reason="yes",
    ),
    Transition(
        "end",
        ("open",),
        "ended",
        "break_glass.end",
        "break_glass.ended",
        _("Avslutas av den som öppnat."),
    ),
    Transition(
        "lapse",
        ("open",),
        "ended",
        None,
        None,
        _("60 minuter har gått; avgörs när åtkomsten prövas."),
        automatic=True,
    ),
    Transition(
        "review",
        ("ended",),
        "reviewed",
        "break_glass.review",
        "break_glass.reviewed",
        _("Revisorn har läst skälet."),
        other_than=("opener",),
        reason="list",
    ),
)

BREAK_GLASS = Machine("break_glass", _("Nödåtkomst"), _STATES, _TRANSITIONS)
