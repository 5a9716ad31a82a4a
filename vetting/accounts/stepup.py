"""Step-up: before the acts that matter most, the password is entered again.

A stolen open browser can then read what was on its screen, but not decide, approve or hand out rights.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponseBase

from vetting.accounts import limits
from vetting.accounts.models import Account

R = TypeVar("R", bound=HttpResponseBase)


class StepUpNeeded(Exception):
    """The act needs the password entered again; the middleware answers with the page that asks for it."""


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's account entered its password *again* within the last five minutes.

    The sign-in itself does not count: whoever sits down at a browser that was just opened has not shown who she is.
    """
    account = request.user
    if not isinstance(account, Account):
        return False
    again = [r for r in get_authentication_records(request, account) if r.get("reauthenticated")]
    return bool(again) and 0 <= time.time() - again[-1]["at"] <= limits.step_up_seconds()


def require_step_up(request: HttpRequest) -> None:
    """Return when the password is fresh, else raise StepUpNeeded. Call it before anything is changed."""
    if not is_fresh(request):
        raise StepUpNeeded


def step_up_required(view: Callable[..., R]) -> Callable[..., R]:
    """Decorate a view that needs a fresh password for every method."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> R:
        require_step_up(request)
        return view(request, *args, **kwargs)

    return wrapped
