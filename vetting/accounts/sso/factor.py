"""What a sign-in at the provider counts for, read from the session's own record of it."""

from collections.abc import Mapping
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from vetting.accounts.models import Account

# The code of this way of signing in, in the session's records and in the log.
METHOD = "sso"


def is_second_factor(record: Mapping[str, Any]) -> bool:
    """Whether this authentication record is one of the provider's with an ``acr`` or ``amr`` on the settings' lists.

    The lists are asked when the question is, so that a municipality that shortens them is obeyed at once.
    """
    options = settings.SINGLE_SIGN_ON
    if options is None or record.get("method") != METHOD:
        return False
    used = record.get("amr") or []
    return record.get("acr") in options.strong_acr or any(each in options.strong_amr for each in used)


def signed_in_there(request: HttpRequest, account: Account) -> bool:
    """Whether this session began at the provider: such an account has no first password to replace."""
    records = get_authentication_records(request, account)
    return bool(records) and records[0].get("method") == METHOD
