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
HOURS = 24
"""How long it opens anything, from when it was shown (OWASP ASVS 6.4.1); and it opens once."""
SHOWN_BY = ("account.created", "account.reset_confirmed")


def first_password() -> str:
    """A generated password of 100 bits in groups that can be read aloud."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def has_run_out(account: Account) -> bool:
    """Whether the account still has a first password, and that was shown a day ago or has been used.

    When that was is read from the log, where nobody can put it off. It opens one sign-in: whoever finds it used before
    her gets no further and says so, and the log has the sign-in that was not hers.
    """
    if not account.must_change_password:
        return False
    entries = Entry.objects.filter(subject=account.pk, action__in=SHOWN_BY)
    newest = entries.order_by("-id").values_list("id", "time").first()
    number, shown = newest or (0, account.created_at)
    if shown + timedelta(hours=HOURS) < now():
        return True
    since = Entry.objects.filter(subject=account.pk, action="account.signed_in", id__gt=number)
    return any(entry.facts.get("method") == "password" for entry in since)
