"""Whether an account is as this service wrote it: its password's hash, whose it is, and whether it is open.

Accounts are not in the history, where old hashes would outlive their passwords. Each row carries a fingerprint under a
key that is not in the database instead, and is asked for it whenever somebody acts with it. The fingerprint is bound to
the newest entry of the log that tells of a change to the account: a whole earlier row put back fits it no longer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from audit.keyed import fingerprint
from audit.models import Entry

if TYPE_CHECKING:
    from audit.integrity import Finding
    from vetting.accounts.models import Account

logger = logging.getLogger(__name__)
COLUMNS = ("username", "password", "email", "is_active", "must_change_password")
# After which the row is not what it was. Whoever records one of them calls `renew`.
CHANGES = ("account.sign_in_edited", "account.disabled", "account.reset_confirmed", "person.linked")
NEWEST = "newest_change"


class Fingerprint(models.BinaryField):
    """The column: worked out anew at every save."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        """The fingerprint of the row as it is about to be."""
        made = fingerprint_of(model_instance, newest_change(model_instance.pk))
        setattr(model_instance, self.attname, made)
        return made


def with_change(accounts: models.QuerySet[Account]) -> models.QuerySet[Account]:
    """The accounts, each with the id of the newest entry that changed it: what `is_genuine` otherwise asks for."""
    told = Entry.objects.filter(subject=models.OuterRef("pk"), action__in=CHANGES).order_by("-id")
    return accounts.annotate(**{NEWEST: models.Subquery(told.values("id")[:1])})


def newest_change(pk: UUID) -> int:
    """The id of the newest entry that changed this account, 0 where there is none."""
    told = Entry.objects.filter(subject=pk, action__in=CHANGES)
    return told.order_by("-id").values_list("id", flat=True).first() or 0


def renew(pk: UUID) -> None:
    """Bind the account as it is now to its newest change; called in the transaction that recorded the change."""
    from vetting.accounts.models import Account

    Account.objects.get(pk=pk).save(update_fields=["fingerprint"])


def fingerprint_of(account: Any, newest: int) -> bytes:
    """What the account's fingerprint should be, `newest` being the id of its newest change."""
    values = [getattr(account, name) for name in COLUMNS]
    bound: list[Any] = [newest] if newest else []
    # Which second factors it holds. One without any is as it was before there were such.
    factors = bytes(getattr(account, "factors", b""))
    if factors:
        bound.append(factors.hex())
    return fingerprint("account", [str(account.pk), str(account.person_id), *values, *bound])


def is_genuine(account: Account) -> bool:
    """Whether the row is as this service wrote it; where it is not, the server log has a line."""
    known = vars(account).get(NEWEST, Ellipsis)
    newest = newest_change(account.pk) if known is Ellipsis else known or 0
    if compare_digest(bytes(account.fingerprint), fingerprint_of(account, newest)):
        return True
    logger.error("account %s is not as this service wrote it, and is refused", account.pk)
    return False


def findings() -> Iterator[Finding]:
    """The accounts that were written or changed by somebody else (AUDIT_ALSO)."""
    from audit.integrity import Finding
    from vetting.accounts.models import Account

    for account in with_change(Account.objects.order_by("pk")).iterator(2000):
        newest = getattr(account, NEWEST) or 0
        if not compare_digest(bytes(account.fingerprint), fingerprint_of(account, newest)):
            yield Finding("account-edited", label="accounts.account", row=account.pk)
