"""The demonstration's notes come out of the real acts, and none of them can be read where it lies."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit import clock
from audit.models import Entry
from tests.harness.databases import RealDatabase
from tests.recruitment.test_no_plaintext import _places
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.words import warnings_for
from vetting.recruitment.demo import noting
from vetting.recruitment.demo.seed import fill
from vetting.recruitment.models import Note

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
TEXTS = (*noting.CALLS, *noting.REMINDERS, noting.RIGHT, noting.AFTERWARDS)


def test_both_kinds_a_correction_and_one_that_was_read(world: World) -> None:
    for _number in range(2):
        Walk(world, "assistant").open().finalist()
    noting.fill()
    assert Note.objects.filter(kind="file_note").count() == 3
    assert Note.objects.filter(kind="comment").count() == 1
    assert Note.objects.filter(corrects__isnull=False).count() == 1
    assert Entry.objects.filter(action="note.revealed").count() == 1


def test_nothing_that_it_says_is_what_the_box_would_ask_about() -> None:
    assert [text for text in TEXTS if warnings_for(None, text)] == []


@pytest.mark.deadline(300)
def test_no_text_of_a_note_can_be_read_in_any_file(real_db: RealDatabase, tmp_path: Path) -> None:
    fill(40, until=NOW)
    with clock.at(NOW):
        noting.fill()
    assert Note.objects.count() > noting.GOING_ON
    for name, content in _places(real_db, tmp_path):
        for text in TEXTS:
            assert text.encode() not in content, name
            assert text.encode().hex().encode() not in content.lower(), name
