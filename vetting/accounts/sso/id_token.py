"""Checking an ID token (OpenID Connect Core 1.0, 3.1.3.7): pure, given the provider's keys and what was asked."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

import jwt

# Signatures by a key that only the provider has: never "none", and never the shared secret.
ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
# How far the two clocks may be apart, in seconds.
LEEWAY = 30
LONGEST_SUBJECT = 255  # OpenID Connect Core, section 2


class BadToken(Exception):
    """The token is not one to believe; the text is a code for the server log, without any of its content."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answer must match: to whom it is addressed, its nonce, and how recent the sign-in must be.

    ``began`` is when the browser was sent away (seconds since 1970). ``max_age``, in seconds, demands ``auth_time``;
    with ``anew`` the sign-in must have been made after ``began``.
    """

    issuer: str
    client_id: str
    nonce: str
    began: float
    max_age: int = 0
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What a token that holds says: who, how she was authenticated, and every claim."""

    issuer: str
    subject: str
    auth_time: int | None
    acr: str | None
    amr: tuple[str, ...]
    claims: Mapping[str, Any]


def verify(token: str, keys: Mapping[str, Any], asked: Asked) -> Identity:
    """The identity in ``token``, signed by one of the JWK set ``keys``. Raises BadToken."""
    claims = _claims(token, keys, asked)
    _require(compare_digest(str(claims.get("nonce", "")).encode(), asked.nonce.encode()), "nonce")
    others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    _require(claims.get("azp", "" if others else asked.client_id) == asked.client_id, "azp")
    _require(claims["iat"] >= asked.began - LEEWAY, "iat")
    subject = claims["sub"]
    _require(isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT, "sub")
    auth_time = claims.get("auth_time")
    auth_time = auth_time if isinstance(auth_time, int) and not isinstance(auth_time, bool) else None
    _require_recent(auth_time, asked)
    acr, amr = claims.get("acr"), claims.get("amr")
    return Identity(
        issuer=asked.issuer,
        subject=subject,
        auth_time=auth_time,
        acr=acr if isinstance(acr, str) else None,
        amr=tuple(each for each in amr if isinstance(each, str)) if isinstance(amr, list) else (),
        claims=claims,
    )


def _claims(token: str, keys: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        _require(algorithm in ALGORITHMS, "alg")
        return jwt.decode(
            token,
            key=_key(keys, header.get("kid"), str(algorithm)),
            algorithms=[str(algorithm)],
            audience=asked.client_id,
            issuer=asked.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise BadToken(type(error).__name__) from error


def _key(keys: Mapping[str, Any], kid: object, algorithm: str) -> jwt.PyJWK:
    """The provider's key by its id; without an id, the only one there is for signatures."""
    listed = keys.get("keys")
    usable = [
        each
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict)
        and each.get("use", "sig") == "sig"
        and each.get("alg", algorithm) == algorithm
    ]
    fitting = [each for each in usable if kid is None or each.get("kid") == kid]
    _require(len(fitting) == 1, "kid")
    return jwt.PyJWK(fitting[0], algorithm=algorithm)


def _require_recent(auth_time: int | None, asked: Asked) -> None:
    if not asked.max_age and not asked.anew:
        return
    if auth_time is None:
        raise BadToken("auth_time missing")
    now = time.time()
    _require(auth_time <= now + LEEWAY, "auth_time")
    if asked.anew:
        _require(auth_time >= asked.began - LEEWAY, "auth_time")
    else:
        _require(now - auth_time <= asked.max_age + LEEWAY, "auth_time")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise BadToken(what)
