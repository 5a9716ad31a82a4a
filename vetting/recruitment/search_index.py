"""The keyed digests by which a finalist is found again by number, and in a pool by name; outside history and log.

The demonstration tells thousands of recruitments before their rows are live, and collects the digests meanwhile.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID

from vetting.crypto import blind_index
from vetting.recruitment.models import BlindIndex, Candidacy, NameIndex, RoundPerson

NAME_PURPOSE = "candidacy.name"


class Kept(NamedTuple):
    """Of one finalist: the digest of her number and that of her name, where they are kept."""

    number: bytes | None = None
    name: bytes | None = None


Collected = dict[UUID, Kept]
_collected: ContextVar[Collected | None] = ContextVar("collected_digests", default=None)


def store(candidacy: Candidacy, digest: bytes) -> None:
    """Keep the digest of the finalist's number, in place of an earlier one."""
    collected = _collected.get()
    if collected is not None:
        collected[candidacy.pk] = collected.get(candidacy.pk, Kept())._replace(number=digest)
        return
    BlindIndex.objects.update_or_create(candidacy=candidacy, defaults={"digest": digest})


def store_name(candidacy: Candidacy, name: str) -> None:
    """Keep the digest of the finalist's name, in place of an earlier one."""
    digest = digest_of_name(name)
    collected = _collected.get()
    if collected is not None:
        collected[candidacy.pk] = collected.get(candidacy.pk, Kept())._replace(name=digest)
        return
    NameIndex.objects.update_or_create(candidacy=candidacy, defaults={"digest": digest})


def digest_of_name(name: str) -> bytes:
    """The digest of a name, the same in capitals or not, in either order, and with or without a hyphen."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).replace("-", " ")
    return blind_index.digest(NAME_PURPOSE, " ".join(sorted(folded.split())) or "-")


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
        [BlindIndex(candidacy_id=pk, digest=kept.number) for pk, kept in digests.items() if kept.number],
        batch_size=500,
    )
    NameIndex.objects.bulk_create(
        [NameIndex(candidacy_id=pk, digest=kept.name) for pk, kept in digests.items() if kept.name],
        batch_size=500,
    )
