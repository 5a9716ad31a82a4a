"""A recipient's key pair."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State(
        "pending",
        _("Väntar på intyg"),
        _("Inget förseglas till nyckeln."),
    ),
    State(
        "certified",
        _("Intygad"),
        _("Nya anmälningar förseglas till nyckeln."),
    ),
    State(
        "revoked",
        _("Spärrad"),
        _("Inget nytt förseglas till nyckeln."),
        final=True,
    ),
)

_TRANSITIONS = (
    Transition(
        "create",
        ("new",),
        "pending",
        "recipient_key.create",
        "recipient_key.created",
        _("Lösenfrasen är skapad av systemet och reservkoden utskriven."),
    ),
    Transition(
        "certify",
        ("pending",),
        "certified",
        "recipient_key.import_certificate",
        "recipient_key.certified",
        _("Intyget är undertecknat med rotnyckeln vid ceremonin."),
        other_than=("key_owner",),
    ),
    Transition(
        "rewrap",
        ("certified",),
        "certified",
        "recipient_key.rewrap",
        "recipient_key.rewrapped",
        _("Nyckeln är upplåst."),
    ),
    Transition(
        "recover",
        ("certified",),
        "certified",
        "recipient_key.recover",
        "recipient_key.recovered",
        _("Tre av fem delar har lämnats."),
    ),
    Transition(
        "revoke",
        (
            "pending",
            "certified",
        ),
        "revoked",
        "recipient_key.revoke",
        "recipient_key.revoked",
        _("Nyckeln är röjd, eller innehavaren har slutat."),
        reason="list",
    ),
)

RECIPIENT_KEY = Machine("recipient_key", _("Mottagarnyckel"), _STATES, _TRANSITIONS)
