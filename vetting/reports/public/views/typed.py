"""What stands unsent in the boxes of the page one comes back to: shown again, whichever of its buttons was pressed.

All of the page is one form, so each button sends every box along: here, and back to the page. Nothing of it is stored.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from vetting.web.text import mark_hidden

BOXES: Final = ("text", "fb_answer", "fb_text", "rp_answer", "rp_text", "contact", "name")
SENT_BY: Final = {
    "write": ("text",),
    "feedback": ("fb_answer", "fb_text"),
    "reprisal": ("rp_answer", "rp_text"),
    "consents": ("contact",),
    "give_name": ("name",),
    "take_name": ("name",),
}
"""The boxes that each button's own act takes care of."""
TICKED: Final = {"consents": ("consents", "forget_contact"), "readers": ("shown", "readers")}
"""The ticks that are of each button's own act as well."""
OUT, CONSENTS = "out", "consents"
Typed = dict[str, str]


def typed_in(request: HttpRequest, *, most: int, done: str = "") -> Typed:
    """What was typed and is not sent, by box: at most `most` letters together. `done`: the act that was done."""
    found: Typed = {}
    for name in BOXES:
        if name in SENT_BY.get(done, ()) or name not in request.POST:
            continue
        found[name] = mark_hidden(request.POST[name].replace("\r\n", "\n"))[:most]
        most -= len(found[name])
    return found | _ticked(request, done)


def _ticked(request: HttpRequest, done: str) -> Typed:
    """The ticks that are not saved: the marks of readers without one as `out`, and what is consented to."""
    found: Typed = {}
    out = set(request.POST.getlist("shown")) - set(request.POST.getlist("readers"))
    if out and done != "readers":
        found[OUT] = " ".join(sorted(out))
    if "consents_shown" in request.POST and done != "consents":
        found[CONSENTS] = " ".join(request.POST.getlist("consents"))
    return found


def once_of(request: HttpRequest, once: UUID, to: str) -> UUID:
    """The key by which the page's act `to` is done only once: the same sent twice is one, anything else another.

    One page has many buttons, and whoever goes back to it has its `once` again: that alone would take a name for
    the text that was sent before it.
    """
    boxes = (*SENT_BY.get(to, ()), *TICKED.get(to, ()))
    return once_with(
        once, to, (part.encode() for name in boxes for part in (name, *request.POST.getlist(name)))
    )


def once_with(once: UUID, to: str, parts: Iterable[bytes]) -> UUID:
    """As `once_of`, of what is not in boxes. Of the parts nothing can be told: `once` is kept nowhere."""
    key = hmac.new(once.bytes, to.encode(), "sha256")
    for part in parts:
        key.update(hmac.digest(once.bytes, part, "sha256"))
    return UUID(bytes=key.digest()[:16], version=4)
