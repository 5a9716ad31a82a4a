"""Security keys (WebAuthn level 2): registered, asked for, and checked down to origin and counter."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn, build_user_payload
from django.http import HttpRequest
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


def begin_adding(request: HttpRequest, account: Account) -> str:
    """What the browser asks a new key for (JSON); the challenge is kept in the session and is good once."""
    options, state = _server(request).register_begin(
        user=build_user_payload(account),
        credentials=_credentials(account),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[STATE] = {"for": f"add {account.pk}", "state": state}
    return json.dumps(dict(options))


def add_key(request: HttpRequest, account: Account, name: str, answer: str) -> Authenticator | None:
    """Add the key that answered; None where the answer is not one to the challenge just given."""
    state, credential = _once(request, f"add {account.pk}"), _parsed(answer)
    if state is None or credential is None:
        return None
    try:
        data = _server(request).register_complete(state, credential)
    except (ValueError, TypeError, KeyError):
        return None
    with changing(account, "key_added"):
        kept = {"name": name[:LONGEST_NAME], "credential": credential, "counter": data.counter}
        return Authenticator.objects.create(user=account, type=KEY, data=kept)


def begin_using(request: HttpRequest, account: Account, challenge: bytes | None = None) -> str:
    """What the browser asks a registered key for (JSON), or "" where the account has none."""
    credentials = _credentials(account)
    if not credentials:
        return ""
    options, state = _server(request).authenticate_begin(
        credentials=credentials,
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=challenge,
    )
    request.session[STATE] = {"for": f"use {account.pk}", "state": state}
    return json.dumps(dict(options))


def use_key(request: HttpRequest, account: Account, answer: str) -> Authenticator | None:
    """The key that answered the challenge just given; None for any other answer, a repeated one above all.

    A counter that has not grown tells of a copy of the key (WebAuthn, section 6.1.1); keys without one say 0.
    """
    state, credential = _once(request, f"use {account.pk}"), _parsed(answer)
    if state is None or credential is None:
        return None
    try:
        used = _server(request).authenticate_complete(state, _credentials(account), credential)
        counter = AuthenticationResponse.from_dict(credential).response.authenticator_data.counter
    except (ValueError, TypeError, KeyError):
        return None
    with changing(account) as rows:
        row = next(
            (r for r in rows if r.type == KEY and _credential(r).credential_id == used.credential_id), None
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


def _server(request: HttpRequest) -> Fido2Server:
    host = request.get_host()
    own = f"{request.scheme}://{host}"
    entity = PublicKeyCredentialRpEntity(id=host.rsplit(":", 1)[0], name=get_adapter().get_totp_issuer())
    # The very origin of this page: neither another port nor plain http is near enough.
    return Fido2Server(entity, verify_origin=lambda origin: origin == own)


def _once(request: HttpRequest, purpose: str) -> Any | None:
    kept = request.session.pop(STATE, None)
    return kept["state"] if kept and kept["for"] == purpose else None


def _parsed(answer: str) -> dict[str, Any] | None:
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        parsed = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def _credential(row: Authenticator) -> AttestedCredentialData:
    data = WebAuthn(row).authenticator_data.credential_data
    if data is None:
        raise ValueError("a security key without a public key")
    return data


def _credentials(account: Account) -> list[AttestedCredentialData]:
    return [_credential(row) for row in held_by(account) if row.type == KEY]
