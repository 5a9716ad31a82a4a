"""What people in the demonstration report: invented, each with its kind."""

from __future__ import annotations

from typing import Any

STORIES: dict[str, list[tuple[str, str]]] = {
    "pressure": [
        (
            "En sökande väntade vid min bil och sade att jag borde tänka på mina barn när jag fattar beslut.",
            "veiled_threat",
        ),
        (
            "Jag blev bjuden på en resa av ett företag som har ett anbud hos oss. De ringer varje vecka.",
            "offer",
        ),
        (
            "Samma person har ringt sju gånger i dag och skriker att jag ska sluta om jag inte ändrar beslutet.",
            "harassment",
        ),
        ("Någon har lagt ut min adress och bild och skrivit att jag tar barn från familjer.", "exposure"),
        (
            "Min kusin bad mig titta i systemet efter en adress. Han sade att han måste få den.",
            "via_relative",
        ),
        ("Chefen sade att ärendet ska godkännas i dag, annars får jag andra uppgifter.", "from_inside"),
        ("Det stod två män utanför kontoret i går och i dag. De filmade när vi gick hem.", "stalking"),
    ],
    "whistleblowing": [
        (
            "Fakturor från ett och samma bolag delas upp så att de hamnar under gränsen för upphandling.",
            "offer",
        ),
        (
            "Kontroller som ska göras två gånger om året är ifyllda i efterhand utan att någon varit på plats.",
            "other",
        ),
        ("En chef anställer sina släktingar på timmar som ingen arbetar.", "friendship"),
    ],
}

FACTS: list[dict[str, Any]] = [
    {"when": "today", "actor": "single", "repeated": "no", "evidence": "no"},
    {"when": "this_week", "actor": "company", "aim": "procurement", "repeated": "yes", "evidence": "yes"},
    {"when": "this_month", "actor": "unknown", "aim": "decision", "where": ["phone"]},
    {
        "when": "ongoing",
        "actor": "family_network",
        "where": ["at_home", "social_media"],
        "effect": ["self_censorship"],
    },
]
