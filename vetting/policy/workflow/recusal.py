"""Conflict of interest of one person in one recruitment."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("clear", _("Inget att anmäla"), _("Personen deltar.")),
    State("declared", _("Anmält – väntar på besked"), _("Personen kan inte handla i rekryteringen.")),
    State("participates", _("Deltar, saknar betydelse"), _("Bestämt med motivering.")),
    State("excluded", _("Deltar inte"), _("Rekryteringen finns inte för personen.")),
    State("ended", _("Upphört"), _("Rekryteringen är avslutad eller avbruten."), final=True),
)

_TRANSITIONS = (
    Transition(
        "declare_nothing",
        ("new",),
        "clear",
        "declaration.give",
        "declaration.given",
        _("Personen går med i rekryteringen eller slutkandidater har lagts in."),
    ),
    Transition(
        "declare_interest",
        ("new", "clear", "participates"),
        "declared",
        "declaration.give",
        "declaration.given",
        _("Personen anger att jäv kan finnas; släktingars nummer efterfrågas inte."),
        reason="yes",
    ),
    Transition(
        "let_participate",
        ("declared",),
        "participates",
        "declaration.decide",
        "declaration.decided",
        _("Jävet saknar betydelse."),
        other_than=("owner",),
        reason="yes",
    ),
    Transition(
        "exclude",
        ("declared",),
        "excluded",
        "declaration.decide",
        "declaration.decided",
        _("Personen deltar inte; ersättare träder in."),
        other_than=("owner",),
        reason="yes",
    ),
    Transition(
        "set",
        ("new", "clear", "declared", "participates"),
        "excluded",
        "recusal.set",
        "recusal.set",
        _("Funktionen har skäl att stänga av någon."),
        other_than=("owner",),
        reason="yes",
    ),
    Transition(
        "lift",
        ("excluded",),
        "participates",
        "recusal.lift",
        "recusal.lifted",
        _("Skälet gäller inte längre."),
        other_than=("owner", "setter"),
        reason="yes",
    ),
    Transition(
        "end",
        ("clear", "declared", "participates", "excluded"),
        "ended",
        "recruitment.close",
        "recruitment.closed",
        _("Rekryteringen är avslutad; den som inte deltagit får ändå inte läsa den."),
        automatic=True,
    ),
    Transition(
        "end_cancelled",
        ("clear", "declared", "participates", "excluded"),
        "ended",
        "recruitment.cancel",
        "recruitment.cancelled",
        _("Rekryteringen är avbruten; den som inte deltagit får ändå inte läsa den."),
        automatic=True,
    ),
)

RECUSAL = Machine("recusal", _("Jäv"), _STATES, _TRANSITIONS)
