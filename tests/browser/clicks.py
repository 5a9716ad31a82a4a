"""Journeys in clicks: each has its limits here, and its figures in docs/clicks.md, which must be those of the day.

A journey that becomes longer fails at its limit; one that changes below it fails until the table says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.browser.person import Tally

TABLE = Path(__file__).resolve().parents[2] / "docs" / "clicks.md"
ROLES = {
    "hr": "HR",
    "manager": "chefen",
    "security_one": "säkerhetsfunktionen",
    "booker": "den som bokar",
}


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey by its name in the table, and the most it may cost; None where nothing is promised."""

    name: str
    clicks: int | None = None
    pages: int | None = None
    fields: int | None = None

    @property
    def limit(self) -> str:
        """The limit as the table says it."""
        named = ((self.clicks, "klick"), (self.fields, "fält"), (self.pages, "sidor"))
        words = [
            f"{most} {'sida' if most == 1 and word == 'sidor' else word}" for most, word in named if most
        ]
        return ", ".join(words) or "–"


LEVEL_ONE = Journey("Elevassistent, nivå 1, från *Ny rekrytering* till *Får börja*", clicks=25, pages=5)
LEVEL_THREE = Journey("Upphandlare, nivå 3, från *Ny rekrytering* till *Får börja*", clicks=45)
COPY = Journey("*Ny från förra*", fields=3)
ROUND = Journey("Omgång på 300, från *Ny rekrytering* till beslut, utöver de lagstadgade raderna", clicks=40)
TWENTY = Journey("20 yttranden utan något att bedöma, i en signering", clicks=25, pages=2)
BY_NAME = Journey("*Får jag boka?* med namn", pages=1)
BY_REFERENCE = Journey("*Får jag boka?* med referens", pages=1)


def holds(journey: Journey, tally: Tally, fields: int | None = None) -> None:
    """The journey keeps its limits, and the table tells what it costs. `fields`: how many there are to fill in, where
    that is more than the boxes typed in. Raises AssertionError with every click.
    """
    filled = len(tally.typed) if fields is None else fields
    cost = {"clicks": len(tally.clicks), "fields": filled, "pages": len(tally.pages)}
    for what, counted in cost.items():
        most = getattr(journey, what)
        assert most is None or counted <= most, f"{counted} {what}, at most {most}: {tally.clicks}"
    people = ", ".join(word for name, word in ROLES.items() if name in tally.people)
    row = [journey.name, people, *map(str, cost.values()), str(tally.loads), journey.limit]
    line = f"| {' | '.join(row)} |"
    assert line in TABLE.read_text(encoding="utf-8").splitlines(), f"{TABLE.name} should say:\n{line}"
