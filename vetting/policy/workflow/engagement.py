"""The engagement, from the decision to its end."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("planned", _("Väntar på start"), _("Beslutet är fattat; kontroller före start pågår.")),
    State("not_started", _("Blev inte av"), _("Personen tog tillbaka före start."), final=True),
    State("active", _("Pågår"), _("Inget behöver göras nu.")),
    State(
        "renewal_due",
        _("Något ska förnyas"),
        _("En förklaring, legitimation, ett tillstånd, en utbildning eller genomgång ska göras om."),
    ),
    State("exiting", _("Avslutas"), _("Behörigheter stängs.")),
    State("ended", _("Avslutad"), _("Anställningen eller uppdraget har upphört."), final=True),
)

_TRANSITIONS = (
    Transition(
        "create",
        ("new",),
        "planned",
        "decision.sign",
        "decision.signed",
        _(
            "Skapas med beslutet, fristående från rekryteringen och med egen gallring, så "
            "att kontroller före start har ett hem."
        ),
        automatic=True,
    ),
    Transition(
        "create_by_board",
        ("new",),
        "planned",
        "decision.record_board",
        "decision.board_recorded",
        _("Skapas med nämndens eller bolagets beslut, på samma sätt."),
        automatic=True,
    ),
    Transition(
        "start",
        ("planned",),
        "active",
        "engagement.confirm_start",
        "engagement.started",
        _(
            "Sidan visar Får börja: alla kontroller före start är klara, behövs inte, har "
            "gällande undantag eller får kompletteras efter start."
        ),
    ),
    Transition(
        "not_taken_up",
        ("planned",),
        "not_started",
        "candidacy.withdraw",
        "candidacy.withdrawn",
        _("Personen tog tillbaka före start."),
        automatic=True,
    ),
    Transition(
        "fall_due",
        ("active",),
        "renewal_due",
        None,
        None,
        _(
            "Något ska göras om inom 30 dagar; aldrig en ny sökning i register om personen, "
            "utom legitimation; avgörs när sidan läses."
        ),
        automatic=True,
    ),
    Transition(
        "renew",
        ("renewal_due", "active"),
        "active",
        "engagement.record_renewal",
        "engagement.renewed",
        _("Förnyelsen är antecknad och inget mer ska göras om."),
    ),
    Transition(
        "begin_exit",
        ("active", "renewal_due"),
        "exiting",
        "engagement.begin_exit",
        "engagement.exit_begun",
        _("Sista dag är angiven."),
    ),
    Transition(
        "cancel_exit",
        ("exiting",),
        "active",
        "engagement.cancel_exit",
        "engagement.exit_cancelled",
        _("Anställningen fortsätter."),
        reason="list",
    ),
    Transition(
        "complete_exit",
        ("exiting",),
        "ended",
        "engagement.complete_exit",
        "engagement.ended",
        _("Behörigheter är stängda och påminnelse om tystnadsplikt är lämnad."),
    ),
)

ENGAGEMENT = Machine("engagement", _("Anställning eller uppdrag"), _STATES, _TRANSITIONS)
