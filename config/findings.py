"""What the log's own check cannot know: whether the key store still holds what the covered rows need (AUDIT_ALSO)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.db import models

from audit.integrity import Finding
from audit.plan import label_of
from config.jobs import key_columns
from vetting.crypto import keyring, keystore
from vetting.crypto.errors import NoKey, SealError
from vetting.crypto.sealed import SealedField

CHUNK = 500


def keys() -> Iterator[Finding]:
    """Sealed values in use whose key is gone (`key-missing`) or is not the one that was made (`key-damaged`).

    Earlier versions of rows are not asked: a key that was destroyed on purpose leaves them unreadable, as it should.
    Without the master keys only what is gone can be told.
    """
    for model, column in sorted(key_columns(), key=lambda found: label_of(found[0])):
        if model.__name__.startswith("Historical"):
            continue
        sealed = [f.attname for f in model._meta.concrete_fields if isinstance(f, SealedField)]
        holds = models.Q()
        for name in sealed:
            holds |= models.Q(**{f"{name}__isnull": False})
        rows = iter(model._base_manager.filter(holds).order_by("pk").values_list("pk", column).iterator(2000))
        while part := list(islice(rows, CHUNK)):
            yield from _part(model, part)
    keystore.forget_all()


def _part(model: type[models.Model], rows: list[tuple[UUID, UUID]]) -> Iterator[Finding]:
    there = keystore.existing([key for _, key in rows])
    keystore.forget_all()
    if keyring.is_open():
        keystore.preload(there)
    for row, key in rows:
        if key not in there:
            yield Finding("key-missing", label=label_of(model), row=row)
        elif keyring.is_open():
            try:
                keystore.get(key)
            except (SealError, NoKey):
                yield Finding("key-damaged", label=label_of(model), row=row)
