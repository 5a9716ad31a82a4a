"""The recruitment, from draft to closed."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("draft", _("Utkast"), _("Behovet beskrivs och frågorna som styr kontrollerna besvaras.")),
    State("open", _("Öppen"), _("Slutkandidater läggs in och kontrolleras.")),
    State("decided", _("Beslutad"), _("Alla platser har beslut eller är avslutade.")),
    State("onboarding", _("Tillträde och introduktion"), _("Minst en person har börjat.")),
    State("closed", _("Avslutad"), _("Allt till och med introduktionen är klart."), final=True),
    State("cancelled", _("Avbruten"), _("Rekryteringen avbröts med neutralt skäl."), final=True),
)

_TRANSITIONS = (
    Transition(
        "create",
        ("new",),
        "draft",
        "recruitment.create",
        "recruitment.created",
        _(
            "Befattning, form, antal platser (1–500) och enhet är angivna; förtroendeuppdrag "
            "går inte att välja."
        ),
    ),
    Transition(
        "copy",
        ("new",),
        "draft",
        "recruitment.copy",
        "recruitment.copied",
        _("Det finns en tidigare rekrytering för samma befattning som personen får se."),
    ),
    Transition(
        "open",
        ("draft",),
        "open",
        "recruitment.open",
        "recruitment.opened",
        _(
            "Alla frågor som styr kontrollerna är besvarade, befattningens riskbedömning "
            "gäller och den som öppnar har lämnat jävsförklaring."
        ),
    ),
    Transition(
        "decide",
        ("open",),
        "decided",
        "decision.sign",
        "decision.signed",
        _("Sista platsen får beslut och ingen har börjat."),
        automatic=True,
    ),
    Transition(
        "decide_by_board",
        ("open",),
        "decided",
        "decision.record_board",
        "decision.board_recorded",
        _("Sista platsen får beslut av nämnd eller bolag och ingen har börjat."),
        automatic=True,
    ),
    Transition(
        "settle",
        ("open",),
        "decided",
        "recruitment.settle_places",
        "recruitment.places_settled",
        _("Minst en plats har beslut och ingen har börjat; kvarvarande kandidater får utfall först."),
        reason="list",
    ),
    Transition(
        "settle_while_onboarding",
        ("open",),
        "onboarding",
        "recruitment.settle_places",
        "recruitment.places_settled",
        _("Någon har redan börjat; kvarvarande kandidater får utfall först."),
        reason="list",
    ),
    Transition(
        "decide_while_onboarding",
        ("open",),
        "onboarding",
        "decision.sign",
        "decision.signed",
        _("Sista platsen får beslut och någon har redan börjat."),
        automatic=True,
    ),
    Transition(
        "board_decides_while_onboarding",
        ("open",),
        "onboarding",
        "decision.record_board",
        "decision.board_recorded",
        _("Sista platsen får beslut av nämnd eller bolag och någon har redan börjat."),
        automatic=True,
    ),
    Transition(
        "begin_onboarding",
        ("decided",),
        "onboarding",
        "engagement.confirm_start",
        "engagement.started",
        _("Första personen har börjat."),
        automatic=True,
    ),
    Transition(
        "reopen",
        ("decided", "onboarding"),
        "open",
        "recruitment.reopen",
        "recruitment.reopened",
        _("Någon som fått beslut har tagit tillbaka, så att en plats är ledig."),
        reason="list",
    ),
    Transition(
        "close",
        ("onboarding",),
        "closed",
        "recruitment.close",
        "recruitment.closed",
        _(
            "Alla med beslut har börjat eller tagit tillbaka, alla kontroller till och med "
            "introduktionen är klara eller behövs inte, och inga undantag gäller."
        ),
    ),
    Transition(
        "cancel",
        ("draft", "open", "decided"),
        "cancelled",
        "recruitment.cancel",
        "recruitment.cancelled",
        _(
            "Ingen har börjat och ingen har ett beslut som står kvar; sökande är "
            "informerade; annars avslutas i stället återstående platser."
        ),
        reason="list",
    ),
)

RECRUITMENT = Machine("recruitment", _("Rekrytering"), _STATES, _TRANSITIONS)
