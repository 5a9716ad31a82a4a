"""The step between password and sign-in, in allauth's chain of steps."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from vetting.accounts.assurance import is_proof
from vetting.accounts.models import Account
from vetting.accounts.second_factor.held import factors_of


class FactorStage(AuthenticateStage):
    """Asked of every account that has a second factor, unless the municipality's sign-in has just proven one.

    A row that is not genuine raises NotGenuine, which the middleware answers.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        account = self.login.user
        if not isinstance(account, Account):
            return False
        if any(is_proof(record) for record in get_authentication_records(request, account)):
            return False
        return bool(account.factors) and bool(factors_of(account))
