"""Whether messages leave the house.

Asked of whoever sends them, whom the wiring names here: no room looks into another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Way:
    """One way for messages: `state` is `off`, `stuck` or `free`. Not how many wait, nor since when: alarms show so."""

    code: str
    state: str


SENDERS: list[Callable[[], Iterable[Way]]] = []
"""Filled at start (`config.apps`)."""
LABELS: dict[str, str | Promise] = {"mail": _("E-post"), "sms": _("Sms")}
# state → (kind of the mark, its words, what to do)
WORDS: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "off": ("not_needed", _("Inte inställt"), _("Inga larm går den vägen. Driften ställer in den.")),
    "stuck": (
        "important",
        _("Går inte fram"),
        _("Försöks igen. Driften ser efter varför, i tjänstens loggrader och hos den som tar emot."),
    ),
    "free": ("ready", _("Inget har fastnat"), ""),
}


def ways_in_words() -> list[tuple[str | Promise, str, str | Promise, str | Promise]]:
    """(way, kind of mark, words, what to do) of each."""
    return [(LABELS[way.code], *WORDS[way.state]) for ask in SENDERS for way in ask()]
