"""What happens to the check as a consequence of another act, or of time."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Transition

CONSEQUENCES = (
    Transition(
        "create",
        ("new",),
        "blocked",
        "recruitment.open",
        "recruitment.opened",
        _("Katalogen säger att kontrollen hör hit och att lagstödet gäller i dag."),
        automatic=True,
    ),
    Transition(
        "create_for_candidate",
        ("new",),
        "blocked",
        "candidacy.create",
        "candidacy.created",
        _("Katalogen säger att kontrollen hör hit och att lagstödet gäller i dag."),
        automatic=True,
    ),
    Transition(
        "create_for_engagement",
        ("new",),
        "blocked",
        "decision.sign",
        "decision.signed",
        _("Katalogen säger att kontrollen hör hit och att lagstödet gäller i dag."),
        automatic=True,
    ),
    Transition(
        "create_for_engagement_by_board",
        ("new",),
        "blocked",
        "decision.record_board",
        "decision.board_recorded",
        _("Katalogen säger att kontrollen hör hit och att lagstödet gäller i dag."),
        automatic=True,
    ),
    Transition(
        "create_for_position",
        ("new",),
        "blocked",
        "position.create",
        "position.created",
        _("Katalogen säger att kontrollen hör hit och att lagstödet gäller i dag."),
        automatic=True,
    ),
    Transition(
        "unblock",
        ("blocked",),
        "not_started",
        None,
        None,
        _("Det som skulle vara klart först är klart; avgörs när sidan läses."),
        automatic=True,
    ),
    Transition(
        "block",
        ("not_started",),
        "blocked",
        None,
        None,
        _(
            "Något som ska vara klart först är inte längre klart, eller lagstödet har "
            "upphört; avgörs när sidan läses."
        ),
        automatic=True,
    ),
    Transition(
        "request_protective",
        ("not_started", "expired"),
        "in_progress",
        "protective.request",
        "protective.requested",
        _("Befattningen kräver säkerhetsprövning."),
        automatic=True,
    ),
    Transition(
        "opinion_requested",
        ("not_started", "expired"),
        "in_progress",
        "opinion.request",
        "opinion.requested",
        _("Gäller bara raden för säkerhetsyttrande."),
        automatic=True,
    ),
    Transition(
        "opinion_renewed",
        ("not_started", "in_progress", "expired"),
        "in_progress",
        "opinion.renew",
        "opinion.renewed",
        _("Gäller bara raden för säkerhetsyttrande."),
        automatic=True,
    ),
    Transition(
        "opinion_recalled",
        ("in_progress",),
        "not_started",
        "opinion.recall",
        "opinion.recalled",
        _("Gäller bara raden för säkerhetsyttrande."),
        automatic=True,
    ),
    Transition(
        "opinion_supported",
        ("in_progress",),
        "done",
        "opinion.decide",
        "opinion.concluded",
        _("Gäller bara raden för säkerhetsyttrande: tillstyrkt, med eller utan villkor."),
        automatic=True,
    ),
    Transition(
        "opinion_not_supported",
        ("in_progress",),
        "not_started",
        "opinion.decide",
        "opinion.concluded",
        _("Gäller bara raden för säkerhetsyttrande: återlämnat eller avstyrkt; utfallet står på yttrandet."),
        automatic=True,
    ),
    Transition(
        "opinion_overruled",
        ("not_started",),
        "done",
        "escalation.decide",
        "escalation.decided",
        _(
            "Gäller bara raden för säkerhetsyttrande: den som beslutade efter lyft lät "
            "anställningen gå vidare."
        ),
        automatic=True,
    ),
    Transition(
        "opinion_overruled_by_board",
        ("not_started",),
        "done",
        "escalation.record_board",
        "escalation.board_recorded",
        _("Gäller bara raden för säkerhetsyttrande: nämnden lät anställningen gå vidare."),
        automatic=True,
    ),
    Transition(
        "decided",
        ("not_started",),
        "done",
        "decision.sign",
        "decision.signed",
        _("Gäller bara raden för beslutet."),
        automatic=True,
    ),
    Transition(
        "decided_by_board",
        ("not_started",),
        "done",
        "decision.record_board",
        "decision.board_recorded",
        _("Gäller bara raden för beslutet."),
        automatic=True,
    ),
    Transition(
        "risk_assessed",
        ("not_started", "expired"),
        "in_progress",
        "position.assess_risk",
        "position.risk_assessed",
        _("Gäller bara befattningens riskbedömning."),
        automatic=True,
    ),
    Transition(
        "expire",
        ("done",),
        "expired",
        None,
        None,
        _("Uppgiften är äldre än gränsen för beslutet; avgörs när sidan läses."),
        automatic=True,
    ),
    Transition(
        "hide_shown_note",
        ("done",),
        "not_applicable",
        "candidacy.mark_not_selected",
        "candidacy.not_selected",
        _(
            "Gäller bara utdrag som visats upp: anteckningen tas ur visning när personen "
            "inte anställs, utan egen händelse."
        ),
        automatic=True,
    ),
    Transition(
        "hide_shown_note_withdrawn",
        ("done",),
        "not_applicable",
        "candidacy.withdraw",
        "candidacy.withdrawn",
        _(
            "Gäller bara utdrag som visats upp: anteckningen tas ur visning när kandidaten "
            "tagit tillbaka, utan egen händelse."
        ),
        automatic=True,
    ),
)
