"""Whether an account is as this service wrote it: its password's hash, whose it is, and whether it is open.

Accounts are not in the history, where old hashes would outlive their passwords. Each row carries a fingerprint under a
key that is not in the database instead, and is asked for it whenever somebody acts with it. The fingerprint is bound to
the newest entry of the log that tells of a change to the account: a whole earlier row put back fits it no longer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from hmac import compare_digest
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from audit.models import Entry
from vetting.accounts.fingerprints import CHANGES, fingerprint_of, newest_change
from vetting.accounts.models import Account

if TYPE_CHECKING:
    from audit.integrity import Finding

logger = logging.getLogger(__name__)
NEWEST = "newest_change"


def with_change(accounts: models.QuerySet[Account]) -> models.QuerySet[Account]:
    """The accounts, each with the id of the newest entry that changed it: what `is_genuine` otherwise asks for."""
    told = Entry.objects.filter(subject=models.OuterRef("pk"), action__in=CHANGES).order_by("-id")
    return accounts.annotate(**{NEWEST: models.Subquery(told.values("id")[:1])})


def renew(pk: UUID) -> None:
    """Bind the account as it is now to its newest change; called in the transaction that recorded the change."""
    Account.objects.get(pk=pk).save(update_fields=["fingerprint"])


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

    for account in with_change(Account.objects.order_by("pk")).iterator(2000):
        newest = getattr(account, NEWEST) or 0
        if not compare_digest(bytes(account.fingerprint), fingerprint_of(account, newest)):
            yield Finding("account-edited", label="accounts.account", row=account.pk)
