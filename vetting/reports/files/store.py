"""A file in sealed parts, under its report's key: never in the clear on a disk, and gone when that key is."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.reports.models import File, FilePart

PART = 256 * 1024
"""Bytes of a part, before it is sealed."""
_END = b"\x80"


def padded_length(length: int) -> int:
    """Padmé: at most an eighth more, and so that the length tells the size of a file only roughly."""
    exponent = max(length, 2).bit_length() - 1
    zeros = exponent - exponent.bit_length()
    mask = (1 << zeros) - 1
    return (length + mask) & ~mask


def seal(key: ContentKey, file: File, which: str, data: bytes) -> list[FilePart]:
    """The parts, not yet saved."""
    whole = (data + _END).ljust(padded_length(len(data) + 1), b"\0")
    starts = range(0, len(whole), PART)
    made = []
    for number, start in enumerate(starts):
        plain = whole[start : start + PART]
        blob = key.put_part(file, _label(which), number, plain, is_last=number == len(starts) - 1)
        made.append(FilePart(file=file, which=which, number=number, blob=blob))
    return made


def opened(key: ContentKey, file: File, which: str) -> bytes:
    """The file again. Raises SealError where a part is missing, changed, or in another's place."""
    rows = list(FilePart.objects.filter(file=file, which=which).order_by("number"))
    whole = b"".join(_each(key, file, which, rows)).rstrip(b"\0")
    if not whole.endswith(_END):
        raise SealError("The file does not end as sealed files do.")
    return whole[:-1]


def _each(key: ContentKey, file: File, which: str, rows: list[FilePart]) -> Iterator[bytes]:
    for number, row in enumerate(rows):
        yield key.part(file, _label(which), number, bytes(row.blob), is_last=number == len(rows) - 1)


def digest_of(parts: list[FilePart]) -> str:
    """Of the sealed bytes, in order."""
    made = sha256()
    for part in parts:
        made.update(part.blob)
    return made.hexdigest()


def is_whole(file: File) -> bool:
    """Whether the stored parts are those that the log answers for."""
    return digest_of(list(FilePart.objects.filter(file=file).order_by("which", "number"))) == file.digest


def _label(which: str) -> str:
    return f"file.{which}"
