"""Words of the place that no password may hold: whoever guesses begins with them (OWASP ASVS 6.1.2, 6.2.11)."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What the service is about, and the ordinary beginnings of a municipality's passwords.
WORDS = (
    "kommun", "rekryter", "personal", "säkerhet", "sakerhet", "lösenord", "losenord", "password", "rättperson",
    "rattperson", "välkommen", "valkommen", "sommar", "vinter", "hösten", "hosten", "våren", "varen",
)  # fmt: skip
SHORTEST = 4
"""Shorter words of the municipality's name are in too many others."""


def words_of_the_place() -> frozenset[str]:
    """The words above and those of the municipality's own name."""
    name = re.findall(r"\w+", str(getattr(settings, "MUNICIPALITY_NAME", "")).casefold())
    own = {word for word in name if len(word) >= SHORTEST}
    # The name without its genitive: "Nordviks kommun" bars "nordvik" too.
    own |= {word[:-1] for word in own if word.endswith("s") and len(word) > SHORTEST}
    return frozenset(own | set(WORDS))


class PlaceWordsValidator:
    """Refuses a password that rests on such a word; a long phrase in which one occurs is no worse for it."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError where fewer than twelve signs are left without the words."""
        left = password.casefold()
        found = sorted((word for word in words_of_the_place() if word in left), key=len, reverse=True)
        for word in found:
            left = left.replace(word, "")
        if found and len(left) < 12:
            raise ValidationError(
                _("Lösenordet bygger på ett ord som andra gissar först: %(word)s. Välj andra ord.")
                % {"word": found[0]},
                code="place_words",
            )

    def get_help_text(self) -> str:
        """What is asked for, in words."""
        return _("Kommunens namn och ord om tjänsten räknas inte med i längden.")
