"""What one act does, and what nothing but an act can do."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from audit import clock
from audit.errors import (
    AlreadyDone,
    AppendOnly,
    AuditError,
    NestedAct,
    NotCanonical,
    OutsideAct,
    RowTwice,
    StaleRow,
    UnknownEvent,
    UnknownFact,
)
from audit.models import Blind, Entry, RowCommit
from audit.recorder import Who, act, record
from tests.audit.testapp.models import Folder, Note

pytestmark = pytest.mark.django_db


def write(who: Who, **values: object) -> Note:
    note = Note(**{"text": "first", **values})
    with act("note.written", who) as a:
        a.save(note)
    return note


def test_a_row_that_was_read_in_part_loses_nobodys_writing(who: Who, found) -> None:
    note = write(who, text="first", count=1, blob=b"\x00", extra={"a": 1})
    part, without = (
        Note.objects.only("count", "entry_id").get(pk=note.pk),
        Note.objects.only("count").get(pk=note.pk),
    )
    note.count = 2
    with act("note.written", who) as a:
        a.save(note)
    for old in (part, without):
        old.text = "second"
        with pytest.raises(StaleRow), act("note.written", who) as a:
            a.save(old)
    fresh = Note.objects.defer("count", "blob", "extra").get(pk=note.pk)
    fresh.text = "second"
    with act("note.written", who) as a:
        a.save(fresh)
    stored = Note.objects.get(pk=note.pk)
    assert (stored.text, stored.count, bytes(stored.blob), stored.extra) == ("second", 2, b"\x00", {"a": 1})
    assert found() == []


def test_an_act_writes_the_rows_their_history_and_one_entry(who: Who, found) -> None:
    subject = uuid4()
    folder = Folder(title="pärm")
    note = Note(
        folder=folder, text="å", count=2, day=date(2026, 5, 1), at=datetime(2026, 5, 1, 12, tzinfo=UTC),
        amount=Decimal("1.5"), extra={"b": [1, "å"], "a": None}, blob=b"\x00\x01",
    )  # fmt: skip
    with act("note.written", who, subject=subject, facts={"reference": "RK-1"}, purpose="test") as a:
        a.save(folder)
        a.save(note)
        a.facts["count"] = 2

    entry = Entry.objects.get()
    assert (entry.id, entry.action, entry.subject, entry.purpose) == (a.id, "note.written", subject, "test")
    assert (entry.actor_person, entry.actor_account, entry.actor_role) == (
        who.person_id,
        who.account_id,
        who.role,
    )
    assert entry.facts == {"role": who.role, "reference": "RK-1", "count": 2}
    assert folder.entry_id == note.entry_id == entry.id
    history = Note.history.get()
    assert (history.history_type, history.history_date, history.entry_id) == ("+", entry.time, entry.id)
    assert history.text == "å"
    assert [row[0] for row in entry.content["rows"]] == ["audit_tests.folder", "audit_tests.note"]
    assert list(entry.rows.order_by("index").values_list("label", flat=True)) == [
        "audit_tests.folder", "audit_tests.note",
    ]  # fmt: skip
    assert Blind.objects.count() == 2
    assert found() == []


def test_changes_and_deletes_have_history_too(who: Who, found) -> None:
    note = write(who)
    note.text = "second"
    with act("note.written", who) as a:
        note.save()  # a plain save in an act is the act's
    with act("note.written", who) as a:
        a.delete(note)
    kinds = Note.history.order_by("entry_id").values_list("history_type", "text")
    assert list(kinds) == [("+", "first"), ("~", "second"), ("-", "second")]
    assert Note.objects.count() == 0
    assert found() == []


def test_what_others_save_or_create_in_an_act_is_the_acts(who: Who, found) -> None:
    with act("note.written", who):
        folder, created = Folder.objects.get_or_create(title="x")
        Note.objects.create(text="x", folder=folder)
    assert created
    assert Entry.objects.get().rows.count() == 2
    assert found() == []


def test_nothing_remains_of_an_act_that_fails(who: Who) -> None:
    note = Note(text="x")
    with pytest.raises(ZeroDivisionError), act("note.written", who) as a:
        a.save(note)
        raise ZeroDivisionError
    assert (Entry.objects.count(), Note.objects.count(), Note.history.count(), RowCommit.objects.count()) == (
        0,
    ) * 4
    assert note._state.adding
    assert note.entry_id is None
    with act("note.written", who) as a:
        a.save(note)
    assert Note.objects.count() == 1


def test_a_database_rule_broken_leaves_nothing(who: Who) -> None:
    with pytest.raises(IntegrityError), act("note.written", who) as a:
        a.save(Note(text="x", count=-1))
    assert Entry.objects.count() == 0


def test_outside_an_act_nothing_is_saved_or_deleted(who: Who) -> None:
    note = write(who)
    for attempt in (
        lambda: Note(text="x").save(),
        lambda: Note.objects.create(text="x"),
        note.save,
        note.delete,
        note.save_without_historical_record,
    ):
        with pytest.raises(OutsideAct):
            attempt()
    for attempt in (
        # Round Covered's own methods: stopped by the signal, or already by the database.
        lambda: models.Model.save(note),
        lambda: models.Model.save(Note(text="x", entry_id=note.entry_id)),
        lambda: models.Model.delete(note),
        lambda: Note(text="x", entry_id=note.entry_id).save_base(raw=True),
    ):
        with pytest.raises((AuditError, IntegrityError)), transaction.atomic():
            attempt()
    assert Entry.objects.count() == Note.history.count() == Note.objects.count() == 1


def test_querysets_neither_change_nor_delete(who: Who) -> None:
    note = write(who)
    with act("note.written", who):
        for attempt in (
            lambda: Note.objects.update(text="x"),
            lambda: Note.objects.all().delete(),
            lambda: Note.objects.bulk_create([Note(text="x")]),
            lambda: Note.objects.bulk_update([note], ["text"]),
        ):
            with pytest.raises(OutsideAct):
                attempt()
        for attempt in (
            lambda: Note.history.update(text="x"),
            lambda: Note.history.all().delete(),
            lambda: Note.history.get().save(),
            lambda: Note.history.get().delete(),
            lambda: note.history.all().delete(),
            lambda: Entry.objects.update(action="x"),
            lambda: Entry().save(),
            lambda: Entry.objects.bulk_create([Entry()]),
            lambda: RowCommit.objects.all().delete(),
        ):
            with pytest.raises(AppendOnly):
                attempt()


def test_history_cannot_be_skipped_or_dated(who: Who, settings, found) -> None:
    settings.SIMPLE_HISTORY_ENABLED = False
    note = Note(text="x")
    note.skip_history_when_saving = True
    note._history_date = datetime(2001, 1, 1, tzinfo=UTC)
    with act("note.written", who) as a:
        a.save(note)
    assert Note.history.get().history_date == a.time
    assert found() == []


def test_update_fields_saves_the_whole_row_all_the_same(who: Who, found) -> None:
    note = write(who)
    note.text, note.count = "changed", 5
    with act("note.written", who):
        note.save(update_fields=["text"])
    assert Note.objects.get().count == 5
    assert found() == []


def test_a_row_changed_meanwhile_is_not_overwritten(who: Who) -> None:
    note = write(who)
    other = Note.objects.get()
    with act("note.written", who) as a:
        a.save(other)
    for attempt in ("save", "delete"):
        with pytest.raises(StaleRow), act("note.written", who) as a:
            getattr(a, attempt)(note)
    assert Entry.objects.count() == 2


def test_each_row_once_and_acts_do_not_nest(who: Who) -> None:
    note = Note(text="x")
    with pytest.raises(RowTwice), act("note.written", who) as a:
        a.save(note)
        a.save(note)
    with pytest.raises(NestedAct), act("note.written", who), act("note.read", who):
        pass
    with transaction.atomic():
        for _ in range(2):
            record("note.read", who)
    assert Entry.objects.count() == 2


def test_once(who: Who) -> None:
    once = uuid4()
    record("note.read", who, once=once)
    with pytest.raises(AlreadyDone), act("note.written", who, once=once) as a:
        a.save(Note(text="x"))
    assert (Entry.objects.count(), Note.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("action", "facts", "error"),
    [
        ("note.unheard_of", {}, UnknownEvent),
        ("note.read", {"name": "x"}, UnknownFact),
        ("note.written", {"reference": "free text\nin lines"}, UnknownFact),
        ("note.written", {"count": 1.5}, UnknownFact),
    ],
)
def test_only_declared_events_and_facts(who: Who, action: str, facts: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        record(action, who, facts=facts)
    assert Entry.objects.count() == 0


def test_a_fact_added_in_the_block_is_judged_too(who: Who) -> None:
    with pytest.raises(UnknownFact), act("note.written", who) as a:
        a.save(Note(text="x"))
        a.facts["name"] = "Anna"
    assert Note.objects.count() == 0


def test_a_value_of_another_type_than_its_column_is_named(who: Who) -> None:
    with pytest.raises(NotCanonical, match=r"audit_tests\.note\.count"), act("note.written", who) as a:
        a.save(Note(text="x", count="5"))
    assert Note.objects.count() == 0


def test_time_never_goes_back(who: Who) -> None:
    moment = datetime(2030, 1, 1, 12, tzinfo=UTC)
    with clock.at(moment):
        record("note.read", who)
    with clock.at(moment - timedelta(hours=1)):
        assert record("note.read", who).time == moment
    assert set(Entry.objects.values_list("time", flat=True)) == {moment}


def test_a_tree_of_days_holds_no_hours(who: Who) -> None:
    with clock.at(datetime(2030, 1, 1, 12, 34, 56, tzinfo=UTC)):
        record("note.read", who)
        done = record("report.read", who)
    entry = Entry.objects.get(id=done.id)
    assert entry.tree == "reports"
    assert entry.content["time"] == "2030-01-01T00:00:00.000000Z"


def test_rows_locked_inside_an_act_get_its_later_entry(who: Who) -> None:
    # The id is reserved at the first save, after the lock, so an act that waited is the later one.
    note = write(who)
    with act("note.written", who) as a:
        locked = Note.objects.select_for_update().get(pk=note.pk)
        assert a._reservation is None
        a.save(locked)
    assert locked.entry_id == a.id > note.entry_id


def test_an_entry_needs_few_queries(who: Who, django_assert_num_queries) -> None:
    note = write(who)
    # savepoint, id, row, log, release; on SQLite the log is five statements
    with (
        django_assert_num_queries(5 if connection.vendor == "postgresql" else 9),
        act("note.written", who) as a,
    ):
        a.save(note)
