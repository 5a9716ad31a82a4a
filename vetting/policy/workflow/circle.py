"""Who can read one report."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State(
        "proposed",
        _("Föreslagen"),
        _("Kan inte läsa."),
    ),
    State(
        "member",
        _("I kretsen"),
        _("Kan läsa med sin nyckel."),
    ),
    State(
        "rejected",
        _("Nekad"),
        _("Kan inte läsa."),
        final=True,
    ),
    State(
        "left",
        _("Har lämnat"),
        _("Nyckeln till anmälan är borttagen."),
        final=True,
    ),
)

_TRANSITIONS = (
    Transition(
        "seal_at_submission",
        ("new",),
        "member",
        "report.submit",
        "report.submitted",
        _("Alla mottagare i kanalen med jour eller uppdrag, utom dem som den som anmäler tagit bort."),
        automatic=True,
    ),
    Transition(
        "propose",
        ("new",),
        "proposed",
        "circle.propose",
        "circle.proposed",
        _("Den föreslagna har rollen i kanalen och är inte borttagen av den som anmält."),
        reason="list",
    ),
    Transition(
        "consent",
        ("proposed",),
        "member",
        "circle.consent",
        "circle.extended",
        _("En annan mottagare medger; nyckeln förseglas till den nya."),
        other_than=(
            "proposer",
            "grantee",
        ),
    ),
    Transition(
        "reject",
        ("proposed",),
        "rejected",
        "circle.reject",
        "circle.rejected",
        _("En annan mottagare säger nej."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "stand_aside",
        ("member",),
        "left",
        "circle.stand_aside",
        "circle.left",
        _("Minst två mottagare finns kvar, annars läggs en till först."),
    ),
    Transition(
        "removed_by_reporter",
        ("member",),
        "left",
        "report.change_consent",
        "report.consent_changed",
        _("Den som anmält tar bort en mottagare."),
        automatic=True,
    ),
)

CIRCLE = Machine("circle", _("Kretsen"), _STATES, _TRANSITIONS)
