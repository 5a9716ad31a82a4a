"""A security key in software, for tests without a browser: it registers and signs as WebAuthn has it."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://testserver"
UP, UV, AT = 1, 4, 64


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def made(kind: str) -> Any:
    """A private key of the kind that the algorithm wants."""
    if kind == "RS256":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return (
        ed25519.Ed25519PrivateKey.generate() if kind == "EdDSA" else ec.generate_private_key(ec.SECP256R1())
    )


def sign(private: Any, data: bytes) -> bytes:
    """The signature as an authenticator makes it."""
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(data, padding.PKCS1v15(), SHA256())
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(data)
    return bytes(private.sign(data, ec.ECDSA(SHA256())))


def cose(private: Any) -> bytes:
    """The public key as COSE writes it."""
    kind = {rsa.RSAPrivateKey: -257, ed25519.Ed25519PrivateKey: -8}
    algorithm = next((each for known, each in kind.items() if isinstance(private, known)), -7)
    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name == "secp384r1":
        algorithm = -35
    return cbor.encode(dict(CoseKey.for_alg(algorithm).from_cryptography_key(private.public_key())))


@dataclass
class SoftKey:
    """One key; `flags` are what it says of presence (1) and of who holds it (4)."""

    kind: str = "ES256"
    origin: str = ORIGIN
    flags: int = UP | UV
    counter: int = 0
    private: Any = None
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))

    def __post_init__(self) -> None:
        self.private = self.private or made(self.kind)

    def create(self, options: str) -> str:
        """The answer to a page that adds a key."""
        asked = json.loads(options)["publicKey"]
        told = AttestedCredentialData.create(
            bytes(16), self.credential_id, CoseKey.parse(cbor.decode(cose(self.private)))
        )
        data = AuthenticatorData.create(self._place(asked["rp"]["id"]), self.flags | AT, self.counter, told)
        response = {
            "clientDataJSON": b64(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": b64(bytes(AttestationObject.create("none", data, {}))),
        }
        return self._answer(response)

    def get(self, options: str) -> str:
        """The answer to a page that asks for a key."""
        asked = json.loads(options)["publicKey"]
        self.counter += 1
        data = AuthenticatorData.create(self._place(asked["rpId"]), self.flags, self.counter)
        client = self._client("webauthn.get", asked["challenge"])
        signature = sign(self.private, bytes(data) + sha256(client).digest())
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(bytes(data)),
            "signature": b64(signature),
        }
        return self._answer(response)

    def _place(self, rp: str) -> bytes:
        return sha256(rp.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said, separators=(",", ":")).encode()

    def _answer(self, response: dict[str, str]) -> str:
        own = b64(self.credential_id)
        said = {
            "id": own,
            "rawId": own,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
        return json.dumps(said)


def unpadded(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
