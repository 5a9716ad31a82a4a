"""The Django app of persons and accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers the app under the label ``accounts`` and connects the sign-in log."""

    name = "vetting.accounts"
    label = "accounts"
    verbose_name = _("Konton")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stop Django from writing a last-login time, and log sign-ins instead."""
        from vetting.accounts import signin_log

        signin_log.connect()
        from allauth.mfa.models import Authenticator
        from django.db.models.signals import post_delete

        from vetting.accounts.second_factor.held import deleted

        post_delete.connect(deleted, sender=Authenticator, dispatch_uid="accounts.factor_deleted")
