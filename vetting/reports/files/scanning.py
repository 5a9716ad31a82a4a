"""ClamAV, where the operator has it: the file goes to its daemon through a socket, and nowhere else.

The protocol is clamd's INSTREAM (its manual, *clamd(8)*): lengths of four bytes with what they announce, and a zero.
"""

from __future__ import annotations

import socket
import struct

from django.conf import settings

from vetting.reports.files.kinds import NotTaken
from vetting.reports.models import File

SECONDS = 30.0
_PIECE = 64 * 1024


def scan(data: bytes) -> str:
    """`clean`, `none` without a scanner, `waiting` where it does not answer. Raises NotTaken("virus")."""
    if not settings.CLAMD_SOCKET:
        return str(File.Scan.NONE)
    try:
        said = _asked(b"zINSTREAM\0", data)
    except OSError:
        return str(File.Scan.WAITING)
    if said.endswith(b"FOUND"):
        raise NotTaken("virus")
    return str(File.Scan.CLEAN if said.endswith(b"OK") else File.Scan.WAITING)


def answers() -> bool:
    """Whether the scanner is there now."""
    try:
        return _asked(b"zPING\0") == b"PONG"
    except OSError:
        return False


def _asked(command: bytes, data: bytes | None = None) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS)
        line.connect(settings.CLAMD_SOCKET)
        line.sendall(command)
        if data is not None:
            for start in range(0, len(data), _PIECE):
                piece = data[start : start + _PIECE]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (piece := line.recv(4096)):
            answer += piece
    return answer.strip(b"\0\n ")
