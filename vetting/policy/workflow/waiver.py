"""A waiver (Undantag) from one of the municipality's own requirements: two signatures and an end date."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_STATES = (
    State("proposed", _("Föreslaget"), _("Väntar på andra underskriften.")),
    State("in_force", _("Gäller"), _("Kontrollen stoppar inte till och med datumet.")),
    State("rejected", _("Avslaget"), _("Kontrollen stoppar som förut."), final=True),
    State("ended", _("Upphört"), _("Kontrollen stoppar igen om den inte är klar."), final=True),
)

_TRANSITIONS = (
    Transition(
        "propose",
        (NEW,),
        "proposed",
        "waiver.propose",
        "waiver.proposed",
        _(
            "Katalogen märker kontrollen som kommunens eget krav; en kontroll som krävs i lag har "
            "aldrig undantag. Slutdatum är angivet."
        ),
        reason="yes",
    ),
    Transition(
        "confirm",
        ("proposed",),
        "in_force",
        "waiver.confirm",
        "waiver.confirmed",
        _("Andra underskriften."),
        other_than=("proposer", "hiring_manager", "preparer", "recused", "substitute_of_excluded"),
    ),
    Transition(
        "reject",
        ("proposed",),
        "rejected",
        "waiver.reject",
        "waiver.rejected",
        _("Den andra säger nej."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "defer",
        (NEW,),
        "in_force",
        "waiver.defer",
        "waiver.deferred",
        _(
            "Uppdraget är högst 14 dagar, kontrollen är kommunens eget krav, datumet ligger högst tio arbetsdagar "
            "efter start, och personen arbetar utan särskilda behörigheter."
        ),
        reason="list",
    ),
    Transition(
        "end",
        ("in_force", "proposed"),
        "ended",
        "waiver.end",
        "waiver.ended",
        _("Undantaget behövs inte längre."),
    ),
    Transition(
        "lapse",
        ("in_force",),
        "ended",
        None,
        None,
        _("Slutdatum har passerat; avgörs när sidan läses."),
        automatic=True,
    ),
)

WAIVER = Machine("waiver", _("Undantag"), _STATES, _TRANSITIONS)
