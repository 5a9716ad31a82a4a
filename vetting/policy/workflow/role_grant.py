"""A role of a person: two signatures, neither of them by whoever gets it."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("proposed", _("Föreslagen"), _("Ger ingen åtkomst.")),
    State("active", _("Gäller"), _("Rollen ger åtkomst.")),
    State("under_review", _("Genomgång pågår"), _("Gäller tills svarstiden gått ut.")),
    State("rejected", _("Avslagen"), _("Gav aldrig åtkomst."), final=True),
    State("withdrawn", _("Förslaget tillbakataget"), _("Gav aldrig åtkomst."), final=True),
    State("revoked", _("Borttagen"), _("Ger ingen åtkomst."), final=True),
    State("lapsed", _("Upphörd"), _("Slutdatum passerat eller genomgången obesvarad."), final=True),
)

_TRANSITIONS = (
    Transition(
        "propose",
        ("new",),
        "proposed",
        "role.propose",
        "role.proposed",
        _(
            "Rollen går ihop med personens andra roller; mottagarroller kräver beslut med datum och hänvisning, "
            "och en person i båda kanalerna kräver ett särskilt sådant som visas för den som anmäler."
        ),
        other_than=("grantee",),
    ),
    Transition(
        "propose_guest",
        ("new",),
        "proposed",
        "guest.propose",
        "guest.proposed",
        _(
            "Rekryteringen gäller personalfunktionen eller säkerhetsfunktionen, eller ingen annan kan yttra sig; högst "
            "14 dagar och bara denna rekrytering."
        ),
        other_than=("grantee",),
        reason="yes",
    ),
    Transition(
        "confirm",
        ("proposed",),
        "active",
        "role.confirm",
        "role.confirmed",
        _("Andra faktorn är på plats för rollen."),
        other_than=("proposer", "grantee"),
    ),
    Transition(
        "reject",
        ("proposed",),
        "rejected",
        "role.reject",
        "role.rejected",
        _("En annan person säger nej."),
        other_than=("proposer", "grantee"),
        reason="list",
    ),
    Transition(
        "withdraw",
        ("proposed",),
        "withdrawn",
        "role.withdraw",
        "role.withdrawn",
        _("Den som föreslog tar tillbaka."),
    ),
    Transition(
        "revoke",
        ("active", "under_review"),
        "revoked",
        "role.revoke",
        "role.revoked",
        _("Rollen ska bort genast; pågående arbete får ny ansvarig."),
        reason="list",
    ),
    Transition(
        "start_review",
        ("active",),
        "under_review",
        "access_review.start",
        "access_review.started",
        _("Oanvänd i 60 dagar eller utanför personens roll."),
    ),
    Transition(
        "keep",
        ("under_review",),
        "active",
        "access_review.answer",
        "access_review.answered",
        _("Den som svarar är en annan än den som har rollen."),
        other_than=("grantee",),
    ),
    Transition(
        "drop",
        ("under_review",),
        "revoked",
        "access_review.answer",
        "access_review.answered",
        _("Svaret är att rollen inte behövs."),
        other_than=("grantee",),
    ),
    Transition(
        "lapse",
        ("active", "under_review"),
        "lapsed",
        None,
        None,
        _("Slutdatum eller svarstid har passerat; avgörs när åtkomsten prövas."),
        automatic=True,
    ),
)

ROLE_GRANT = Machine("role_grant", _("Roll"), _STATES, _TRANSITIONS)
