"""What sealing costs: a value, and a list of 10,000 rows with three values each, none opened and all opened."""

from __future__ import annotations

import hashlib
import os
import timeit
import uuid
from collections.abc import Callable, Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from tests.benchmarks.measure import Figure, take_turns
from tests.benchmarks.tables.models import PlainPerson, SealedPerson
from vetting.crypto import envelope, keystore
from vetting.crypto.sealed import Opening, seal_into, unseal

ROWS, PIECE, ROUNDS = 10_000, 1_000, 15
_NONCE = bytes(12)
FIELDS = ("name", "contact", "number")
TEXTS = ("Astrid Hjortronhed", "070-174 06 05, astrid.hjortronhed@brev.example", "198001012389")


def values() -> Iterator[Figure]:
    """One value of a name's and of a page's length; the floor is AES-GCM alone under a key at hand."""
    key, where = os.urandom(32), envelope.place(envelope.named("bench.value"), uuid.uuid4(), uuid.uuid4())
    bare = AESGCM(key)
    for length in (12, 4_000):
        plain = os.urandom(length)
        blob, least = envelope.seal(key, where, plain), bare.encrypt(bytes(12), plain, where)
        works = {
            "seal": lambda plain=plain: envelope.seal(key, where, plain),
            "unseal": lambda blob=blob: envelope.unseal(key, where, blob),
            "encrypt": lambda plain=plain: bare.encrypt(bytes(12), plain, where),
            "decrypt": lambda least=least: bare.decrypt(bytes(12), least, where),
        }
        took = {name: _microseconds(work) for name, work in works.items()}
        for ours, theirs in (("seal", "encrypt"), ("unseal", "decrypt")):
            what = f"{ours} one value, {length} bytes stored as {len(blob)}"
            yield Figure("sealing", what, length, "µs", took[ours], f"bare {theirs}", took[theirs])


def lists(rows: int) -> list[Figure]:
    """A list of sealed rows under a key each beside the same rows in plain text; needs an empty database."""
    _fill(rows)

    def plain() -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for piece in _pieces(PlainPerson):
            found += [(row.name, row.contact, row.number) for row in piece]
        return found

    def closed() -> int:
        return sum(len(piece) for piece in _pieces(SealedPerson))

    def opened() -> list[tuple[str, ...]]:
        token, found = Opening(0), []
        for piece in _pieces(SealedPerson):
            keystore.forget_all()
            keystore.preload(row.case_id for row in piece)
            found += [tuple(unseal(row, name, token) for name in FIELDS) for row in piece]
        return found

    if opened() != plain():
        raise AssertionError("The sealed list opens to something else.")
    works = {"plain": plain, "closed": closed, "opened": opened, "bare": _bare(rows * len(FIELDS))}
    took = take_turns(works, ROUNDS, warm=1)
    ms = {name: seconds * 1000 for name, seconds in took.items()}
    beside = ("plain text", ms["plain"])
    closed_reach = 1.10 if connection.vendor == "sqlite" else 1.3
    return [
        Figure("sealing", "list, none opened", rows, "ms", ms["closed"], *beside, ("≤", closed_reach)),
        Figure("sealing", "list, all opened, a key each", rows, "ms", ms["opened"], *beside, ("≤", 3)),
        Figure("sealing", "SHA-512 and AES-GCM of its values alone", rows, "ms", ms["bare"], *beside),
    ]


def _bare(number: int) -> Callable[[], None]:
    """The floor of opening so many values: the library's calls alone, with keys, places and bytes at hand."""

    def once(key: bytes, salt: bytes) -> AESGCM:
        return AESGCM(hashlib.sha512(key + salt).digest()[:32])

    def value(text: str) -> tuple[bytes, bytes, bytes, bytes]:
        key, salt, where, plain = os.urandom(32), os.urandom(67), os.urandom(45), text.encode()
        padded = plain.ljust(envelope.size_class(len(plain)))
        return key, salt, where, once(key, salt).encrypt(_NONCE, padded, where)

    values = [value(text) for _ in range(number // len(TEXTS)) for text in TEXTS]

    def bare() -> None:
        for key, salt, where, sealed in values:
            once(key, salt).decrypt(_NONCE, sealed, where)

    return bare


def _pieces(model: type[PlainPerson] | type[SealedPerson]) -> Iterator[list[PlainPerson | SealedPerson]]:
    """The rows in order of their keys, a piece at a time, each after the last of the one before.

    Not by OFFSET: a server then sorts the whole table for each piece, in memory or on disk as its rows are wide.
    """
    rows = model.objects.order_by("pk")
    piece = list(rows[:PIECE])
    while piece:
        yield piece
        piece = list(rows.filter(pk__gt=piece[-1].pk)[:PIECE])


def _fill(rows: int) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(PlainPerson)
        editor.create_model(SealedPerson)
    for start in range(0, rows, PIECE):
        number = min(PIECE, rows - start)
        plain = [
            PlainPerson(case_id=uuid.uuid4(), **dict(zip(FIELDS, TEXTS, strict=True))) for _ in range(number)
        ]
        sealed = [SealedPerson(id=row.pk, case_id=row.case_id) for row in plain]
        keystore.forget_all()
        keystore.create_many(row.case_id for row in sealed)
        for row in sealed:
            for name, text in zip(FIELDS, TEXTS, strict=True):
                seal_into(row, name, text)
        PlainPerson.objects.bulk_create(plain)
        SealedPerson.objects.bulk_create(sealed)


def _microseconds(work: Callable[[], object], number: int = 4_000) -> float:
    """The best of five series, per call."""
    return min(timeit.repeat(work, number=number, repeat=5)) / number * 1e6
