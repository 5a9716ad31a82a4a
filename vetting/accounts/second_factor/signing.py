"""A text signed with one's own security key: the challenge of WebAuthn is the digest of the text.

What comes out can be checked by anybody who has the text and the public key (`audit/verify_signatures.py`). The key
must have seen to it who holds it (PIN or fingerprint), so that a signature is a fresh second factor as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from fido2.webauthn import AttestedCredentialData, AuthenticationResponse, UserVerificationRequirement

from audit.models import Entry
from vetting.accounts.models import Account
from vetting.accounts.second_factor import keys
from vetting.accounts.second_factor.held import KEY, held_by

# Apart from the challenge of a sign-in or step-up: a page opened meanwhile does not spoil the signature.
STATE = "text_to_sign"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature and all that is needed to check it; bytes as WebAuthn has them, the public key as COSE has it."""

    factor: Authenticator
    credential_id: bytes
    public_key: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes

    @property
    def name(self) -> str:
        """What her key is called."""
        return str(self.factor.data["name"])

    @property
    def fingerprint(self) -> str:
        """What names the public key in the log."""
        return sha256(self.public_key).hexdigest()


def can_sign(account: Account) -> bool:
    """Whether the account has a key whose signatures can be checked. Raises NotGenuine."""
    return bool(account.factors) and bool(_signing_keys(account))


def begin_signing(request: HttpRequest, account: Account, text: str) -> str:
    """What the browser asks the key for (JSON); good once, for this account and this text. "" without such a key."""
    found = _signing_keys(account)
    if not found:
        return ""
    asked = UserVerificationRequirement.REQUIRED
    server = keys.server_for(request)
    options, state = server.authenticate_begin(found, user_verification=asked, challenge=_digest(text))
    request.session[STATE] = {"for": _purpose(account, text), "state": state}
    return json.dumps(dict(options))


def finish_signing(request: HttpRequest, account: Account, text: str, answer: str) -> Signed | None:
    """The signature of `text`; None for an answer to anything else, a repeated one, and one without PIN or finger."""
    kept = request.session.pop(STATE, None)
    if not kept or kept["for"] != _purpose(account, text):
        return None
    factor = keys.answered(request, account, kept["state"], answer)
    said = keys.parsed(answer)
    if factor is None or said is None:
        return None
    public = keys.credential_of(factor)
    if keys.fingerprint_of(public) not in _registered(account):
        return None
    response = AuthenticationResponse.from_dict(said)
    return Signed(
        factor,
        bytes(public.credential_id),
        keys.public_key_of(public),
        bytes(response.response.client_data),
        bytes(response.response.authenticator_data),
        bytes(response.response.signature),
    )


def _signing_keys(account: Account) -> list[AttestedCredentialData]:
    found = [keys.credential_of(row) for row in held_by(account) if row.type == KEY]
    known = _registered(account) if found else set()
    return [each for each in found if keys.fingerprint_of(each) in known]


def _registered(account: Account) -> set[str]:
    """The fingerprints that the log says this account has registered. One of an earlier version is not there."""
    rows = Entry.objects.filter(subject=account.pk, action="account.sign_in_edited")
    facts: list[dict[str, Any]] = [entry.facts for entry in rows]
    return {said["digest"] for said in facts if said["method"] == "key_added" and said.get("digest")}


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def _purpose(account: Account, text: str) -> str:
    return f"sign {account.pk} {_digest(text).hex()}"


__all__ = ["Signed", "begin_signing", "can_sign", "finish_signing"]
