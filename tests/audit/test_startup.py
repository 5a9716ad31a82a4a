"""A start finds out whether the database is the one this service wrote; two persons let a broken log go on."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from audit import bundle, signing, state
from audit.errors import CheckpointContradicted, LogBroken
from audit.integrity import findings
from audit.models import Entry, Tree
from audit.recorder import Who, record
from audit.restart import restart
from audit.sealer import seal_pending
from audit.startup import problems
from tests.audit.test_state import forget, sealed, write
from vetting.oversight.queries.state import log_state

Sql = Callable[..., None]


@pytest.fixture
def _events(settings) -> None:
    """The service's own events: the restart is one of them."""
    settings.AUDIT_EVENTS = "tests.audit.test_startup.EVENTS"


def _declared():
    from tests.audit.testapp.events import EVENTS as of_tests
    from vetting.policy.events import EVENTS as of_service

    return {**of_tests, "log.restarted": of_service["log.restarted"]}


EVENTS = _declared()


def test_all_is_well_before_the_first_entry_and_after(real_db, who: Who) -> None:
    assert problems() == []
    write(who, 5)
    assert problems() == []


def test_a_mark_that_lags_behind_is_no_fault(real_db, who: Who) -> None:
    write(who, 4)
    path = Path(settings.LOG_STATE) / "main.mark"
    lagging = path.read_bytes()
    write(who, 3)
    path.write_bytes(lagging)
    assert problems() == []
    record("note.read", who, seal=True)
    assert state.read_mark("main").size == 8


def test_an_older_database_is_told_with_how_many_entries_are_missing(real_db, who: Who, sql: Sql) -> None:
    write(who, 7)
    forget(sql, 3)
    assert problems() == ["The database is older than its log: 3 of 7 entries of main are missing."]


def test_a_log_that_was_rewritten_and_has_grown_is_told(real_db, who: Who, sql: Sql) -> None:
    write(who, 6)
    path = Path(settings.LOG_STATE) / "main.mark"
    mark = path.read_bytes()
    write(who, 2)
    path.write_bytes(mark)
    from audit.triggers import _drop, connections, installed

    with connections["default"].cursor() as cursor:
        for name in installed("default"):
            _drop(connections["default"], cursor, name)
    sql("UPDATE audit_entry SET leaf_hash = %s WHERE position = 1", b"\x07" * 32)
    assert problems() == ["The first 6 entries of main are not those that were written."]


def test_an_emptied_database_and_a_lost_state_are_told(real_db, who: Who, sql: Sql) -> None:
    write(who, 2)
    forget(sql, 2)
    sql("DELETE FROM audit_tree")
    assert problems() == ["The database is older than its log: 2 of 2 entries of main are missing."]
    state.discard("main")
    assert problems() == []


def test_a_lost_state_is_told(real_db, who: Who) -> None:
    write(who, 2)
    state.discard("main")
    assert len(problems()) == 1
    assert "LOG_STATE holds nothing of the log main, which has 2 entries" in problems()[0]


def test_a_shut_log_goes_on_as_a_new_tree_bound_to_the_old(real_db, who: Who, sql: Sql) -> None:
    write(who, 5)
    forget(sql, 2)
    head = Tree.objects.get(name="main")
    assert problems()
    other = uuid4()
    assert restart("main", who, other=other, reason="restored") == "main.2"
    assert problems() == []
    first = Entry.objects.get(tree="main.2")
    assert (first.position, first.action) == (0, "log.restarted")
    facts = first.facts
    assert (facts["tree"], facts["count"], facts["reason_code"], facts["other"]) == (
        "main",
        3,
        "restored",
        str(other),
    )
    from audit.merkle import Frontier

    assert facts["digest"] == Frontier.from_bytes(head.size, bytes(head.frontier)).root().hex()
    write(who, 2)
    assert {entry.tree: entry.position for entry in sealed()} == {"main": 2, "main.2": 2}
    assert list(map(str, findings())) == []
    state.declare_broken("main.2", "mark-root: for the test")
    assert restart("main", who, other=other, reason="tampered") == "main.3"
    assert Entry.objects.get(tree="main.3").facts["result"] == "mark-root"


def test_a_state_that_is_lost_after_a_restart_is_no_way_back_to_an_ended_tree(real_db, who: Who) -> None:
    write(who, 3)
    state.declare_broken("main", "mark-root: for the test")
    restart("main", who, other=uuid4(), reason="damaged")
    write(who, 2)
    for tree in list(state.trees()):
        state.discard(tree)
    assert problems()
    assert restart("main", who, other=uuid4(), reason="state_lost") == "main.3"
    assert problems() == []
    write(who)
    told = {entry.tree: entry.position for entry in sealed()}
    assert told == {"main": 2, "main.2": 2, "main.3": 1}
    assert Entry.objects.get(tree="main.3", position=0).facts["tree"] == "main.2"
    for tree in list(state.trees()):
        state.discard(tree)
    assert restart("main", who, other=uuid4(), reason="state_lost") == "main.4"
    write(who)
    assert problems() == []
    assert list(map(str, findings())) == []


