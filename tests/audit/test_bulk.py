"""The bulk writer: the same scripted sequence gives the same rows as single acts."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from audit import clock
from audit.bulk import bulk
from audit.errors import BulkMisuse, RowTwice, UnknownFact
from audit.models import Blind, Entry, RowCommit
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.testapp.models import Folder, Note

pytestmark = pytest.mark.django_db

START = datetime(2024, 1, 1, 8, tzinfo=UTC)
KEYS = [UUID(int=n) for n in range(1, 20)]


def story(who: Who, release: Callable[[list], None]) -> None:
    """A folder, five notes written, changed and deleted, readings in between, an act that fails."""
    folder = Folder(id=KEYS[0], title="pärm")
    moments = iter(START + timedelta(minutes=n) for n in range(100))
    with clock.at(next(moments)), act("note.written", who, subject=folder.pk) as a:
        a.save(folder)
    notes = [
        Note(id=key, folder=folder, text=f"n{key.int}", extra={"å": [1]}, blob=b"x") for key in KEYS[1:6]
    ]
    with (
        clock.at(next(moments)),
        act("note.written", who, facts={"count": 2}, purpose="test", seal=True) as a,
    ):
        a.save(notes[0])
        notes[1].save()
    for round_ in range(3):
        for note in notes:
            note.count, note.at, note.day = round_, clock.now().replace(microsecond=5), START.date()
            note.at = START + timedelta(days=round_)
            with clock.at(next(moments)), act("note.written", who, subject=note.pk, once=uuid4()) as a:
                a.save(note)
        release(notes[:2])
        with clock.at(next(moments)):
            record("report.read", who)
        with pytest.raises(ZeroDivisionError), clock.at(next(moments)), act("note.written", who) as a:
            notes[0].text = "never"
            a.save(notes[0])
            raise ZeroDivisionError
        notes[0].text = "n2"
    short_lived = Note(id=KEYS[7], text="short")
    for _ in range(2):
        with clock.at(next(moments)), act("note.written", who) as a:
            a.save(short_lived)
    with clock.at(next(moments)), act("note.written", who) as a:
        a.delete(short_lived)


def content() -> dict[str, list]:
    """Everything in the tables but ids and what is drawn by lot, in the order it was told."""
    entries = list(Entry.objects.order_by("id"))
    number = {entry.id: n for n, entry in enumerate(entries)}
    told = []
    for entry in entries:
        leaf = entry.content
        rows = [(label, version) for label, version, _, _ in leaf.pop("rows", [])]
        for drawn in ("id", "event", "once"):
            leaf.pop(drawn, None)
        told.append((leaf, rows, entry.time, entry.position, entry.once is None))
    live = [
        (number[row.pop("entry_id")], row)
        for model in (Folder, Note)
        for row in model.objects.order_by("pk").values()
    ]
    history = [
        (number[row.pop("entry_id")], row)
        for model in (Folder, Note)
        for row in model.history.order_by("entry_id", "id").values()
        if row.pop("history_id")
    ]
    commits = list(RowCommit.objects.order_by("entry_id", "index").values_list("index", "label", "version"))
    return {
        "entries": told,
        "live": live,
        "history": history,
        "commits": commits,
        "blinds": [Blind.objects.count()],
    }


@pytest.mark.parametrize("batch", [1, 4, 1000])
def test_the_same_story_gives_the_same_rows(who: Who, found, batch: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        story(who, lambda rows: None)
        seal_pending()
        single = content()
        assert found() == []
        transaction.set_rollback(True)
    with bulk(batch) as writer:
        story(who, writer.release if batch > 1 else lambda rows: None)
    several = content()
    if single["entries"] != several["entries"]:
        # On PostgreSQL sealing follows the acts, so the sealed ones among them come first.
        for told in (single, several):
            told["entries"] = [(leaf, rows, time, once) for leaf, rows, time, _, once in told["entries"]]
    assert single == several
    assert found() == []


def test_single_acts_go_on_after_bulk(who: Who, found) -> None:
    note = Note(text="x")
    with bulk(), act("note.written", who) as a:
        a.save(note)
    with act("note.written", who) as b:
        b.save(note)
    assert b.id > a.id
    seal_pending()
    assert found() == []
    assert sorted(Entry.objects.values_list("position", flat=True)) == [0, 1]


def test_a_row_released_can_be_saved_again(who: Who, found) -> None:
    note = Note(text="x")
    with bulk(batch=2) as writer:
        for n in range(9):
            note.count = n
            with act("note.written", who) as a:
                a.save(note)
            writer.release([note])
    assert Note.objects.get().count == 8
    assert found() == []


def test_rows_that_were_there_before_are_updated(who: Who, found) -> None:
    note = Note(text="x")
    with act("note.written", who) as a:
        a.save(note)
    seal_pending()
    note = Note.objects.get()
    with bulk():
        note.text = "y"
        with act("note.written", who) as a:
            a.save(note)
    assert Note.objects.get().text == "y"
    assert found() == []


def test_nothing_is_told_after_what_happened_later(who: Who) -> None:
    with bulk(), clock.at(START):
        record("note.read", who)
        with pytest.raises(BulkMisuse), clock.at(START - timedelta(seconds=1)):
            record("note.read", who)


def test_the_rules_of_acts_hold(who: Who) -> None:
    with bulk():
        note = Note(text="x")
        with pytest.raises(UnknownFact), act("note.written", who, facts={"name": "x"}) as a:
            a.save(note)
        with pytest.raises(RowTwice), act("note.written", who) as a:
            a.save(note)
            a.save(note)
        assert note._state.adding
    assert Note.objects.count() == Entry.objects.count() == 0


def test_a_database_rule_broken_is_told_at_the_flush(who: Who) -> None:
    with pytest.raises(IntegrityError), bulk(), act("note.written", who) as a:
        a.save(Note(text="x", count=-1))
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("opened", [lambda who: act("note.read", who), lambda who: bulk()])
def test_bulk_is_begun_outside_acts_once(who: Who, opened: Callable) -> None:
    with opened(who), pytest.raises(BulkMisuse), bulk():
        pass


def test_somebody_else_writing_is_noticed(who: Who) -> None:
    from audit.context import current_writer

    def other() -> None:
        token = current_writer.set(None)
        with nullcontext():
            record("note.read", who, seal=True)
        current_writer.reset(token)

    with pytest.raises((BulkMisuse, IntegrityError)), bulk():
        record("note.read", who)
        other()
