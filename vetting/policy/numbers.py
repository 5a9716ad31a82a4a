"""Swedish personal numbers: personnummer and samordningsnummer (folkbokföringslagen 18 §, lag 2022:1697).

Written with 10 or 12 digits, with or without a sign; ``+`` says that the person turns at least 100 that year.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from vetting.policy.calendar import today_stockholm
from vetting.policy.text import _

Kind = Literal["personnummer", "samordningsnummer"]
Problem = Literal["format", "date", "future", "checksum"]

PROBLEMS: dict[str, str] = {
    "format": _("Skriv numret med tio eller tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."),
    "date": _("Datumet i numret finns inte."),
    "future": _("Datumet i numret har inte inträffat än."),
    "checksum": _("Den sista siffran stämmer inte med de andra. Kontrollera numret."),
}

#: A samordningsnummer has 60 added to its day.
_COORDINATION = 60

_WRITTEN = re.compile(r"([0-9]{2})?([0-9]{2})([0-9]{2})([0-9]{2})([-+])?([0-9]{3})([0-9])")
_IN_TEXT = re.compile(r"(?<![0-9])(?:(?:18|19|20)[0-9]{2}|[0-9]{2})[0-9]{4}[ ]?[-+–−‐]?[ ]?[0-9]{4}(?![0-9])")
_SIGNS = str.maketrans({"–": "-", "−": "-", "‐": "-", "‑": "-"})


class NumberError(ValueError):
    """The text is not a personal number. ``kind`` says why; ``PROBLEMS`` has the sentence."""

    def __init__(self, kind: Problem) -> None:
        super().__init__(PROBLEMS[kind])
        self.kind: Problem = kind


@dataclass(frozen=True, slots=True)
class Number:
    """A correct number: ``normalised`` is always twelve digits. Never shown by ``repr``, so that it reaches no log."""

    kind: Kind
    normalised: str
    born: date

    def __repr__(self) -> str:
        return f"<Number {self.kind}>"

    __str__ = __repr__

    @property
    def is_coordination(self) -> bool:
        """True for a samordningsnummer."""
        return self.kind == "samordningsnummer"

    @property
    def written(self) -> str:
        """``ÅÅÅÅMMDD-NNNN``, for a page that has opened it."""
        return f"{self.normalised[:8]}-{self.normalised[8:]}"


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a text something stands that reads as a personal number."""

    start: int
    end: int


def check_digit(nine: str) -> int:
    """The check digit of nine digits (ÅÅMMDDNNN) by the Luhn rule."""
    total = 0
    for place, digit in enumerate(nine):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return -total % 10


def parse(text: str, on: date | None = None) -> Number:
    """The number that ``text`` says, as of the day ``on`` (None: today). Raises NumberError."""
    on = on or today_stockholm(datetime.now(UTC))
    cleaned = "".join(unicodedata.normalize("NFKC", text).split()).translate(_SIGNS)
    match = _WRITTEN.fullmatch(cleaned)
    if match is None:
        raise NumberError("format")
    century, year, month, day, sign, serial, last = match.groups()
    coordination = int(day) > _COORDINATION
    day_of_birth = int(day) - _COORDINATION if coordination else int(day)
    born = _birth_date(century, int(year), int(month), day_of_birth, sign, on)
    if born > on:
        raise NumberError("future")
    if check_digit(year + month + day + serial) != int(last):
        raise NumberError("checksum")
    kind: Kind = "samordningsnummer" if coordination else "personnummer"
    return Number(kind, f"{born.year:04}{month}{day}{serial}{last}", born)


def _birth_date(century: str | None, year: int, month: int, day: int, sign: str | None, on: date) -> date:
    """The date; the century comes from today and the sign where it is not written.

    Without ``+`` the year is within the last hundred, so a later day this year is a date in the future.
    """
    if century is not None:
        return _date(int(century) * 100 + year, month, day)
    full = on.year - (on.year - year) % 100
    if sign == "+":
        full -= 100
    return _date(full, month, day)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NumberError("date") from None


def find_numbers(text: str, on: date | None = None) -> list[Found]:
    """Every place in free text that reads as a personal number.

    With a sign a wrong check digit counts too (a slip of the pen); digits in a row without one are often
    something else and count only when they check.
    """
    found = []
    for match in _IN_TEXT.finditer(text):
        try:
            parse(match.group(), on)
        except NumberError as error:
            signed = not match.group().replace(" ", "").isdigit()
            if error.kind != "checksum" or not signed:
                continue
        found.append(Found(match.start(), match.end()))
    return found
