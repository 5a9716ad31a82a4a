"""Events of opinion, escalation, decision and engagement."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "decision.board_recorded",
        _("{role} antecknade beslut av {target_body} om {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "target_body", "section", "date"),
    ),
    EventSpec(
        "decision.dates_recorded",
        _("{role} angav {field} {date} för {count} beslut."),
        ("role", "reference", "field", "date", "count"),
    ),
    EventSpec(
        "merit_statement.issued",
        _("{role} lämnade meritbesked i rekryteringen {reference}."),
        ("role", "reference", "digest"),
    ),
    EventSpec(
        "decision.printed", _("{role} skrev ut beslutet i {reference}."), ("role", "reference", "digest")
    ),
    EventSpec(
        "decision.reported_to_board",
        _("{role} anmälde {count} beslut till nämndens möte {date}."),
        ("role", "reference", "count", "date"),
    ),
    EventSpec(
        "decision.signed",
        _("{role} beslutade enligt {delegation_point} om {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "delegation_point", "date", "form"),
    ),
    EventSpec(
        "decision.viewed",
        _("{role} läste beslutet i {reference} utanför sina uppdrag."),
        ("role", "reference"),
    ),
    EventSpec("engagement.ended", _("{role} avslutade {engagement}."), ("role", "engagement", "date")),
    EventSpec(
        "engagement.exit_begun", _("{role} påbörjade avslut av {engagement}."), ("role", "engagement", "date")
    ),
    EventSpec(
        "engagement.exit_cancelled",
        _("{role} tog tillbaka avslutet av {engagement}."),
        ("role", "engagement"),
    ),
    EventSpec(
        "engagement.renewed",
        _("{role} antecknade {check} för uppföljningen {engagement}."),
        ("role", "engagement", "check", "date"),
    ),
    EventSpec(
        "engagement.started",
        _("{role} bekräftade start för {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "engagement", "date"),
    ),
    EventSpec(
        "engagement.viewed",
        _("{role} läste uppföljningen {engagement} utanför sina uppdrag."),
        ("role", "engagement"),
    ),
    EventSpec(
        "escalation.board_recorded",
        _("{role} antecknade nämndens beslut efter lyft om {candidacy} i {reference}: {result}."),
        ("role", "reference", "candidacy", "result", "section", "date"),
    ),
    EventSpec(
        "escalation.decided",
        _("{role} beslutade efter lyft om {candidacy} i {reference}: {result}."),
        ("role", "reference", "candidacy", "result", "section"),
    ),
    EventSpec(
        "opinion.concluded",
        _("Yttrandet om {candidacy} i {reference} är klart: {result}."),
        ("reference", "candidacy", "round", "result", "approvers"),
    ),
    EventSpec(
        "opinion.escalated",
        _("{role} lyfte frågan om {candidacy} i {reference} till {target_body}."),
        ("role", "reference", "candidacy", "target_body"),
    ),
    EventSpec(
        "opinion.set_aside",
        _("{role} beslutade mot säkerhetsyttrandet om {candidacy} i {reference}, med skriftligt skäl."),
        ("role", "reference", "candidacy", "round"),
    ),
    EventSpec(
        "opinion.prepared",
        _("{role} beredde yttrande om {candidacy} i {reference}, omgång {round}."),
        ("role", "reference", "candidacy", "round"),
    ),
    EventSpec(
        "opinion.reason_revealed",
        _("{role} öppnade skälen i yttrandet om {candidacy} i {reference} ({purpose})."),
        ("role", "reference", "candidacy", "round", "purpose"),
    ),
    EventSpec(
        "opinion.recalled",
        _("{role} återkallade begäran om yttrande om {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "round"),
    ),
    EventSpec(
        "opinion.renewed",
        _("{role} begärde förnyat yttrande om {candidacy} i {reference}, omgång {round}."),
        ("role", "reference", "candidacy", "round", "approvers"),
    ),
    EventSpec(
        "opinion.requested",
        _("{role} begärde yttrande om {candidacy} i {reference}, omgång {round}, {approvers} ska yttra sig."),
        ("role", "reference", "candidacy", "round", "approvers"),
    ),
    EventSpec(
        "opinion.taken",
        _("{role} tog yttrandet om {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "round"),
    ),
    EventSpec(
        "opinion.viewed",
        _("{role} läste yttrandets läge i {reference} utanför sina uppdrag."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "opinion.vote_recorded",
        _("{role} lämnade sitt yttrande om {candidacy} i {reference}; innehållet visas inte här."),
        ("role", "reference", "candidacy", "round", "method"),
    ),
    EventSpec(
        "opinion.vote_withdrawn",
        _("{role} tog tillbaka sitt yttrande om {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "round"),
    ),
)
