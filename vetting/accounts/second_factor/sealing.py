"""How secrets of second factors lie in the database: sealed under a key that is not in it (MFA_ADAPTER)."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from audit.keyed import fingerprint
from vetting.crypto import envelope
from vetting.crypto.errors import SealError

AAD = b"accounts.second_factor, version 1"


class FactorAdapter(DefaultMFAAdapter):
    """Allauth's, with sealed secrets, no mail, and our own words."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _("Koden stämmer inte.")}

    def encrypt(self, text: str) -> str:
        """The secret, sealed."""
        return base64.b64encode(envelope.seal(_key(), AAD, text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises SealError where it was not sealed here."""
        try:
            return envelope.unseal(_key(), AAD, base64.b64decode(encrypted_text, validate=True)).decode()
        except binascii.Error:
            raise SealError("Not a sealed secret.") from None

    def get_totp_label(self, user: Any) -> str:
        """The user name: what the person knows the account by. No address, no name."""
        return str(user.username)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: the change is in the log, and on the account's page."""


def _key() -> bytes:
    return fingerprint("second factors, sealing", [])
