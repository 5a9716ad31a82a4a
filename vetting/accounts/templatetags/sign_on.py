"""Which ways of signing in an installation has, for the pages that offer them."""

from typing import Any

from django import template
from django.conf import settings

from vetting.accounts.models import Account, SubjectBinding
from vetting.accounts.passwords import may_use_password

register = template.Library()


@register.simple_tag
def sign_on(user: Any = None) -> dict[str, bool]:
    """``offered``: there is a municipality's sign-in; ``passwords``: everybody may use one or, given ``user``, she;
    ``step_up``: she may show there once more who she is."""
    options = settings.SINGLE_SIGN_ON
    account = user if isinstance(user, Account) else None
    return {
        "offered": options is not None,
        "passwords": may_use_password(account) if account else settings.PASSWORD_ACCOUNTS is None,
        "step_up": options is not None
        and options.step_up
        and account is not None
        and SubjectBinding.objects.filter(account=account).exists(),
    }
