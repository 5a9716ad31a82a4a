"""What of the log lies outside the database: the mark, the key that moves on, and a log shut when they differ."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from audit import slots, state
from audit.errors import LogBroken
from audit.models import Entry, Tree
from audit.recorder import Who, record
from audit.sealer import seal_pending
from audit.state import EPOCH_SIZE
from tests.audit.testapp.models import Note

Sql = Callable[..., None]


def write(who: Who, count: int = 1) -> None:
    """So many sealed entries, in one transaction where there are many."""
    with transaction.atomic():
        for _ in range(count):
            record("note.read", who)
    seal_pending()


def sealed() -> list[Entry]:
    return list(Entry.objects.filter(position__isnull=False).order_by("position"))


def forget(sql: Sql, last: int) -> None:
    """As an older copy of the database would have it: without its last entries, and with a tree that fits."""
    from audit.merkle import Frontier
    from audit.triggers import _drop, installed

    with connection.cursor() as cursor:
        for name in installed("default"):
            _drop(connection, cursor, name)
    kept = sealed()[:-last]
    head = Frontier()
    for entry in kept:
        head.append(bytes(entry.leaf_hash))
    sql("DELETE FROM audit_entry WHERE position >= %s", len(kept))
    sql("UPDATE audit_tree SET size = %s, frontier = %s", head.size, head.to_bytes())


def test_every_entry_is_sealed_under_its_epoch_s_key(real_db, who: Who) -> None:
    write(who, EPOCH_SIZE + 3)
    key = state.first_key("main")
    assert key is not None
    entries = sealed()
    assert len(entries) == EPOCH_SIZE + 3
    for entry in entries:
        epoch_key = key if entry.position < EPOCH_SIZE else state.next_key(key)
        expected = state.seal_of(epoch_key, "main", entry.position, bytes(entry.leaf_hash))
        assert bytes(entry.seal) == expected


def test_the_mark_follows_each_commit_and_no_rollback(real_db, who: Who) -> None:
    write(who, 2)
    assert state.read_mark("main") == state.Mark(2, _root())
    with transaction.atomic():
        record("note.read", who, seal=True)
        transaction.set_rollback(True)
    assert state.read_mark("main").size == 2
    write(who)
    assert state.read_mark("main") == state.Mark(3, _root())


@pytest.mark.django_db
def test_the_mark_waits_for_the_commit_itself(who: Who, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record("note.read", who, seal=True)
    assert state.read_mark("main").size == 0


def _root() -> bytes:
    from audit.merkle import root

    return root([bytes(entry.leaf_hash) for entry in sealed()])


def test_a_key_that_is_no_longer_needed_is_nowhere(real_db, who: Who) -> None:
    write(who, EPOCH_SIZE - 1)
    first = state.first_key("main")
    assert first is not None
    (Path(settings.LOG_STATE) / "main.first").unlink()  # fetched by the auditor
    assert base64.b64encode(first) in _all_bytes()
    write(who)
    assert state.read_epoch("main") == 1
    assert base64.b64encode(first) not in _all_bytes()
    write(who, 2 * EPOCH_SIZE)
    assert state.read_epoch("main") == 3


def _all_bytes() -> bytes:
    return b"".join(path.read_bytes() for path in Path(settings.LOG_STATE).iterdir() if path.is_file())


def test_what_is_rolled_back_leaves_the_key_that_is_needed(real_db, who: Who) -> None:
    write(who, EPOCH_SIZE - 2)
    with transaction.atomic():
        for _ in range(5):
            record("note.read", who, seal=True)
        transaction.set_rollback(True)
    write(who, 5)
    assert [entry.position for entry in sealed()] == list(range(EPOCH_SIZE + 3))


def test_an_older_database_is_not_written_to(real_db, who: Who, sql: Sql) -> None:
    write(who, 5)
    forget(sql, 3)
    with pytest.raises(LogBroken, match="mark-behind: 3 of 5"):
        record("note.read", who, seal=True)
    assert Entry.objects.count() == 2
    # It stays shut, whatever the database says next, for acts that are sealed later too.
    with pytest.raises(LogBroken, match="mark-behind"):
        record("note.read", who)
    assert Entry.objects.count() == 2


def test_another_tree_of_the_same_size_is_not_written_to(real_db, who: Who, sql: Sql) -> None:
    write(who, 3)
    other = bytes(Tree.objects.get(name="main").frontier)
    sql("UPDATE audit_tree SET size = 4, frontier = %s", other[:32])
    sql("UPDATE audit_tree SET size = 5, frontier = %s", other[:32] * 2)
    state.advance("main", _head())
    sql("UPDATE audit_tree SET size = 6, frontier = %s", other[32:] * 2)
    state.advance("main", _head())
    from audit.triggers import _drop, installed

    with connection.cursor() as cursor:
        for name in installed("default"):
            _drop(connection, cursor, name)
    sql("UPDATE audit_tree SET frontier = %s", other)
    with pytest.raises(LogBroken, match="mark-root"):
        record("note.read", who, seal=True)


def _head():
    from audit.merkle import Frontier

    tree = Tree.objects.get(name="main")
    return Frontier.from_bytes(tree.size, bytes(tree.frontier))


def test_a_row_is_not_saved_where_the_log_is_shut(real_db, who: Who) -> None:
    from audit.recorder import act

    write(who)
    state.declare_broken("main", "mark-root: for the test")
    with pytest.raises(LogBroken), act("note.written", who) as a:
        a.save(Note(text="x"))
    assert not Note.objects.exists()


@pytest.mark.parametrize("kind", ["mark", "epoch"])
def test_a_state_that_is_gone_or_damaged_shuts_the_log(real_db, who: Who, kind: str) -> None:
    write(who)
    path = Path(settings.LOG_STATE) / f"main.{kind}"
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(LogBroken, match="state-missing"):
        record("note.read", who, seal=True)


def test_a_slot_cut_off_in_the_middle_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "mark"
    assert slots.read(str(path)) is None
    with slots.held(str(path)) as handle:
        for number in range(1, 40):
            slots.write(handle, number, f"text{number}")
            assert slots.read(str(path)) == (number, f"text{number}")
        with pytest.raises(ValueError, match="short word"):
            slots.write(handle, 1, "x" * 200)
    whole = path.read_bytes()
    assert len(whole) == 2 * slots.SLOT
    before, after = (38, "text38"), (39, "text39")
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut] + b"\x00" * (len(whole) - cut))
        assert slots.read(str(path)) in (None, before, after)
        damaged = bytearray(whole)
        damaged[cut] ^= 1
        path.write_bytes(bytes(damaged))
        assert slots.read(str(path)) in (before, after)
    with slots.held(str(path)) as handle:
        slots.write(handle, 40, "last", everywhere=True)
    assert path.read_bytes().count(b"40 last") == 2


@pytest.mark.parametrize("left", ["main.first", "main.mark", "main.epoch"])
def test_an_empty_file_left_by_a_full_disk_does_not_shut_a_new_log(real_db, who: Who, left: str) -> None:
    state.folder().mkdir(parents=True, exist_ok=True)
    (state.folder() / left).touch()
    write(who, 2)
    assert state.read_mark("main").size == 2
    assert state.first_key("main") is not None


def test_a_log_stays_shut_where_the_disk_had_no_room_for_why(real_db, who: Who) -> None:
    write(who)
    (state.folder() / "main.broken").touch()
    with pytest.raises(LogBroken, match="main: shut"):
        write(who)
