"""The Django app that owns the key store's tables."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class CryptoConfig(AppConfig):
    """Label `crypto`: its tables live in the database alias `keystore`, never beside the data."""

    name = "vetting.crypto"
    label = "crypto"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Unwrapped keys live for one request: dropped when it ends, and when the next begins on the same
        thread.
        """
        from vetting.crypto import keystore

        request_started.connect(keystore.forget_all, dispatch_uid="crypto.forget_all.started")
        request_finished.connect(keystore.forget_all, dispatch_uid="crypto.forget_all.finished")
