"""Every page asks who one is, unless its view says that it is public; and a form in flight never loses its text.

Marks a view may carry: ``public_page`` (no sign-in asked), ``declaration.keeps_no_form`` (its fields are never carried
through the sign-in page: passwords), ``while_password_is_new`` (open to an account that has yet to replace its first
password), ``while_factor_is_missing`` (open to whoever has yet to set up or show her second factor).
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from vetting.accounts import resume, sessions, signin_log, views
from vetting.accounts.assurance import lacks_second_factor
from vetting.accounts.models import Account
from vetting.accounts.second_factor.held import NotGenuine
from vetting.accounts.sso.factor import signed_in_there
from vetting.accounts.stepup import StepUpNeeded

READING = ("GET", "HEAD", "OPTIONS")


class SignInMiddleware:
    """Stands after Django's authentication and allauth's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End a sign-in that ran out, and let no browser or proxy store what a signed-in person saw."""
        # Whoever brings no session, a reporter above all, must not even have one looked for.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        expired_person = _end_if_expired(request) if has_session else None
        request.META["accounts.expired_person"] = expired_person
        response = self.get_response(request)
        if has_session or request.session.modified or request.method not in READING:
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask for a sign-in where the view is not public, and for a new password where the first one still stands."""
        if getattr(view, "public_page", False):
            return None
        account = request.user
        if not isinstance(account, Account):
            return _ask_to_sign_in(request, view)
        first = account.must_change_password and not signed_in_there(request, account)
        if first and not getattr(view, "while_password_is_new", False):
            return redirect("account_change_password")
        if not getattr(view, "while_factor_is_missing", False) and lacks_second_factor(request, account):
            return _ask_for_factor(request, account)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask her to show again who she is where an act needs it, with the form kept.

        Second factors that somebody else wrote end the sign-in: nothing more is believed of it.
        """
        if isinstance(exception, NotGenuine):
            request.session.flush()
            return redirect(settings.LOGIN_URL)
        if not isinstance(exception, StepUpNeeded) or not isinstance(request.user, Account):
            return None
        if request.method in READING:
            return redirect(
                f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
            )
        kept = resume.seal(request, request.user.person_id, for_step_up=True)
        return views.step_up_page(request, kept)


def _end_if_expired(request: HttpRequest) -> UUID | None:
    account = request.user
    if not isinstance(account, Account):
        return None
    minutes = sessions.minutes_if_expired(request)
    if minutes is None:
        return None
    request.session.flush()
    request.user = AnonymousUser()
    signin_log.record_expired(account, minutes)
    return account.person_id


def _ask_for_factor(request: HttpRequest, account: Account) -> HttpResponseBase:
    """To the page where one is set up; whoever has one by now shows it."""
    if not account.factors:
        return redirect("mfa_index")
    kept = {"next": request.get_full_path()} if request.method in READING else {}
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode(kept)}")


def _ask_to_sign_in(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase:
    if request.method in READING:
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}")
    if resume.FIELD in request.POST:
        # A form that waited for a step-up until the sign-in itself ran out travels on as it is.
        return views.sign_in_page(request, request.POST[resume.FIELD])
    if resume.keeps_no_form(view):
        return redirect(settings.LOGIN_URL)
    return views.sign_in_page(request, resume.seal(request, request.META["accounts.expired_person"]))
