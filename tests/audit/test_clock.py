"""A server's clock that jumps: log time never falls, and each standstill is one entry."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction

from audit import clock, integrity, standstill
from audit.models import Entry
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.testapp.models import Note

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_told() -> Iterator[None]:
    standstill._told = None
    yield
    standstill._told = None


def at(moment: datetime, who: Who, action: str = "note.read") -> None:
    with clock.at(moment):
        record(action, who)


def told() -> list[tuple[str, datetime]]:
    return list(Entry.objects.order_by("id").values_list("action", "time"))


def test_an_hour_back_is_told_once_and_time_stands_still(real_db, who: Who, caplog) -> None:
    at(NOON, who)
    for minutes in (0, 10, 50):
        at(NOON - HOUR + timedelta(minutes=minutes), who)
    at(NOON + timedelta(minutes=5), who)
    assert told() == [
        ("note.read", NOON),
        ("note.read", NOON),
        ("clock.stepped_back", NOON),
        ("note.read", NOON),
        ("note.read", NOON),
        ("note.read", NOON + timedelta(minutes=5)),
    ]
    entry = Entry.objects.get(action="clock.stepped_back")
    assert (entry.actor_role, entry.facts["date"]) == ("system", "2026-03-04")
    assert len([r for r in caplog.records if "3600 seconds behind the log" in r.getMessage()]) == 1
    seal_pending()
    assert [str(found) for found in integrity.findings()] == []


def test_a_day_forward_and_back_again(real_db, who: Who) -> None:
    at(NOON, who)
    at(NOON + 24 * HOUR, who)
    at(NOON + HOUR, who)
    at(NOON + 25 * HOUR, who)
    assert [time for _, time in told()] == sorted(time for _, time in told())
    assert [action for action, _ in told()].count("clock.stepped_back") == 1
    assert told()[-1] == ("note.read", NOON + 25 * HOUR)


def test_every_jump_has_an_entry_of_its_own(real_db, who: Who) -> None:
    for day in range(3):
        at(NOON + 24 * day * HOUR, who)
        at(NOON + 24 * day * HOUR - HOUR, who)
    assert [action for action, _ in told()].count("clock.stepped_back") == 3


def test_a_moment_s_difference_is_not_a_jump(real_db, who: Who) -> None:
    at(NOON, who)
    at(NOON - standstill.TOLERANCE, who)
    assert [action for action, _ in told()] == ["note.read", "note.read"]


def test_other_processes_that_notice_the_same_jump_add_nothing(real_db, who: Who) -> None:
    at(NOON, who)
    at(NOON - HOUR, who)
    standstill._told = None  # as in another process
    at(NOON - HOUR, who)

    def write(_: int) -> None:
        standstill._told = None
        at(NOON - HOUR, who)
        connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(12)))
    assert [action for action, _ in told()].count("clock.stepped_back") == 1
    assert Entry.objects.count() == 16


def test_an_act_that_is_taken_back_tells_of_no_jump(real_db, who: Who) -> None:
    at(NOON, who)
    with clock.at(NOON - HOUR), transaction.atomic():
        with act("note.written", who) as a:
            a.save(Note(text="x"))
        transaction.set_rollback(True)
    assert told() == [("note.read", NOON)]


def test_the_tree_that_tells_days_keeps_its_day_and_tells_nothing(real_db, who: Who) -> None:
    at(NOON, who, "report.read")
    at(NOON - 24 * HOUR, who, "report.read")
    assert told() == [("report.read", NOON.replace(hour=0))] * 2


def test_where_the_jump_cannot_be_told_the_act_stands(real_db, who: Who, settings, caplog) -> None:
    at(NOON, who)
    settings.AUDIT_EVENTS = "tests.audit.test_clock.WITHOUT"
    at(NOON - HOUR, who)
    assert told() == [("note.read", NOON)] * 2
    assert "that the clock went back is not in the log: UnknownEvent" in caplog.text
    settings.AUDIT_EVENTS = "tests.audit.testapp.events.EVENTS"
    at(NOON - HOUR, who)
    assert told()[-1] == ("clock.stepped_back", NOON)


def _without():
    from tests.audit.testapp.events import EVENTS

    return {code: spec for code, spec in EVENTS.items() if code != "clock.stepped_back"}


WITHOUT = _without()
