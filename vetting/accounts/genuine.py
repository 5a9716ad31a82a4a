"""Whether an account is as this service wrote it: its password's hash, whose it is, and whether it is open.

Accounts are not in the history, where old hashes would outlive their passwords. Each row carries a fingerprint under a
key that is not in the database instead, and is asked for it whenever somebody acts with it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from django.db import models

from audit.keyed import fingerprint

if TYPE_CHECKING:
    from audit.integrity import Finding
    from vetting.accounts.models import Account

logger = logging.getLogger(__name__)
COLUMNS = ("username", "password", "email", "is_active", "must_change_password")


class Fingerprint(models.BinaryField):
    """The column: worked out anew at every save."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The fingerprint of the row as it is about to be."""
        made = fingerprint_of(model_instance)
        setattr(model_instance, self.attname, made)
        return made


def fingerprint_of(account: Any) -> bytes:
    """What the account's fingerprint should be."""
    values = [getattr(account, name) for name in COLUMNS]
    return fingerprint("account", [str(account.pk), str(account.person_id), *values])


def is_genuine(account: Account) -> bool:
    """Whether the row is as this service wrote it; where it is not, the server log has a line."""
    if compare_digest(bytes(account.fingerprint), fingerprint_of(account)):
        return True
    logger.error("account %s is not as this service wrote it, and is refused", account.pk)
    return False


def findings() -> Iterator[Finding]:
    """The accounts that were written or changed by somebody else (AUDIT_ALSO)."""
    from audit.integrity import Finding
    from vetting.accounts.models import Account

    for account in Account.objects.order_by("pk").iterator(2000):
        if not compare_digest(bytes(account.fingerprint), fingerprint_of(account)):
            yield Finding("account-edited", label="accounts.account", row=account.pk)
