"""*Klar för pool*: granted, lapsed by itself, renewed, revoked. *Lapsed* is judged when somebody asks, never stored."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import NEW, Machine, State, Transition

_STATES = (
    State("valid", _("Klar för pool"), _("Får bokas till och med datumet.")),
    State("lapsed", _("Gick ut"), _("Får inte bokas förrän den förnyats.")),
    State("revoked", _("Borttagen"), _("Får inte bokas."), final=True),
)

_TRANSITIONS = (
    Transition(
        "grant",
        (NEW,),
        "valid",
        "pool_clearance.grant",
        "pool_clearance.granted",
        _("Alla kontroller för profilen gäller och den som beslutar får besluta om poolen."),
    ),
    Transition(
        "lapse",
        ("valid",),
        "lapsed",
        None,
        None,
        _("Sista dag har passerat; avgörs när någon frågar."),
        automatic=True,
    ),
    Transition(
        "renew",
        ("lapsed", "valid"),
        "valid",
        "pool_clearance.grant",
        "pool_clearance.granted",
        _("Det som gått ut är gjort på nytt."),
    ),
    Transition(
        "revoke",
        ("valid", "lapsed"),
        "revoked",
        "pool_clearance.revoke",
        "pool_clearance.revoked",
        _("Skäl ur neutral lista."),
        reason="list",
    ),
)

POOL_CLEARANCE = Machine("pool_clearance", _("Klar för pool"), _STATES, _TRANSITIONS)
