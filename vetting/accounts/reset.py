"""A lost sign-in begins anew: a generated password, no second factors, no binding at the provider, nobody signed in."""

from __future__ import annotations

from vetting.accounts.first_password import first_password
from vetting.accounts.models import Account
from vetting.accounts.second_factor.held import reset_second_factors
from vetting.accounts.sso.binding import release


def reset_sign_in(account: Account) -> str:
    """Take away password and second factors, end every sign-in, and return the first password, told this once."""
    reset_second_factors(account)
    # Bound by mistake, or the provider has been changed: the next sign-in there binds the account anew.
    release(account)
    secret = first_password()
    account.set_password(secret)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    return secret
