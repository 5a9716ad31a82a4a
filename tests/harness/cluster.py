"""A throw-away PostgreSQL cluster for whoever needs both engines in one run; nothing of it outlives the block."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
# Nothing is kept, so nothing waits for the disk.
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


@contextmanager
def server() -> Iterator[str | None]:
    """The address of a server: that of TEST_DATABASE_URL, or of a cluster of one's own; None where none can be had."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    found = _programs() or _provided()
    if found is None:
        yield None
        return
    room = Path(mkdtemp())
    room.chmod(0o711)
    place = room / "pg"
    place.mkdir()
    if os.getuid() == 0:
        shutil.chown(place, "postgres")
    try:
        control = [str(found / "pg_ctl"), "-D", str(place / "data")]
        _run(
            [
                str(found / "initdb"),
                "-D",
                str(place / "data"),
                "-U",
                "postgres",
                "-A",
                "trust",
                "--no-sync",
            ]
        )
        _run([*control, "-w", "-l", str(place / "log"), "-o", f"-k '{place}' {OPTIONS}", "start"])
        yield f"postgresql://postgres@/postgres?host={place}"
    finally:
        _run([*control, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(room, ignore_errors=True)


def ran(program: str, address: str, *said: str) -> bool:
    """Whether psql or pg_dump is here, and did what was asked with the database at `address`."""
    place = _programs()
    if place is None or not (place / program).exists():
        return False
    command = [str(place / program), f"--dbname={address}", *said]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return found[-1] if found else None


def _provided() -> Path | None:
    subprocess.run([ROOT / "scripts" / "provide", "postgresql"], check=False, stdout=sys.stderr)
    return _programs()


def _run(command: list[str], *, check: bool = True) -> None:
    # The server refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([*user, *command], check=check, cwd="/", env=environment, stdout=subprocess.DEVNULL)
