"""Replacing the master key: all it wraps is wrapped anew by the ring's current one. What is sealed stays as it is.

It wraps the case keys, and a key on top of each recipient's passphrase.

May run while the service does, which reads with every key of the ring; may be cut off and begun again. Once no key is
wrapped by an old master key, that one is destroyed: copies of the key store made before can then be opened by nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.db.models import QuerySet

from vetting.crypto import keyring
from vetting.crypto.errors import SealError
from vetting.crypto.keystore import KEYSTORE
from vetting.crypto.models import CaseKey, KeySlot

BATCH = 500
Wrapped = CaseKey | KeySlot
WRAPPED: tuple[type[Wrapped], ...] = (CaseKey, KeySlot)


@dataclass(slots=True)
class Rotated:
    """How many keys were wrapped anew, and the ids of those whose row is damaged and stays as it was."""

    count: int = 0
    damaged: list[UUID] = field(default_factory=list)


def waiting() -> int:
    """How many keys another master key than the current one wraps. Raises Locked."""
    current = keyring.ring().current
    return sum(_old(model, current).count() for model in WRAPPED)


def old_masters() -> list[str]:
    """The ids of the master keys that still wrap something, beside the current one. Raises Locked."""
    current = keyring.ring().current
    found = (_old(model, current).order_by("kek_id").values_list("kek_id", flat=True) for model in WRAPPED)
    return sorted({name for names in found for name in names.distinct()})


def rewrap(told: Callable[[int], None] | None = None) -> Rotated:
    """Wrap every key by the current master key, 500 at a time; `told` is called with how many are done.

    Raises Locked where the ring lacks a master key that is in use.
    """
    done, current = Rotated(), keyring.ring().current
    for model in WRAPPED:
        last = UUID(int=0)
        while batch := list(_old(model, current).filter(pk__gt=last).order_by("pk")[:BATCH]):
            with transaction.atomic(using=KEYSTORE, durable=True):
                for row in batch:
                    _rewrap(row, done)
            last = batch[-1].pk
            if told is not None:
                told(done.count)
    _empty_the_log()
    return done


def _rewrap(row: Wrapped, done: Rotated) -> None:
    try:
        key = keyring.unwrap(row.pk, row.kek_id, bytes(row.wrapped or b""))
    except SealError:
        done.damaged.append(row.pk)
        return
    kek_id, wrapped = keyring.wrap(row.pk, key)
    # Only as it was read: a key that was destroyed or replaced meanwhile does not come back.
    same = _of(type(row)).filter(pk=row.pk, kek_id=row.kek_id, wrapped=row.wrapped)
    done.count += same.update(kek_id=kek_id, wrapped=wrapped)


def _of(model: type[Wrapped]) -> QuerySet[Any]:
    return model._default_manager.using(KEYSTORE)


def _old(model: type[Wrapped], current: str) -> QuerySet[Any]:
    """Those another master key wraps; a slot that none wraps is not among them."""
    return _of(model).exclude(kek_id__in=(current, ""))


def _empty_the_log() -> None:
    """On SQLite old bytes leave the write-ahead log when it is emptied; PostgreSQL's vacuum sees to its own."""
    connection = connections[KEYSTORE]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
