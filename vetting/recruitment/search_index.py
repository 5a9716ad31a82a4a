"""The keyed digests by which a finalist is found again, by number and by name; outside history and log.

The demonstration tells thousands of recruitments before their rows are live, and collects the digests meanwhile.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hmac import compare_digest
from typing import NamedTuple
from uuid import UUID

from vetting.crypto import blind_index
from vetting.recruitment.models import BlindIndex, Candidacy, NameIndex, RoundPerson

NAME_PURPOSE = "candidacy.name"
CALLED_PURPOSE = "candidacy.called"
BOUND_PURPOSE = "candidacy.bound"
LETTERS = str.maketrans({"æ": "ä", "ø": "ö", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})
"""Letters that whoever hears a name writes with those of her own keyboard."""
OWN_LETTERS = frozenset("åäö")
SILENT = frozenset("'’‘`´.")
"""What stands within a name and is not heard: O'Brien."""


class Kept(NamedTuple):
    """Of one finalist: the digests of her number, her whole name and what she is called, where they are kept."""

    number: bytes | None = None
    name: bytes | None = None
    called: bytes | None = None


Collected = dict[UUID, Kept]
_collected: ContextVar[Collected | None] = ContextVar("collected_digests", default=None)


def store(candidacy: Candidacy, digest: bytes) -> None:
    """Keep the digest of the finalist's number, in place of an earlier one."""
    collected = _collected.get()
    if collected is not None:
        collected[candidacy.pk] = collected.get(candidacy.pk, Kept())._replace(number=digest)
        return
    told = {"digest": digest, "bound": bound(candidacy.pk, digest)}
    BlindIndex.objects.update_or_create(candidacy=candidacy, defaults=told)


def store_name(candidacy: Candidacy, name: str, *, whole: bool) -> None:
    """Keep the digest of what the finalist is called, in place of an earlier one; `whole`: of the whole name too."""
    digest, called = digest_of_name(name) if whole else None, digest_of_called(name)
    collected = _collected.get()
    if collected is not None:
        collected[candidacy.pk] = collected.get(candidacy.pk, Kept())._replace(name=digest, called=called)
        return
    NameIndex.objects.bulk_create(
        [_named(candidacy.pk, digest, called)],
        update_conflicts=True,
        unique_fields=["candidacy"],
        update_fields=["digest", "called", "bound"],
    )


def _named(candidacy: UUID, digest: bytes | None, called: bytes | None) -> NameIndex:
    told = bound(candidacy, digest, called)
    return NameIndex(candidacy_id=candidacy, digest=digest, called=called, bound=told)


def bound(candidacy: UUID, *digests: bytes | None) -> bytes:
    """What binds the digests of one row to the finalist whose they are, 32 bytes. Raises Locked without a key.

    Whoever can write in the database and sign in could else copy the digests of somebody she may not see into the row
    of a finalist of her own, and try names until one is found.
    """
    said = ":".join([candidacy.hex, *(bytes(each).hex() if each else "-" for each in digests)])
    return blind_index.digest(BOUND_PURPOSE, said)


def is_own(row: BlindIndex | NameIndex) -> bool:
    """Whether the digests of the row were made of what this finalist is called, or of her number."""
    digests = (row.digest, row.called) if isinstance(row, NameIndex) else (row.digest,)
    return row.bound is not None and compare_digest(bytes(row.bound), bound(row.candidacy_id, *digests))


def digest_of_name(name: str) -> bytes:
    """The digest of a name, the same in capitals or not, in either order, and with or without a hyphen."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).replace("-", " ")
    return blind_index.digest(NAME_PURPOSE, " ".join(sorted(folded.split())) or "-")


def digest_of_called(name: str) -> bytes:
    """The digest of the first and the last of somebody's names, in either order.

    The same in capitals or not, with or without accents (å, ä and ö are letters of their own), hyphens, the names
    between, and with the family name first before a comma.
    """
    heard = "".join(_heard(unicodedata.normalize("NFC", name).casefold()))
    family, comma, given = heard.partition(",")
    words = (f"{given} {family}" if comma else heard).replace(",", " ").split() or ["-"]
    return blind_index.digest(CALLED_PURPOSE, " ".join(sorted({words[0], words[-1]})))


def _heard(name: str) -> Iterator[str]:
    """The letters of a name as they are told apart by ear: a mark above or below one is left out."""
    for letter in unicodedata.normalize("NFC", name).translate(LETTERS):
        if letter in OWN_LETTERS:
            yield letter
            continue
        for part in unicodedata.normalize("NFKD", letter):
            kind = unicodedata.category(part)
            if kind == "Pd":
                yield " "
            elif kind not in {"Mn", "Cf"} and part not in SILENT:
                yield part


def drop(candidacy: Candidacy) -> None:
    """Forget the finalist's number and name, and by what she is recognised in a list."""
    collected = _collected.get()
    if collected is not None:
        collected.pop(candidacy.pk, None)
        return
    BlindIndex.objects.filter(candidacy=candidacy).delete()
    NameIndex.objects.filter(candidacy=candidacy).delete()
    RoundPerson.objects.filter(candidacy=candidacy).delete()


@contextmanager
def collecting() -> Iterator[Collected]:
    """Collect the digests in the block instead of writing them; the caller writes them when the rows are live.

    For rows that have never been live: one that is in the table already is not looked for.
    """
    collected: Collected = {}
    token = _collected.set(collected)
    try:
        yield collected
    finally:
        _collected.reset(token)


def write(digests: Collected) -> None:
    """Write collected digests of finalists that are live by now."""
    BlindIndex.objects.bulk_create(
        [
            BlindIndex(candidacy_id=pk, digest=kept.number, bound=bound(pk, kept.number))
            for pk, kept in digests.items()
            if kept.number
        ],
        batch_size=500,
    )
    NameIndex.objects.bulk_create(
        [_named(pk, kept.name, kept.called) for pk, kept in digests.items() if kept.called],
        batch_size=500,
    )
