"""Cleans one file, in a process of its own that has little memory, little time and nothing else.

Run as a program: the file on standard input; on standard output four bytes with a length, so much JSON, and the copy.
What a crafted picture or document may do to the libraries that read it, it does here.
"""

from __future__ import annotations

import ctypes
import json
import resource
import struct
import sys
from pathlib import Path

MEMORY = 250 * 1024 * 1024
"""Bytes that the process may have of its own (RLIMIT_DATA)."""
SECONDS = 20
_NO_NEW_PRIVILEGES, _NO_DUMP, _NEW_USER_AND_NETWORK = 38, 4, 0x10000000 | 0x40000000


def confine() -> None:
    """Give up what cleaning does not need: memory, time, files, programs, and the network where the kernel lets one."""
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, 1024 * 1024 * 1024),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_NO_DUMP, 0, 0, 0, 0)
    libc.unshare(_NEW_USER_AND_NETWORK)


def peak() -> int:
    """The most memory that this program has had, KiB. (`getrusage` would count what the server had before it.)"""
    told = Path("/proc/self/status")
    lines = told.read_text().splitlines() if told.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def main() -> int:
    """Exit code 0 whenever an answer was written."""
    root = str(Path(__file__).resolve().parents[3])
    sys.path.insert(0, root)
    from vetting.reports.files import document, pictures, plain
    from vetting.reports.files.kinds import MOST, NotTaken, kind_of

    confine()
    said: dict[str, object]
    copy = b""
    try:
        data = sys.stdin.buffer.read(MOST + 1)
        kind = kind_of(data)
        if kind == "pdf":
            clean = document.clean(data)
        else:
            clean = plain.clean(data) if kind == "text" else pictures.clean(data, kind)
        said, copy = {"kind": clean.kind, "found": clean.found}, clean.data
    except NotTaken as error:
        said = {"why": error.why}
    except (MemoryError, RecursionError, OverflowError):
        said = {"why": "too_heavy"}
    said["peak"] = peak()
    head = json.dumps(said).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(head)) + head + copy)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
