"""Security keys (WebAuthn level 2): registered, asked for, and checked down to origin and counter."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn, build_user_payload
from django.http import HttpRequest
from fido2 import cbor
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vetting.accounts.models import Account
from vetting.accounts.second_factor.held import KEY, changing, held_by

STATE = "security_key_challenge"
LONGEST_ANSWER = 16 * 1024
LONGEST_NAME = 60
# COSE (RFC 9053): ES256 on P-256, EdDSA on Ed25519, RS256. What else a key may speak the verifier could not check.
ALGORITHMS = (-7, -8, -257)
CURVES = {-7: 1, -8: 6}


class OtherAlgorithm(Exception):
    """The key made a pair of keys of a kind that nobody could check its signatures with."""


def begin_adding(request: HttpRequest, account: Account) -> str:
    """What the browser asks a new key for (JSON); the challenge is kept in the session and is good once."""
    options, state = server_for(request).register_begin(
        user=build_user_payload(account),
        credentials=credentials_of(account),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[STATE] = {"for": f"add {account.pk}", "state": state}
    return json.dumps(dict(options))


def add_key(request: HttpRequest, account: Account, name: str, answer: str) -> Authenticator | None:
    """Add the key that answered; None where the answer is not one to the challenge just given.

    Raises OtherAlgorithm.
    """
    state, credential = _once(request, f"add {account.pk}"), parsed(answer)
    if state is None or credential is None:
        return None
    try:
        data = server_for(request).register_complete(state, credential)
    except (ValueError, TypeError, KeyError):
        return None
    if data.credential_data is None or not _is_known(data.credential_data):
        raise OtherAlgorithm
    with changing(account, "key_added", fingerprint_of(data.credential_data)):
        kept = {"name": name[:LONGEST_NAME], "credential": credential, "counter": data.counter}
        return Authenticator.objects.create(user=account, type=KEY, data=kept)


def begin_using(request: HttpRequest, account: Account, challenge: bytes | None = None) -> str:
    """What the browser asks a registered key for (JSON), or "" where the account has none."""
    credentials = credentials_of(account)
    if not credentials:
        return ""
    options, state = server_for(request).authenticate_begin(
        credentials=credentials,
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=challenge,
    )
    request.session[STATE] = {"for": f"use {account.pk}", "state": state}
    return json.dumps(dict(options))


def use_key(request: HttpRequest, account: Account, answer: str) -> Authenticator | None:
    """The key that answered the challenge just given; None for any other answer, a repeated one above all."""
    return answered(request, account, _once(request, f"use {account.pk}"), answer)


def answered(request: HttpRequest, account: Account, state: Any, answer: str) -> Authenticator | None:
    """The key that answered the challenge of `state`, counted; None for any other answer.

    A counter that has not grown tells of a copy of the key (WebAuthn, section 6.1.1); keys without one say 0.
    """
    credential = parsed(answer)
    if state is None or credential is None:
        return None
    try:
        used = server_for(request).authenticate_complete(state, credentials_of(account), credential)
        counter = AuthenticationResponse.from_dict(credential).response.authenticator_data.counter
    except (ValueError, TypeError, KeyError):
        return None
    with changing(account) as rows:
        row = next(
            (r for r in rows if r.type == KEY and credential_of(r).credential_id == used.credential_id), None
        )
        known = row.data["counter"] if row is not None else 0
        if row is None or (counter <= known and (counter or known)):
            return None
        row.data["counter"] = counter
        row.save(update_fields=["data"])
        return row


def rename_key(account: Account, pk: int, name: str) -> None:
    """Call the key something else."""
    with changing(account, "key_renamed") as rows:
        for row in rows:
            if row.pk == pk and row.type == KEY:
                row.data["name"] = name[:LONGEST_NAME]
                row.save(update_fields=["data"])


def server_for(request: HttpRequest) -> Fido2Server:
    """What checks answers given to this page."""
    host = request.get_host()
    own = f"{request.scheme}://{host}"
    entity = PublicKeyCredentialRpEntity(id=host.rsplit(":", 1)[0], name=get_adapter().get_totp_issuer())
    # The very origin of this page: neither another port nor plain http is near enough.
    server = Fido2Server(entity, verify_origin=lambda origin: origin == own)
    server.allowed_algorithms = [each for each in server.allowed_algorithms if each.alg in ALGORITHMS]
    return server


def _is_known(key: AttestedCredentialData) -> bool:
    """Whether the public key is of a kind that the verifier of signatures reads."""
    algorithm = key.public_key.get(3)
    return algorithm in ALGORITHMS and key.public_key.get(-1) == CURVES.get(algorithm, key.public_key.get(-1))


def public_key_of(key: AttestedCredentialData) -> bytes:
    """The public key as COSE writes it."""
    return bytes(cbor.encode(dict(key.public_key)))


def fingerprint_of(key: AttestedCredentialData) -> str:
    """What names the public key in the log: SHA-256 of it, hexadecimal."""
    return sha256(public_key_of(key)).hexdigest()


def _once(request: HttpRequest, purpose: str) -> Any | None:
    kept = request.session.pop(STATE, None)
    return kept["state"] if kept and kept["for"] == purpose else None


def parsed(answer: str) -> dict[str, Any] | None:
    """The answer of a browser as JSON has it, or None."""
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        parsed = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def credential_of(row: Authenticator) -> AttestedCredentialData:
    """The public part of a registered key. Raises ValueError."""
    data = WebAuthn(row).authenticator_data.credential_data
    if data is None:
        raise ValueError("a security key without a public key")
    return data


def credentials_of(account: Account) -> list[AttestedCredentialData]:
    """The public parts of the account's keys. Raises NotGenuine."""
    return [credential_of(row) for row in held_by(account) if row.type == KEY]
