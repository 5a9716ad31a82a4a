"""The page between the password and the sign-in, where a second factor is shown."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.internal.constants import LoginStageKey
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from vetting.accounts import resume
from vetting.accounts.kept import kept_page
from vetting.accounts.models import Account
from vetting.accounts.second_factor import keys
from vetting.accounts.second_factor.forms import ShowFactorForm
from vetting.accounts.second_factor.held import KEY, factors_of

STAGE = LoginStageKey.MFA_AUTHENTICATE.value


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(login_stage_required(stage=STAGE, redirect_urlname="account_login"), name="dispatch")
class SecondStep(FormView):
    """A code or a key, after a right password. Without it nobody is signed in."""

    form_class = ShowFactorForm
    template_name = "account/second_step.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whoever has given the right password; a recovery code will do."""
        own = {"request": self.request, "account": self._account(), "recovery": True, "again": False}
        return super().get_form_kwargs() | own

    def form_valid(self, form: ShowFactorForm) -> HttpResponse:
        """Sign in, then show the form that was under way, if there was one."""
        post_authentication(self.request, form.used)
        response: HttpResponse = self._stage().exit()
        return kept_page(self.request) or response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The ways this account has, and the kept form."""
        found = super().get_context_data(**kwargs)
        return (
            found | ways(self.request, self._account()) | {"resume": self.request.POST.get(resume.FIELD, "")}
        )

    def _account(self) -> Account:
        account: Account = self._stage().login.user
        return account

    def _stage(self) -> Any:
        return vars(self.request)["_login_stage"]


def second_step_page(request: HttpRequest) -> HttpResponseBase:
    """The page as the answer to a right password that brought a kept form along."""
    as_shown = SecondStep()
    as_shown.setup(request)
    request.method = "GET"
    answer = as_shown.dispatch(request)
    return answer.render() if isinstance(answer, TemplateResponse) else answer


def ways(request: HttpRequest, account: Account) -> dict[str, Any]:
    """Context of a page that asks for a factor: `key_options` (JSON, "" without keys) and `has_app`."""
    kinds = {factor.type for factor in factors_of(account)}
    options = keys.begin_using(request, account) if KEY in kinds else ""
    return {"key_options": options, "has_app": bool(kinds - {KEY})}


def began_just_now(request: HttpRequest, account: Account, seconds: int) -> bool:
    """Whether the sign-in itself was made within so many seconds."""
    records = get_authentication_records(request, account)
    return bool(records) and 0 <= time.time() - records[-1]["at"] <= seconds
