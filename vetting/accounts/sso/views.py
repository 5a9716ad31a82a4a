"""Going to the municipality's sign-in and coming back: to sign in, or to show once more who one is.

Whatever is wrong on the way back gives one answer: who has no account here, whose account is closed and who was refused
there must not be told apart by whoever holds the browser. The server log has a code, the event log an entry.
"""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.decorators import rate_limit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from vetting.accounts import signin_log
from vetting.accounts.models import Account
from vetting.accounts.sso import binding, client
from vetting.accounts.sso.factor import METHOD
from vetting.accounts.sso.id_token import Identity

logger = logging.getLogger(__name__)
REFUSED, SILENT = 401, 503
# Set by a form that opens a tab of its own, so that the page with one's text stays where it is.
TAB = "tab"


class Configured(View):
    """A page that exists only where a provider is configured."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 where there is no provider."""
        if settings.SINGLE_SIGN_ON is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(rate_limit(action="login"), name="dispatch")
class Begin(Configured):
    """Sends the browser to the provider; by POST, so that no other site can start a sign-in here."""

    http_method_names = ["post"]
    process = "login"

    def post(self, request: HttpRequest) -> HttpResponse:
        """A page that leads on by itself. No redirect: the policy of our pages lets forms lead to us alone."""
        next_url = reverse("sso_done") if request.POST.get(TAB) else get_next_redirect_url(request) or ""
        try:
            address = client.begin(request, process=self.process, next_url=next_url)
        except client.Unreachable as error:
            logger.error("the municipality's sign-in cannot be reached: %s", error)
            return render(request, "account/sso_silent.html", status=SILENT)
        return render(request, "account/sso_leave.html", {"address": address})


class BeginStepUp(Begin):
    """Sends somebody who is signed in to the provider to sign in there once more."""

    process = "step_up"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To the ordinary page where the provider is not to be asked that, or there is none."""
        if settings.SINGLE_SIGN_ON is None or not settings.SINGLE_SIGN_ON.step_up:
            return redirect("account_reauthenticate")
        return super().dispatch(request, *args, **kwargs)


@method_decorator(rate_limit(action="login"), name="dispatch")
class Return(Configured):
    """Where the provider sends the browser back to; what it brings works once."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Sign in or note the fresh sign-in; one answer to everything else."""
        try:
            state, identity = client.finish(request)
        except client.Refused as error:
            return _refuse(request, str(error))
        account = binding.account_of(identity, client.configured().account_claim)
        if account is None:
            return _refuse(request, "no open account")
        go = _step_up if state["process"] == "step_up" else _sign_in
        return go(request, account, identity, state.get("next"))


class Done(TemplateView):
    """The end of a tab that was opened to sign in: the text waits in the other one."""

    template_name = "account/sso_done.html"


def _sign_in(
    request: HttpRequest, account: Account, identity: Identity, next_url: str | None
) -> HttpResponseBase:
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    _record(request, account, identity)
    answer: HttpResponseBase = perform_login(
        request, account, email_verification="none", redirect_url=next_url
    )
    return answer


def _step_up(
    request: HttpRequest, account: Account, identity: Identity, next_url: str | None
) -> HttpResponseBase:
    if request.user != account:
        return _refuse(request, "another account", account)
    _record(request, account, identity, reauthenticated=True)
    return redirect(next_url or settings.LOGIN_REDIRECT_URL)


def _record(request: HttpRequest, account: Account, identity: Identity, **more: bool) -> None:
    """Keep on the session what the provider said of how she signed in: assurance is asked of that."""
    record_authentication(
        request,
        account,
        METHOD,
        acr=identity.acr,
        amr=list(identity.amr),
        auth_time=identity.auth_time,
        **more,
    )


def _refuse(request: HttpRequest, reason: str, account: Account | None = None) -> HttpResponse:
    logger.warning("a sign-in at the municipality's provider was refused: %s", reason)
    signin_log.record_failure(METHOD, account.username if account else "")
    # The address holds a code that is used up: a change of language leads to the sign-in page instead.
    context = {"language_next": settings.LOGIN_URL}
    return render(request, "account/sso_refused.html", context, status=REFUSED)
