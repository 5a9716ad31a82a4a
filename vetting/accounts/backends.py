"""Who an account is, by user name and password. What it may do is never asked here."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from audit.prepared import Prepared
from vetting.accounts.first_password import has_run_out
from vetting.accounts.genuine import is_genuine, with_change
from vetting.accounts.models import Account
from vetting.accounts.passwords import may_use_password
from vetting.accounts.second_factor.held import are_genuine

SIGNED_IN = Prepared(lambda pk: with_change(Account.objects.select_related("person")).filter(pk=pk))
"""Asked in every request of somebody who has signed in."""


class PasswordBackend(AuthenticationBackend):
    """Allauth's password check, with two differences: a closed account fails like a wrong password, and no
    permission of Django's own is ever answered with yes."""

    def get_user(self, user_id: UUID) -> Account | None:
        """The open account behind a session, with its person, in one query."""
        found = SIGNED_IN(user_id)
        return found[0] if found and found[0].is_active and is_genuine(found[0]) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open, may be opened by a password, and has one, and second factors, set here.

        A first password that has run out fails like a wrong one.
        """
        passes = super().user_can_authenticate(user) and may_use_password(user) and not has_run_out(user)
        return passes and is_genuine(user) and are_genuine(user)

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Keep no account whose password was right but which is closed: the answer must not tell them apart."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """No: permissions are asked of the door."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """No: permissions are asked of the door."""
        return False

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: permissions are asked of the door."""
        return set()
