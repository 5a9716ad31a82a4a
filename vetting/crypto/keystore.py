"""Data keys, one per candidacy, wrapped and kept in a database of their own (alias `keystore`).

A key is committed before the data sealed under it, so a crash can leave a key without data (swept later) but
never data without a key. Whoever destroys the key has destroyed the data, in every copy of the data there is;
for copies of the key store itself that holds from the next replacement of the master key.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from vetting.crypto import keyring
from vetting.crypto.envelope import KEY_BYTES
from vetting.crypto.errors import NoKey, SealError, TooManyOrphans
from vetting.crypto.models import CaseKey

KEYSTORE = "keystore"
# Unwrapped keys held at a time for one request or job: a page needs tens, a bulk job works in pieces.
HELD_AT_MOST = 2048
YOUNGEST_ORPHAN = timedelta(minutes=10)
_BATCH = 500
# Many keys by their ids, which go as one value: as a list.
_ON_POSTGRESQL = "SELECT id, kek_id, wrapped FROM crypto_casekey WHERE id = ANY(%s::uuid[])"
_ON_SQLITE = "SELECT id, kek_id, wrapped FROM crypto_casekey WHERE id IN (SELECT value FROM json_each(%s))"
# By the id's number: a UUID is hashed and compared in Python, once for each value of a list.
_held: ContextVar[dict[int, bytes] | None] = ContextVar("unwrapped_keys", default=None)


class Prepared:
    """Keys made for data that is itself written in batches: committed together, before the batch they belong to."""

    def __init__(self) -> None:
        self.keys: dict[UUID, bytes] = {}
        self._waiting: dict[UUID, bytes] = {}
        self._outlived: dict[UUID, bytes] = {}

    def make(self, key_id: UUID) -> None:
        """A new key, ready for use; committed by `commit`."""
        self.keys[key_id] = self._waiting[key_id] = os.urandom(KEY_BYTES)
        forget(key_id)

    def replace(self, key_id: UUID) -> None:
        """A new key under the id; the one before is gone with `finish`, or was never committed."""
        if key_id in self._waiting:
            self.make(key_id)
        else:
            self.keys[key_id] = self._outlived[key_id] = os.urandom(KEY_BYTES)
            forget(key_id)

    def commit(self) -> None:
        """Commit the keys made so far: before the data sealed under them is written."""
        _store(self._waiting)
        self._waiting.clear()

    def finish(self) -> None:
        """Destroy the keys that were replaced, after the data that says so is written."""
        if self._outlived:
            _delete(list(self._outlived))
            _store(self._outlived)
            self._outlived.clear()


_prepared: ContextVar[Prepared | None] = ContextVar("prepared_keys", default=None)


@contextmanager
def prepared() -> Iterator[Prepared]:
    """Let `create` and `renew` in the block make keys without committing each; the caller commits them in batches."""
    own = Prepared()
    token = _prepared.set(own)
    try:
        yield own
    finally:
        _prepared.reset(token)
        forget_all()  # a key that was never committed must not be sealed under any more


def create(key_id: UUID) -> None:
    """Make and commit a new key, before anything is sealed under it.

    Raises Locked, IntegrityError where the id has a key already, RuntimeError inside a transaction on the key
    store (the key would then not be safe before the data).
    """
    batch = _prepared.get()
    if batch is not None:
        batch.make(key_id)
        return
    create_many([key_id])


def create_many(key_ids: Iterable[UUID]) -> None:
    """Make and commit new keys, all or none. Raises as `create`."""
    fresh = {key_id: os.urandom(KEY_BYTES) for key_id in key_ids}
    _store(fresh)
    for key_id, key in fresh.items():
        _hold(key_id, key)


def _store(keys: Mapping[UUID, bytes]) -> None:
    rows = []
    for key_id, key in keys.items():
        kek_id, wrapped = keyring.wrap(key_id, key)
        rows.append(CaseKey(id=key_id, kek_id=kek_id, wrapped=wrapped))
    with transaction.atomic(using=KEYSTORE, durable=True):
        _rows().bulk_create(rows, batch_size=_BATCH)


def get(key_id: UUID) -> bytes:
    """The unwrapped key, 32 bytes; read and unwrapped once per request.

    Raises NoKey where there is none, SealError where the row is damaged, Locked without the master key.
    """
    keyring.ring()
    held = _held.get()
    key = held.get(key_id.int) if held else None
    return _read(key_id) if key is None else key


def _read(key_id: UUID) -> bytes:
    batch = _prepared.get()
    if batch is not None and key_id in batch.keys:
        return _hold(key_id, batch.keys[key_id])
    row = _rows().filter(pk=key_id).first()
    if row is None:
        raise NoKey("There is no key for this value: it was never made, or it has been destroyed.")
    return _hold(key_id, keyring.unwrap(key_id, row.kek_id, bytes(row.wrapped)))


def preload(key_ids: Iterable[UUID]) -> None:
    """Unwrap many keys with one query per 500, before a list is opened. Missing and damaged keys are left to
    `get`.

    More than HELD_AT_MOST at a time are not all held. Raises Locked.
    """
    held = _all_held()
    wanted = list({key_id.int: key_id for key_id in key_ids if key_id.int not in held}.values())
    for start in range(0, len(wanted), _BATCH):
        for key_id, kek_id, wrapped in _wrapped(wanted[start : start + _BATCH]):
            try:
                _hold(key_id, keyring.unwrap(key_id, kek_id, wrapped))
            except SealError:
                continue


def _wrapped(key_ids: list[UUID]) -> Iterator[tuple[UUID, str, bytes]]:
    """The rows of at most 500 keys. In SQL, as a model's query spends more on 500 ids than the rest on the keys."""
    connection = connections[KEYSTORE]
    asked: dict[Any, UUID]
    if connection.vendor == "postgresql":
        asked = {key_id: key_id for key_id in key_ids}
        sql, value = _ON_POSTGRESQL, "{" + ",".join(key_id.hex for key_id in key_ids) + "}"
    else:
        asked = {key_id.hex: key_id for key_id in key_ids}
        sql, value = _ON_SQLITE, json.dumps(list(asked))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        for stored_id, kek_id, wrapped in cursor.fetchall():
            yield asked[stored_id], kek_id, bytes(wrapped)


