"""A disk that is full, a database that is gone or held by another: nothing by half, words for people, and it passes."""

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import close_old_connections, connection, connections
from django.urls import reverse

from audit import integrity, startup
from audit.models import Entry
from audit.sealer import seal_pending
from tests.harness.databases import RealDatabase
from tests.recruitment.test_open_at_once import ANSWERS
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.recruitment.models import Recruitment

TOLD = "Det gick inte att spara"
# A full disk has room left on pages that are begun: this often at most before all of it is used.
PATIENCE = 400
SMALL = 160  # MiB


@pytest.fixture
def town(real_db: RealDatabase) -> World:
    world = build_world()
    Walk(world, "assistant").open()
    seal_pending()
    return world


def until_refused(ask: Callable[[], Any]) -> tuple[int, str]:
    """How often it was answered as usual before it was refused with the page for that, and that page."""
    for count in range(PATIENCE):
        close_old_connections()  # as the server does before each request, and the test client does not
        answer = ask()
        if answer.status_code == 503:
            assert answer.headers["Retry-After"] == "120"
            assert TOLD in answer.content.decode()
            return count, answer.content.decode()
        assert answer.status_code in {200, 302}
    pytest.fail("never refused")


def goes_through(world: World, fault: AbstractContextManager[None]) -> None:
    """Reading and acting are refused while it lasts, what was acknowledged is there, and then all goes on."""
    hr, reader = client_of(world, "hr"), client_of(world, "security_head")
    hr.raise_request_exception = reader.raise_request_exception = False
    recruitment = Recruitment.objects.get()
    page = reverse("recruitment_view", args=[recruitment.pk])
    typed = {
        "position": str(world.positions["assistant"].pk), "form": "permanent", "places": "1", "manager": "",
        "planned_start": "", "engagement_days": "", "steg": "oppna", **ANSWERS,
    }  # fmt: skip

    def act() -> Any:
        return hr.post(reverse("create_recruitment"), {**typed, "once": str(uuid4())})

    entries = Entry.objects.count()
    assert reader.get(page).status_code == 200
    assert Entry.objects.count() == entries + 1  # a reading that has to be recorded
    with fault:
        read, told = until_refused(lambda: reader.get(page))
        assert recruitment.reference not in told
        done, _told = until_refused(act)
    close_old_connections()
    seal_pending()
    assert [str(found) for found in integrity.findings()] == []
    assert startup.problems() == []
    assert Recruitment.objects.count() == 1 + done
    assert Entry.objects.filter(action="recruitment.opened").count() == 1 + done
    assert Entry.objects.filter(action="recruitment.viewed").count() == 1 + read
    assert reader.get(page).status_code == 200
    assert act().status_code == 302
    assert Recruitment.objects.count() == 2 + done


@contextmanager
def no_page_left() -> Iterator[None]:
    """SQLite may use not one page more, as on a disk that is full."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def writes_cut_off() -> Iterator[None]:
    """No file of this process grows beyond 256 KiB: a write is cut off in its middle, as on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # the write-ahead log begins at nothing
    earlier = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignoring = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 * 1024 + 1, earlier[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, earlier)
        signal.signal(signal.SIGXFSZ, ignoring)


@contextmanager
def held_by_another(name: str) -> Iterator[None]:
    """Another process has the write lock and does not give it back."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(name, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def shut(name: str) -> Iterator[None]:
    """The server ends every connection to the database and takes no new one, as when it is restarted."""
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


@contextmanager
def filled(place: Path) -> Iterator[None]:
    """Something else takes all the room there is left."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 8192):
                pass
        except OSError:
            pass
    yield
    filler.unlink()


@pytest.mark.parametrize("fault", [no_page_left, writes_cut_off])
def test_a_full_disk_under_sqlite(town: World, fault: Callable[[], AbstractContextManager[None]]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's way of being full.")
    goes_through(town, fault())


def test_a_sqlite_file_that_another_holds(town: World, real_db: RealDatabase) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows.")
    goes_through(town, held_by_another(real_db.names["default"]))


def test_a_postgresql_that_is_gone_for_a_moment(town: World, real_db: RealDatabase) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server.")
    goes_through(town, shut(real_db.names["default"]))


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A small file system that PostgreSQL may write to, as a tablespace of the name of the folder."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs none.")
    address = urlsplit(os.environ["TEST_DATABASE_URL"])
    is_here = parse_qs(address.query).get("host", [address.hostname or ""])[0].startswith("/")
    if os.geteuid() != 0 or not is_here:
        pytest.skip("A small disk takes root, and a PostgreSQL on this machine.")
    place = Path("/var/lib/postgresql") / f"small_{uuid4().hex[:8]}"
    place.mkdir(parents=True)
    size = f"size={SMALL}m"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True).returncode:
        place.rmdir()
        pytest.skip("A small disk cannot be mounted here.")
    subprocess.run(["chown", "postgres", place], check=True)
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE TABLESPACE {place.name} LOCATION '{place}'".encode())
        yield place
        server.execute(f"DROP TABLESPACE {place.name}".encode())
    subprocess.run(["umount", place], check=True)
    place.rmdir()


def test_a_full_disk_under_postgresql(small_disk: Path, real_db: RealDatabase) -> None:
    name = real_db.names["default"]
    connections.close_all()
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" SET TABLESPACE {small_disk.name}'.encode())
    world = build_world()
    Walk(world, "assistant").open()
    seal_pending()
    goes_through(world, filled(small_disk))