def test_a_restart_that_fails_leaves_no_new_tree(real_db, who: Who, settings) -> None:
    write(who)
    settings.AUDIT_EVENTS = "tests.audit.testapp.events.EVENTS"
    from audit.errors import UnknownEvent

    with pytest.raises(UnknownEvent):
        restart("main", who, other=uuid4(), reason="restored")
    assert list(state.trees()) == ["main"]
    write(who)
    seal_pending()
    assert [entry.tree for entry in sealed()] == ["main", "main"]


def test_a_start_while_others_write_finds_nothing(real_db, who: Who, monkeypatch) -> None:
    """Another process commits between two looks: the mark must not be younger than the head it is held against."""
    write(who, 3)
    looked = Tree.objects.all

    def then_another_writes():
        found = list(looked())
        write(who)
        return found

    monkeypatch.setattr(Tree.objects, "all", then_another_writes)
    assert problems() == []


def test_a_restart_cut_off_before_its_entry_changes_nothing(real_db, who: Who) -> None:
    write(who, 3)
    state.declare_broken("main", "mark-behind: for the test")
    state.begin("main.2")  # and killed
    assert problems() == ["The log was shut: main: mark-behind: for the test"]
    with pytest.raises(LogBroken):
        record("note.read", who, seal=True)
    assert restart("main", who, other=uuid4(), reason="restored") == "main.2"
    assert problems() == []
    assert Entry.objects.get(tree="main.2", position=0).action == "log.restarted"
    assert list(map(str, findings())) == []


def test_a_restart_cut_off_after_its_entry_is_told_and_done_again(real_db, who: Who) -> None:
    write(who, 3)
    state.begin("main.2")
    path = Path(settings.LOG_STATE) / "main.2.mark"
    mark = path.read_bytes()
    restart("main", who, other=uuid4(), reason="restored")
    path.write_bytes(mark)  # killed before the new tree's mark moved on
    assert problems() == ["main was ended, but its successor did not take over: run audit_restart again."]
    assert restart("main", who, other=uuid4(), reason="restored") == "main.2"
    assert problems() == []
    assert list(map(str, findings())) == []


def test_what_is_missing_is_still_told_after_a_restart_that_was_cut_off(real_db, who: Who, sql: Sql) -> None:
    write(who, 3)
    forget(sql, 1)
    state.begin("main.2")
    assert [found.kind for found in findings()] == ["mark-behind"]


@pytest.mark.parametrize("stored", [b"", b"\x01", bytes(33)], ids=["none", "part of one", "more than one"])
def test_a_head_that_is_none_shuts_the_log_which_can_go_on(
    real_db, who: Who, sql: Sql, tmp_path: Path, stored: bytes
) -> None:
    write(who, 3)
    sql("UPDATE audit_tree SET size = size + 1, frontier = %s", stored)
    assert problems() == ["The head of main cannot be read in the database."]
    with pytest.raises(LogBroken, match="head-unreadable"):
        record("note.read", who, seal=True)
    # The bundle and the page about the log's state are what one then needs most; nothing is signed.
    assert bundle.write(tmp_path / "bundle", full=True)["trees"]["main"]["root"] == ""
    assert [tree.root for tree in log_state().trees] == [""]
    with pytest.raises(CheckpointContradicted, match="head-unreadable"):
        signing.sign("main")
    assert restart("main", who, other=uuid4(), reason="tampered") == "main.2"
    assert problems() == []
    record("note.read", who, seal=True)
    # What was broken stays in sight; the new tree goes on from the entries themselves.
    assert [(found.kind, found.label) for found in findings()] == [("tree-size", "main")]


def test_a_tree_of_days_does_not_tell_its_size_when_it_is_shut(real_db, sql: Sql) -> None:
    from audit.merkle import Frontier

    state.begin("reports")
    full, less = Frontier(), Frontier()
    for number in range(7):
        full.append(bytes([number]) * 32)
    less.append(bytes(32))
    state.advance("reports", full)
    sql("INSERT INTO audit_tree (name, size, frontier) VALUES ('reports', 1, %s)", less.to_bytes())
    assert problems() == ["The database is older than its log: some entries of reports are missing."]
    with pytest.raises(LogBroken) as refused:
        state.opened("reports", less)
    assert str(refused.value) == "reports: mark-behind: some entries are missing"
