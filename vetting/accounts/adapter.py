"""How allauth behaves in this house: closed sign-up, same-site redirects, no messages, every failure recorded."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from vetting.accounts import signin_log


class AccountAdapter(DefaultAccountAdapter):
    """Named by the setting ``ACCOUNT_ADAPTER``."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Användarnamnet eller lösenordet stämmer inte."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No: accounts are made by administrators."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path on this site, never an address with a host, not even our own."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_stages(self) -> list[str]:
        """After the password: the second factor, where the account has one and the sign-in has not proven one."""
        return ["vetting.accounts.second_factor.stage.FactorStage"]

    def is_ajax(self, request: HttpRequest) -> bool:
        """No: the sign-in pages are pages, and have one way of answering."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows a sign-in shows well enough that it worked."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a sign-in leads when no page was asked for: my work."""
        return str(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The two doors."""
        return "/"

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Back to the sign-in page; the backend already answers a closed account like a wrong password."""
        return redirect("account_login")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when there were too many failures; that attempt too is recorded."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            signin_log.record_failure("too_many", credentials.get("username", ""))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password, at the sign-in page or at a step-up."""
        method = "step_up" if request.user.is_authenticated else "password"
        signin_log.record_failure(method, credentials.get("username", ""))
