"""Of several workers, one does a job; a job whose worker died is taken over."""

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections

from config import lease
from config.management.commands import work
from config.models import JobLease
from tests.harness.databases import RealDatabase

EVERY = timedelta(seconds=60)
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ran: list[str] = []


def good() -> None:
    """A job that is done."""
    ran.append("good")


def bad() -> None:
    """A job that fails, with a text that must not be printed."""
    raise ValueError("19121212-1212")


@pytest.mark.django_db
def test_a_lease_is_given_once_until_it_is_due_again() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    with time_machine.travel(START, tick=False):
        assert lease.take("job", one, EVERY)
        assert not lease.take("job", other, EVERY)
        assert lease.give_back("job", one, done=True)
        assert not lease.take("job", other, EVERY)
    with time_machine.travel(START + EVERY, tick=False):
        assert lease.take("job", other, EVERY)


@pytest.mark.django_db
def test_the_lease_of_a_dead_worker_runs_out() -> None:
    dead, heir = uuid.uuid4(), uuid.uuid4()
    with time_machine.travel(START, tick=False):
        assert lease.take("job", dead, EVERY)
    with time_machine.travel(START + lease.HOLD - timedelta(seconds=1), tick=False):
        assert not lease.take("job", heir, EVERY)
    with time_machine.travel(START + lease.HOLD, tick=False):
        assert lease.take("job", heir, EVERY)
        assert not lease.give_back("job", dead, done=True)
        assert JobLease.objects.get(name="job").last_done_at is None


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_without_its_values_and_the_next_is_done(settings, caplog) -> None:
    here = f"{__name__}."
    settings.WORK_JOBS = [("bad", f"{here}bad", 60), ("good", f"{here}good", 60)]
    ran.clear()
    assert not work.run_due(uuid.uuid4())
    assert ran == ["good"]
    from config.logs import PlaceFormatter

    printed = [PlaceFormatter().format(record) for record in caplog.records]
    assert any("Job bad failed." in line and "ValueError" in line for line in printed)
    assert not any("1212" in line for line in printed)


def test_of_many_workers_at_once_one_gets_the_lease(real_db: RealDatabase) -> None:
    answers: list[bool] = []
    gate = threading.Barrier(6)

    def ask() -> None:
        gate.wait()
        answers.append(lease.take("job", uuid.uuid4(), EVERY))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 5 + [True]