def existing(key_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids (at most 500) that have a key."""
    return set(_rows().filter(pk__in=list(key_ids)).values_list("pk", flat=True))


def forget(key_id: UUID) -> None:
    """Drop one unwrapped key from this request's memory."""
    _all_held().pop(key_id.int, None)


def forget_all(**signal: Any) -> None:
    """Drop every unwrapped key; called around each request, and to be called by jobs between their pieces."""
    _held.set(None)


def destroy(key_id: UUID) -> bool:
    """Delete a key for good: what was sealed under it can never be opened again. Whether there was one.

    Needs no master key. On SQLite the bytes are overwritten and the write-ahead log emptied. Raises
    RuntimeError inside a transaction on the key store.
    """
    return _delete([key_id]) == 1


def destroy_many(key_ids: Iterable[UUID]) -> int:
    """Delete keys for good, all or none, and how many there were. Raises as `destroy`."""
    return _delete(list(key_ids))


def sweep_orphans(
    existing: Callable[[list[UUID]], set[UUID]],
    older_than: timedelta,
    *,
    at_most: int = 100,
    may: Callable[[int], bool] = bool,
) -> list[UUID]:
    """Destroy keys whose data was never written, and return their ids.

    `existing` is given up to 500 ids and answers with those that have data; `older_than` (at least ten
    minutes) leaves alone what a running transaction is about to write. More than `at_most` orphans raise
    TooManyOrphans and nothing is destroyed: it is then the data that is missing (a wrong or restored
    database), not the use of the keys. `may` is asked with how many there are before any is destroyed.
    Raises ValueError for a shorter time.
    """
    if older_than < YOUNGEST_ORPHAN:
        raise ValueError("Keys younger than ten minutes may belong to a running transaction.")
    old = list(_rows().filter(created_at__lt=timezone.now() - older_than).values_list("pk", flat=True))
    orphans: list[UUID] = []
    for start in range(0, len(old), _BATCH):
        batch = old[start : start + _BATCH]
        present = existing(batch)
        orphans += [key_id for key_id in batch if key_id not in present]
    if len(orphans) > at_most:
        raise TooManyOrphans(f"{len(orphans)} keys have no data; at most {at_most} are swept at a time.")
    if not orphans or not may(len(orphans)):
        return []
    _delete(orphans)
    return orphans


def _rows() -> QuerySet[CaseKey]:
    return CaseKey.objects.using(KEYSTORE)


def _all_held() -> dict[int, bytes]:
    held = _held.get()
    if held is None:
        _held.set(held := {})
    return held


def _hold(key_id: UUID, key: bytes) -> bytes:
    held = _all_held()
    while len(held) >= HELD_AT_MOST:
        del held[next(iter(held))]
    held[key_id.int] = key
    return key


def _delete(key_ids: list[UUID]) -> int:
    """Delete rows so that their bytes are gone from the file too, and drop what is held of them."""
    connection = connections[KEYSTORE]
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    with transaction.atomic(using=KEYSTORE, durable=True):
        deleted, _ = _rows().filter(pk__in=key_ids).delete()
    for key_id in key_ids:
        forget(key_id)
    if sqlite and not connection.in_atomic_block:
        # Overwritten pages reach the file, and the old ones leave the log, only when the log is emptied.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return deleted


def renew(key_id: UUID) -> None:
    """Destroy the key and make a new one under the same id: what was sealed before can never be read again."""
    batch = _prepared.get()
    if batch is not None:
        batch.replace(key_id)
        return
    destroy(key_id)
    create(key_id)


def made_at(key_id: UUID) -> datetime | None:
    """When the key was made (UTC), or None where there is none."""
    return _rows().filter(pk=key_id).values_list("created_at", flat=True).first()
