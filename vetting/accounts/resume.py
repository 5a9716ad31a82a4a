"""A form that met an ended sign-in travels, sealed, through the sign-in page and comes back with its text.

The text is never stored: the browser carries it in a hidden field that only this server can open, for half an hour,
for the same person, and back to the very address it was on its way to.
"""

import base64
import binascii
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from vetting.accounts import limits
from vetting.crypto import envelope
from vetting.crypto.errors import SealError

FIELD = "resume"
MARK = "_resumed"
PURPOSE = b"accounts.resume, version 1"
MAX_BYTES = 256 * 1024
# Belongs to the page, not to what was typed.
LEFT_OUT = {"csrfmiddlewaretoken", MARK}


@dataclass(frozen=True, slots=True)
class Kept:
    """An opened form: where it was going, its fields in order, and whether it only waited for a step-up."""

    path: str
    fields: tuple[tuple[str, str], ...]
    for_step_up: bool

    @property
    def back(self) -> str:
        """The page that the form was sent from, as far as the address tells: itself or the nearest above; else ""."""
        parts = urlsplit(self.path).path.strip("/").split("/")
        for length in range(len(parts), 0, -1):
            path = f"/{'/'.join(parts[:length])}/"
            try:
                view = resolve(path).func
            except Resolver404:
                continue
            if "GET" in getattr(getattr(view, "declaration", None), "methods", ()):
                return path
        return ""


def is_resumed(request: HttpRequest) -> bool:
    """Whether this POST brings a kept form back: show it filled in, save nothing."""
    return request.method == "POST" and request.POST.get(MARK) == "1"


def seal(request: HttpRequest, person_id: UUID | None, *, for_step_up: bool = False) -> str | None:
    """The POST of this request as sealed text for a hidden field, or None when it is over 256 kB or has files.

    ``person_id`` is whose sign-in ended, None when that is not known any more.
    """
    fields = [
        [name, value] for name, values in request.POST.lists() if name not in LEFT_OUT for value in values
    ]
    content = {
        "path": request.get_full_path(),
        "person": str(person_id) if person_id else None,
        "at": int(time.time()),
        "step_up": for_step_up,
        "fields": fields,
    }
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(data) > MAX_BYTES or request.FILES:
        return None
    return base64.urlsafe_b64encode(envelope.seal(_key(), PURPOSE, data)).decode()


def unseal(text: str, person_id: UUID) -> Kept | None:
    """The kept form, or None when it is too old, damaged, or was another person's."""
    try:
        content = json.loads(envelope.unseal(_key(), PURPOSE, base64.urlsafe_b64decode(text.encode())))
    except (SealError, binascii.Error):
        return None
    if not 0 <= time.time() - content["at"] <= limits.resume_seconds():
        return None
    if content["person"] not in (None, str(person_id)):
        return None
    return Kept(content["path"], tuple((n, v) for n, v in content["fields"]), content["step_up"])


def _key() -> bytes:
    # Worth half an hour, and no database may hold it: a key of the running service's own, not of the key store.
    return hmac.digest(settings.SECRET_KEY.encode(), PURPOSE, "sha256")


def keeps_no_form(view: object) -> bool:
    """Whether the view declares that what is typed there is never carried through the sign-in page."""
    return bool(getattr(getattr(view, "declaration", None), "keeps_no_form", False))
