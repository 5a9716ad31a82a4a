"""Every sentence of the first page stands in docs/promises.csv with a test, and the threat model tells the same."""

from __future__ import annotations

import pytest

from tests.house.promises import KINDS, PRINTED, document, rows
from tests.house.test_asvs import missing
from tests.reports.public.sentences import sentences
from tests.reports.public.visitor import Visitor
from tests.reports.recipients import Desk
from vetting.reports.public.promise import LEARNS, PROMISES

MARKS = {"Skyddat – ": "protected", "Inte skyddat – ": "not protected"}


@pytest.fixture
def page(desk: Desk, settings: object) -> list[tuple[str, str]]:
    """The sentences of the page, with what its mark says."""
    settings.DUTY_PHONE = ""
    found = []
    for text in sentences(Visitor().get("/anmal/").text):
        mark = next((each for each in MARKS if text.startswith(each)), "")
        found.append((text.removeprefix(mark), MARKS.get(mark, "")))
    return found


def test_a_sentence_on_the_page_is_a_row_of_the_table_and_the_reverse(page: list[tuple[str, str]]) -> None:
    assert [text for text, _mark in page] == [row.sentence for row in rows()]
    for (text, mark), row in zip(page, rows(), strict=True):
        assert (row.kind if row.kind in MARKS.values() else "") == mark, text


def test_whatever_promises_something_names_tests_that_exist() -> None:
    for row in rows():
        assert row.kind in KINDS, row.sentence
        assert bool(row.evidence) == bool(row.how) == (row.kind != "words"), row.sentence
        assert [said for each in row.evidence if (said := missing(each))] == []
        assert all("::test_" in each for each in row.evidence)


def test_the_program_the_table_and_the_threat_model_say_the_same() -> None:
    told = {row.sentence: row.kind for row in rows()}
    for promise in PROMISES:
        assert told[promise.text] == ("protected" if promise.is_kept else "not protected")
    for who, when in LEARNS:
        assert told[f"{who} – {when}"] == "learns"
    assert PRINTED.read_text(encoding="utf-8") == document(), "stale: python -m tests.house.promises"


def test_the_english_page_has_as_many_sentences(page: list[tuple[str, str]]) -> None:
    english = sentences(Visitor().get("/anmal/en/").text)
    assert len(english) == len(page)
    assert not set(english) & {text for text, _mark in page}


def test_a_new_sentence_is_noticed() -> None:
    """The reader finds paragraphs, points and rows of the main part, and nothing else."""
    html = (
        "<body><p>utanför</p><main><h1>Rubrik</h1><p>En <b>mening</b>.</p><ol><li>Två.</li></ol>"
        "<table><tr><th>Vem</th><td>aldrig</td></tr></table></main></body>"
    )
    assert sentences(html) == ["En mening.", "Två.", "Vem – aldrig"]
