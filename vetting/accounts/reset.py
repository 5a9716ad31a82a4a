"""A lost sign-in begins anew: a generated password, no second factors, nobody signed in."""

from __future__ import annotations

from django.apps import apps

from vetting.accounts.first_password import first_password
from vetting.accounts.models import Account
from vetting.accounts.sessions import end_all_sessions


def reset_sign_in(account: Account) -> str:
    """Take away password and second factors, end every sign-in, and return the first password, told this once."""
    end_all_sessions(account)
    secret = first_password()
    account.set_password(secret)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    if apps.is_installed("allauth.mfa"):
        apps.get_model("mfa", "Authenticator").objects.filter(user=account).delete()
    return secret
