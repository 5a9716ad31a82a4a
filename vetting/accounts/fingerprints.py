"""The fingerprint of an account's row, and what it is bound to; `genuine` says what it is for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from audit.keyed import fingerprint
from audit.models import Entry

COLUMNS = ("username", "password", "email", "is_active", "must_change_password")
# After which the row is not what it was. Whoever records one of them calls `renew`.
CHANGES = ("account.sign_in_edited", "account.disabled", "account.reset_confirmed", "person.linked")


class Fingerprint(models.BinaryField):
    """The column: worked out anew at every save."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The fingerprint of the row as it is about to be."""
        made = fingerprint_of(model_instance, newest_change(model_instance.pk))
        setattr(model_instance, self.attname, made)
        return made


def newest_change(pk: UUID) -> int:
    """The id of the newest entry that changed this account, 0 where there is none."""
    told = Entry.objects.filter(subject=pk, action__in=CHANGES)
    return told.order_by("-id").values_list("id", flat=True).first() or 0


def fingerprint_of(account: Any, newest: int) -> bytes:
    """What the account's fingerprint should be, `newest` being the id of its newest change."""
    values = [getattr(account, name) for name in COLUMNS]
    bound: list[Any] = [newest] if newest else []
    # Which second factors it holds. One without any is as it was before there were such.
    factors = bytes(getattr(account, "factors", b""))
    if factors:
        bound.append(factors.hex())
    return fingerprint("account", [str(account.pk), str(account.person_id), *values, *bound])
