"""A file cleaned in a process apart, one at a time: the server's own memory meets no picture and no document."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from vetting.reports.files import worker
from vetting.reports.files.kinds import Clean, NotTaken, kind_of

PATIENCE, WAIT = worker.SECONDS + 10, 20
"""Seconds until a file is given up, and seconds that the next one waits for its turn."""
_one_at_a_time = threading.BoundedSemaphore(1)


def cleaned(data: bytes) -> Clean:
    """A copy without what was hidden in the file. Raises NotTaken, `busy` where too many wait."""
    kind_of(data)  # most of what is not taken is known without a process
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise NotTaken("busy")
    try:
        said, copy, _peak = run(data)
    finally:
        _one_at_a_time.release()
    if "why" in said:
        raise NotTaken(str(said["why"]))
    return Clean(str(said["kind"]), copy, [(str(code), str(value)) for code, value in said["found"]])


def run(data: bytes) -> tuple[dict[str, Any], bytes, int]:
    """What the process answered, the copy, and the most memory it had (KiB). Whatever breaks it is `too_heavy`."""
    program = [sys.executable, "-I", str(Path(worker.__file__).resolve())]
    try:
        done = subprocess.run(program, input=data, capture_output=True, timeout=PATIENCE, env={}, check=False)
        (length,) = struct.unpack(">I", done.stdout[:4])
        said = json.loads(done.stdout[4 : 4 + length])
    except (subprocess.TimeoutExpired, struct.error, ValueError):
        return {"why": "too_heavy"}, b"", 0
    return said, done.stdout[4 + length :], int(said.pop("peak"))
