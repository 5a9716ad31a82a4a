"""The keyed digests by which a finalist is found again by number; outside history and log.

The demonstration tells thousands of recruitments before their rows are live, and collects the digests meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from vetting.recruitment.models import BlindIndex, Candidacy

Collected = dict[UUID, bytes]
_collected: ContextVar[Collected | None] = ContextVar("collected_digests", default=None)


def store(candidacy: Candidacy, digest: bytes) -> None:
    """Keep the digest of the finalist's number, in place of an earlier one."""
    collected = _collected.get()
    if collected is not None:
        collected[candidacy.pk] = digest
        return
    BlindIndex.objects.update_or_create(candidacy=candidacy, defaults={"digest": digest})


def drop(candidacy: Candidacy) -> None:
    """Forget the finalist's number."""
    collected = _collected.get()
    if collected is not None:
        collected.pop(candidacy.pk, None)
        return
    BlindIndex.objects.filter(candidacy=candidacy).delete()


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
        [BlindIndex(candidacy_id=pk, digest=digest) for pk, digest in digests.items()], batch_size=500
    )
