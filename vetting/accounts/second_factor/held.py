"""The second factors an account holds, and whether their rows are as this service wrote them.

The rows are allauth's. The account carries a digest of all of them inside its own fingerprint, whose key is not in the
database: a row that was inserted, changed, put back or taken away by somebody else makes the whole set unusable.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from audit.keyed import fingerprint
from vetting.accounts import signin_log
from vetting.accounts.genuine import is_genuine, renew
from vetting.accounts.models import Account

if TYPE_CHECKING:
    from audit.integrity import Finding

logger = logging.getLogger(__name__)
TOTP, KEY, CODES = "totp", "webauthn", "recovery_codes"


class NotGenuine(Exception):
    """The rows of the account's second factors are not as this service wrote them; none of them may be used."""


def held_by(account: Account) -> list[Authenticator]:
    """The account's second factors, recovery codes too, in the order they were added. Raises NotGenuine."""
    rows = _rows(account)
    if not compare_digest(bytes(account.factors), _digest(rows)):
        logger.error("the second factors of account %s are not as this service wrote them", account.pk)
        raise NotGenuine
    return rows


def are_genuine(account: Account) -> bool:
    """Whether the rows are as this service wrote them; where they are not, the server log has a line."""
    try:
        held_by(account)
    except NotGenuine:
        return False
    return True


def factors_of(account: Account) -> list[Authenticator]:
    """What the account can show: app and keys, without the recovery codes. Raises NotGenuine."""
    return [row for row in held_by(account) if row.type != CODES]


@contextmanager
def changing(account: Account, method: str = "", digest: str = "") -> Iterator[list[Authenticator]]:
    """One transaction in which the account's second factors are changed and the digest is made anew.

    `method` is the code of the change for the log, "" for the counting that every use brings; `digest` the fingerprint
    of the key that came or went. Raises NotGenuine before anything is changed.
    """
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        if not is_genuine(locked):
            raise NotGenuine
        yield held_by(locked)
        stamp(locked)
        if method:
            signin_log.record_changed(locked, method, digest)
        account.factors = locked.factors


def stamp(account: Account) -> None:
    """Have the account say which second factors it holds, as the rows are now."""
    account.factors = _digest(_rows(account))
    account.save(update_fields=["factors"])


def reset_second_factors(account: Account, *, by: Any = None) -> int:
    """Take away every second factor and end every sign-in of the account; returns how many factors there were.

    The next sign-in is a first one: with the password alone, to the page where a second factor is set up. Rows that
    somebody else wrote go too. The caller records who decided it (`by`) and gives a new password where that is lost.
    """
    from vetting.accounts.sessions import end_all_sessions

    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        count, _ = Authenticator.objects.filter(user=locked).delete()
        stamp(locked)
        renew(locked.pk)
        end_all_sessions(locked)
    account.refresh_from_db(fields=["factors", "fingerprint"])
    return count


def deleted(sender: type[Authenticator], instance: Authenticator, **_kwargs: object) -> None:
    """After this service deleted a row: the account knows of it. Whoever deletes by SQL does not come here."""
    account = Account.objects.filter(pk=instance.user_id).first()
    if account is not None and is_genuine(account):
        stamp(account)


def findings() -> Iterator[Finding]:
    """The accounts whose second factors were written, changed or removed by somebody else (AUDIT_ALSO)."""
    from audit.integrity import Finding

    rows: dict[Any, list[Authenticator]] = {}
    for row in Authenticator.objects.order_by("pk").iterator(2000):
        rows.setdefault(row.user_id, []).append(row)
    for account in Account.objects.order_by("pk").iterator(2000):
        if not compare_digest(bytes(account.factors), _digest(rows.get(account.pk, []))):
            yield Finding("account-factors-edited", label="accounts.account", row=account.pk)


def _rows(account: Account) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user_id=account.pk).order_by("pk"))


def _digest(rows: list[Authenticator]) -> bytes:
    if not rows:
        return b""
    return fingerprint("second factors", [[str(row.user_id), row.pk, row.type, row.data] for row in rows])
