"""What was typed when the stay had run out travels, sealed, through the page that asks for the code, and comes back.

It is never stored: the browser carries it in a hidden field that only this server opens, for half an hour, and shows it
again to nobody but whoever comes in with the very code it was typed under.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from vetting.crypto import envelope
from vetting.crypto.errors import SealError
from vetting.policy.candidate_page import IDLE_MINUTES
from vetting.recruitment.models import CandidateLink

FIELD, WHOSE = "kept", "whose"
PURPOSE = b"candidate page, what was typed, version 1"
MOST = 64 * 1024
LEFT_OUT = {"csrfmiddlewaretoken", FIELD}


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way back: which page, and its fields."""

    page: str
    fields: dict[str, str]


def mark_of(link: CandidateLink) -> str:
    """Whose a form is: carried in it, so that what was typed under one code never shows under another."""
    return _mark(link.pk)


def seal(request: HttpRequest, page: str) -> str:
    """The POST of this request for the hidden field; "" where there is nothing to keep, or too much."""
    fields = {name: value for name, value in request.POST.items() if name not in LEFT_OUT}
    content = {"page": page, "at": int(time.time()), "fields": fields}
    data = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    if not fields.get(WHOSE) or len(data) > MOST:
        return ""
    return base64.urlsafe_b64encode(envelope.seal(_key(), PURPOSE, data)).decode()


def unseal(text: str, link: CandidateLink) -> Kept | None:
    """What was kept, or None where it is too old, damaged, or was typed under another code."""
    if not text:
        return None
    try:
        content = json.loads(envelope.unseal(_key(), PURPOSE, base64.urlsafe_b64decode(text.encode())))
    except (SealError, binascii.Error, ValueError):
        return None
    if not 0 <= time.time() - content["at"] <= IDLE_MINUTES * 60:
        return None
    if not hmac.compare_digest(str(content["fields"].get(WHOSE, "")), mark_of(link)):
        return None
    return Kept(str(content["page"]), content["fields"])


def is_intact(text: str) -> str:
    """`text` where it is such a sealed form, else "": nothing else is carried on."""
    try:
        envelope.unseal(_key(), PURPOSE, base64.urlsafe_b64decode(text.encode()))
    except (SealError, binascii.Error, ValueError):
        return ""
    return text


def _mark(link: UUID) -> str:
    return hmac.digest(_key(), link.bytes, "sha256").hex()[:32]


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), PURPOSE, "sha256")
