"""Step-up: before the acts that matter most, the second factor is shown again, or the password where there is none.

A stolen open browser can then read what was on its screen, but not decide, approve or hand out rights.
"""

import time
from typing import TypeVar

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from vetting.accounts import limits
from vetting.accounts.assurance import demands, is_proof
from vetting.accounts.models import Account

RECOVERY = "recovery_codes"
SHOWN = {"webauthn": "key", "totp": "app", "sso": "sign_in"}
"""Allauth's names of what was shown, and the sign-in's own, as codes of the record."""
R = TypeVar("R", bound=HttpResponseBase)


class StepUpNeeded(Exception):
    """The act needs her to show again who she is; the middleware answers with the page that asks for it."""


def is_fresh(request: HttpRequest, *, own_factors: bool = False) -> bool:
    """Whether this session's account showed its second factor *again* within the last five minutes.

    An account without one shows its password. The sign-in itself does not count: whoever sits down at a browser that
    was just opened has not shown who she is. A recovery code is enough for one thing, `own_factors`: to replace what
    was lost.
    """
    account = request.user
    if not isinstance(account, Account):
        return False
    again = [r for r in get_authentication_records(request, account) if r.get("reauthenticated")]
    if account.factors or (not own_factors and needs_proof(account)):
        again = [r for r in again if is_proof(r) and (own_factors or r.get("type") != RECOVERY)]
    return bool(again) and 0 <= time.time() - again[-1]["at"] <= limits.step_up_seconds()


def shown_by(request: HttpRequest) -> str:
    """With what she confirmed last that it is she: key, app, sign_in (the municipality's) or password."""
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("the page is reached without a sign-in")
    again = [r for r in get_authentication_records(request, account) if r.get("reauthenticated")]
    last = [r for r in again if is_proof(r)] or again
    said = str(last[-1].get("type") or last[-1].get("method")) if last else ""
    return SHOWN.get(said, "password")


def needs_proof(account: Account) -> bool:
    """Whether a password is too little for what needs a step-up: the account has a factor, or a role requires one."""
    if account.factors:
        return True
    return bool(settings.SECOND_FACTOR_REQUIRED) and demands(account).second_factor == "required"


def require_step_up(request: HttpRequest) -> None:
    """Return when what she showed is fresh, else raise StepUpNeeded. Call it before anything is changed."""
    if not is_fresh(request):
        raise StepUpNeeded
