"""Recruitments that have been decided, and a second way to draw: HMAC written out from RFC 2104, sharing no code."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.recruitment.world import World, put
from vetting.oversight.actions.samples import Wanted, draw_sample
from vetting.oversight.models import Sample
from vetting.recruitment.models import Recruitment

BLOCK = 64


def decided(world: World, number: int, on: date | None = None) -> list[str]:
    """So many recruitments of the procurement unit, decided on one day; their references."""
    day = on or world.today - timedelta(days=40)
    found = []
    for n in range(number):
        row = Recruitment(
            reference=f"R-2031-{n + 1:04d}",
            position=world.positions["buyer"],
            unit=world.units["procurement"],
            form="permanent",
            places=1,
            state="closed",
            manager=world.person("manager"),
            responsible=world.person("hr"),
            created_on=day - timedelta(days=30),
            opened_on=day - timedelta(days=29),
            decided_on=day,
            ended_on=day + timedelta(days=1),
            changed_at=world.person("hr").created_at,
        )
        put(row)
        found.append(row.reference)
    return found


def drawn(world: World, size: int, *, by: str = "security_head", **more: Any) -> Sample:
    """A sample of what the executive board's authority decided in the last hundred days."""
    first, last = world.today - timedelta(days=100), world.today - timedelta(days=1)
    wanted = Wanted(world.other_authority, first, last, size, **more)
    return draw_sample(wanted, by=world.actor(by))


def hmac_by_hand(key: bytes, message: bytes) -> bytes:
    """RFC 2104, section 2, with SHA-256."""
    padded = (key if len(key) <= BLOCK else hashlib.sha256(key).digest()).ljust(BLOCK, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in padded) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in padded) + inner).digest()


def smallest(seed: str, references: Iterable[str], size: int) -> list[str]:
    """The sample as the agreed method gives it."""
    key = bytes.fromhex(seed)
    return sorted(references, key=lambda each: hmac_by_hand(key, b"sample\n" + each.encode()))[:size]


def second_drawn(seed: str, reference: str, label: str, percent: int) -> bool:
    """Whether the finalist gets a second approver, as the agreed method gives it."""
    ticket = hmac_by_hand(bytes.fromhex(seed), f"second\n{reference}\n{label}\n1".encode())
    return int.from_bytes(ticket[:8], "big") / 2**64 < percent / 100


def unpacked(packed: bytes, folder: Path) -> Path:
    """The package on the auditor's disk."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder / "dragning"


def redraw(folder: Path, log: Path | None = None) -> tuple[int, str]:
    """The program that came with the package, in a Python that knows nothing of the service: exit code, findings."""
    with_log = ["--log", str(log)] if log is not None else []
    command = [sys.executable, "-I", "-S", str(folder / "redraw.py"), str(folder), *with_log]
    done = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout if done.returncode != 2 else done.stderr
