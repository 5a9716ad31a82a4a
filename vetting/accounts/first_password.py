"""A generated password that is shown once and opens nothing but the page where it is replaced."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from audit.clock import now
from audit.models import Entry

if TYPE_CHECKING:
    from vetting.accounts.models import Account

# No letters or digits that are mistaken for each other on paper. 32 symbols: 20 of them are 100 bits.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 5, 4
DAYS = 7
"""How long it opens anything, from when it was shown (OWASP ASVS 6.4.1)."""
SHOWN_BY = ("account.created", "account.reset_confirmed")


def first_password() -> str:
    """A generated password of 100 bits in groups that can be read aloud."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def has_run_out(account: Account) -> bool:
    """Whether the account still has a first password, and that was shown more than seven days ago.

    When it was shown is read from the log, where nobody can put it off.
    """
    if not account.must_change_password:
        return False
    entries = Entry.objects.filter(subject=account.pk, action__in=SHOWN_BY)
    newest = entries.order_by("-id").values_list("time", flat=True).first()
    return (newest or account.created_at) + timedelta(days=DAYS) < now()
