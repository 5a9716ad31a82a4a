"""What was read travels in the page between the preview and the confirmation, sealed: the service keeps nothing of it.

Only this service can open it, within the hour, for the same person and account and the same recruitment. A page that is
never sent back leaves nothing behind, in no database and no file.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.conf import settings

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto import envelope
from vetting.crypto.errors import SealError
from vetting.recruitment.rounds.people import Listed

PURPOSE = b"recruitment.round, version 1"
SECONDS = 60 * 60


def close(people: Sequence[Listed], digest: str, by: Actor, recruitment: UUID) -> str:
    """The people of a list for a hidden field, and the list's digest."""
    content = {
        "about": _about(by, recruitment),
        "at": int(now().timestamp()),
        "digest": digest,
        "people": [asdict(person) for person in people],
    }
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(envelope.seal(_key(), PURPOSE, zlib.compress(data))).decode()


def reopen(closed: str, by: Actor, recruitment: UUID) -> tuple[list[Listed], str] | None:
    """The people and the digest again; None for what is damaged, an hour old, another's or of another recruitment."""
    try:
        data = envelope.unseal(_key(), PURPOSE, base64.urlsafe_b64decode(closed.encode()))
        content = json.loads(zlib.decompress(data))
    except (SealError, binascii.Error, ValueError, zlib.error):
        return None
    if content["about"] != _about(by, recruitment):
        return None
    if not 0 <= now().timestamp() - content["at"] < SECONDS:
        return None
    return [Listed(**person) for person in content["people"]], content["digest"]


def _about(by: Actor, recruitment: UUID) -> list[str]:
    return [str(by.person_id), str(by.account_id), str(recruitment)]


def _key() -> bytes:
    # Worth an hour, and no database may hold it: a key of the running service's own, not of the key store.
    return hmac.digest(settings.SECRET_KEY.encode(), PURPOSE, "sha256")
