"""Events of the candidacy and of protective security."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "candidacy.created",
        _("{role} lade in slutkandidaten {candidacy} i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidacy.edited",
        _("{role} ändrade {field} för {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "field"),
    ),
    EventSpec(
        "candidacy.entry_undone",
        _("{role} tog tillbaka inläggningen av {candidacy} i {reference}; inget var antecknat."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidacy.information_printed",
        _("{role} tog fram information till {candidacy} i {reference}."),
        ("role", "reference", "candidacy", "version"),
    ),
    EventSpec(
        "candidacy.listed",
        _("{role} läste slutkandidaternas läge i {reference} utanför sina uppdrag."),
        ("role", "reference"),
    ),
    EventSpec(
        "candidacy.not_selected",
        _("{role} avslutade kandidaturen {candidacy} i {reference} ({reason_code})."),
        ("role", "reference", "candidacy", "reason_code"),
    ),
    EventSpec(
        "candidacy.number_searched",
        _("{role} sökte på personnummer och fick {count} svar."),
        ("role", "count", "purpose"),
    ),
    EventSpec(
        "candidacy.name_searched",
        _("{role} sökte på namn bland egna rekryteringar och fick {count} svar."),
        ("role", "count", "purpose"),
    ),
    EventSpec(
        "candidacy.proceeded",
        _("{role} gick vidare till slutkontroll med {candidacy} i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidacy.protection_marked",
        _("{role} gick över till hantering för hand för {candidacy} i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidacy.ranked",
        _("{role} ändrade ordningen mellan slutkandidaterna i {reference}."),
        ("role", "reference"),
    ),
    EventSpec(
        "candidacy.reserved",
        _("{role} satte {candidacy} i {reference} som reserv."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidacy.revealed",
        _("{role} öppnade {field} för {candidacy} i {reference} ({purpose})."),
        ("role", "reference", "candidacy", "field", "purpose", "minutes"),
    ),
    EventSpec(
        "candidacy.taken_over",
        _("{role} lät {candidacy} ta över en plats i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidacy.withdrawn",
        _("{role} antecknade att {candidacy} i {reference} återtagit."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "protective.confirmed",
        _("{role} antecknade säkerhetsprövningen i {reference} som klar."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "protective.ended",
        _("{role} avslutade säkerhetsprövningen i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "protective.requested",
        _("{role} begärde säkerhetsprövning i {reference}."),
        ("role", "reference", "candidacy"),
    ),
)
