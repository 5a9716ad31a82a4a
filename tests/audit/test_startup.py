"""A start finds out whether the database is the one this service wrote; two persons let a broken log go on."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from audit import state
from audit.integrity import findings
from audit.models import Entry, Tree
from audit.recorder import Who, record
from audit.restart import restart
from audit.sealer import seal_pending
from audit.startup import problems
from tests.audit.test_state import forget, sealed, write

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
