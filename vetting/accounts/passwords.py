"""Who may sign in with a password, where the municipality's own sign-in has taken its place."""

from django.conf import settings

from vetting.accounts.models import Account


def may_use_password(account: Account) -> bool:
    """Whether a right password opens this account. Named in the settings, so that no page can add to them."""
    named = settings.PASSWORD_ACCOUNTS
    return named is None or account.username.casefold() in {name.casefold() for name in named}
