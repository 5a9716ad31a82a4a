"""What stands unsent in the boxes of the page one comes back to: shown again, whichever of its buttons was pressed.

All of the page is one form, so each button sends every box along: here, and back to the page. Nothing of it is stored.
"""

from __future__ import annotations

from typing import Final

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
Typed = dict[str, str]


def typed_in(request: HttpRequest, *, most: int, done: str = "") -> Typed:
    """What was typed and is not sent, by box: at most `most` letters together. `done`: the act that was done."""
    found: Typed = {}
    for name in BOXES:
        if name in SENT_BY.get(done, ()) or name not in request.POST:
            continue
        found[name] = mark_hidden(request.POST[name].replace("\r\n", "\n"))[:most]
        most -= len(found[name])
    return found
