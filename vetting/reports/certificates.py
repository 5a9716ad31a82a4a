"""Whose key it is: statements of the offline root, and requests for them.

    nyckel <id>
    person <id>
    register pressure
    publik <base64>
    gäller 2026-01-01 2027-12-31

One line each, ended by a line feed, signed with Ed25519 (`crypto.statements`, kind "recipient certificate"). The root's
public key is `settings.RECIPIENT_ROOT`; its private half is on no machine of the service.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from vetting.crypto import hpke, statements
from vetting.reports.errors import BadCertificate

KIND = "recipient certificate"
_NAMES = ("nyckel", "person", "register", "publik", "gäller")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the root says of one key; `signature` is empty in a request that waits for it."""

    key: UUID
    person: UUID
    directory: str
    public: bytes
    first: date
    last: date
    signature: bytes = b""

    @property
    def text(self) -> str:
        """The statement."""
        public = base64.b64encode(self.public).decode()
        values = (self.key, self.person, self.directory, public, f"{self.first} {self.last}")
        return "".join(f"{name} {value}\n" for name, value in zip(_NAMES, values, strict=True))

    @property
    def written(self) -> str:
        """Statement and signature, as they are carried between machines; a request has none yet."""
        if not self.signature:
            return self.text
        return self.text + f"underskrift {base64.b64encode(self.signature).decode()}\n"

    @property
    def fingerprint(self) -> str:
        """The key's, for people to compare."""
        return hpke.fingerprint(self.public)


def read(written: str) -> Certificate:
    """A certificate or a request as carried. Raises BadCertificate ("unreadable")."""
    try:
        lines = dict(line.split(" ", 1) for line in written.strip().splitlines())
        first, last = lines["gäller"].split(" ")
        found = Certificate(
            UUID(lines["nyckel"]),
            UUID(lines["person"]),
            lines["register"],
            base64.b64decode(lines["publik"], validate=True),
            date.fromisoformat(first),
            date.fromisoformat(last),
            base64.b64decode(lines.get("underskrift", ""), validate=True),
        )
    except (KeyError, ValueError, binascii.Error):
        raise BadCertificate("unreadable") from None
    if "".join(f"{line}\n" for line in written.strip().splitlines()) not in (found.text, found.written):
        raise BadCertificate("unreadable")
    return found


def sign(seed: bytes, request: Certificate) -> Certificate:
    """The request, certified by the root's private key: on the offline machine, and in the demonstration."""
    signature = statements.sign(seed, KIND, request.text)
    return Certificate(
        request.key, request.person, request.directory, request.public, request.first, request.last, signature
    )


def require(found: Certificate, *, on: date) -> None:
    """Raises BadCertificate: "no_root", "not_signed" by the root, or "not_in_force" on the day."""
    root = settings.RECIPIENT_ROOT
    if not root:
        raise BadCertificate("no_root")
    if not _is_signed(root, found.text, found.signature):
        raise BadCertificate("not_signed")
    if not found.first <= on <= found.last:
        raise BadCertificate("not_in_force")


@lru_cache(maxsize=512)
def _is_signed(root: bytes, text: str, signature: bytes) -> bool:
    """Whether the root signed this very text. The answer hangs on nothing else, so it is worked out once a process."""
    return statements.is_signed(root, KIND, text, signature)
