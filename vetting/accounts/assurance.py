"""How surely a session's person is who she says: what was proven at sign-in, and what her roles ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from vetting.accounts.models import Account

OWN = "mfa"
# Allauth's name for the first thing that every sign-in here begins with, where nobody else vouches for it.
FIRST_STEP = "password"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this sign-in was proven by a second factor: an own one, or one that the municipality's sign-in vouches
    for (the callables that SECOND_FACTOR_PROOFS names, each given one of allauth's records of authentication).
    """
    account = request.user
    if not isinstance(account, Account):
        return False
    return any(is_proof(record) for record in get_authentication_records(request, account))


def is_proof(record: Mapping[str, Any]) -> bool:
    """Whether one record of authentication tells of a second factor."""
    vouched: list[Callable[[Mapping[str, Any]], bool]] = [
        import_string(name) for name in settings.SECOND_FACTOR_PROOFS
    ]
    return record.get("method") == OWN or any(vouches(record) for vouches in vouched)


def signed_in_by_password(request: HttpRequest, account: Account) -> bool:
    """Whether the sign-in began with the password, or with nothing that was recorded."""
    records = get_authentication_records(request, account)
    return not records or records[0].get("method") == FIRST_STEP


def lacks_second_factor(request: HttpRequest, account: Account) -> bool:
    """Whether a role of the account asks for a second factor that this sign-in has not proven.

    Asked at every request, so that a role gained in the middle of a session is met by the next one.
    """
    if not settings.SECOND_FACTOR_REQUIRED or has_second_factor(request):
        return False
    asked = demands(account).second_factor
    return asked == "required" or (asked == "by_sign_in" and signed_in_by_password(request, account))


def must_keep_a_factor(account: Account) -> bool:
    """Whether the account's last second factor has to stay."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and demands(account).second_factor != "none"


def demands(account: Account) -> Any:
    """What the account's roles ask of its sign-ins (the callable that SIGN_IN_DEMANDS names)."""
    return import_string(settings.SIGN_IN_DEMANDS)(account)
