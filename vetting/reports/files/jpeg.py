"""The segments of a JPEG (ITU-T T.81, annex B): where it ends, and the same picture without what is told beside it."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.reports.files.kinds import NotTaken

_END, _SCAN = 0xD9, 0xDA
_ALONE = {0x01, 0xD8, *range(0xD0, 0xD8)}
"""Markers without a length: TEM, SOI, RST0–7."""
_KEPT = {0xE0, 0xEE}
"""JFIF and Adobe's: how the colours are meant. All other application segments and comments tell of something else."""


def segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) in order, a scan with its data. Raises NotTaken where it is cut off or none."""
    at = 0
    while True:
        if at + 2 > len(data) or data[at] != 0xFF:
            raise NotTaken("damaged")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2
        if marker != _END and marker not in _ALONE:
            length = int.from_bytes(data[end : end + 2], "big")
            if length < 2:
                raise NotTaken("damaged")
            end += length
        if marker == _SCAN:
            end = _after_scan(data, end)
        yield marker, at, end
        if marker == _END:
            return
        at = end


def end_of(data: bytes) -> int:
    """Where the picture ends. Raises NotTaken."""
    return [end for _marker, _start, end in segments(data)][-1]


def without_notes(data: bytes) -> bytes:
    """The same picture, point by point, without Exif, XMP, comments and what stands behind it. Raises NotTaken."""
    kept = (
        data[start:end]
        for marker, start, end in segments(data)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT
    )
    return b"".join(kept)


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker stands after a scan's data."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotTaken("damaged")
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at
