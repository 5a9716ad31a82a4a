"""Whether somebody can be reached by what a list says: a telephone number, an address for mail, or either."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from vetting.policy.numbers import find_numbers

REACHED_BY = ("contact", "phone", "email")
FEWEST, MOST = 6, 15
"""Digits of a telephone number: a short one inside an area; E.164 has at most 15."""
# Without the blanks around: to look for those takes the square of their number, and a list has many cells.
BETWEEN = re.compile(r"[,;/]|\beller\b|\boch\b")
DIALLED = re.compile(r"\+?[\d\s().\u2010-\u2013-]+")


def why_unreachable(kind: str, typed: str) -> str:
    """Why `typed` does not reach anybody, as a sentence, or "". `kind`: phone, email, or contact, which is either.

    Several are kept apart by a comma, a semicolon, a slash or a word.
    """
    each = [part for cut in BETWEEN.split(typed) if (part := cut.strip())]
    if kind == "phone":
        if any(_is_number_of_person(part) for part in each):
            return _("Innehåller ett personnummer. Det hör inte hemma här.")
        return "" if all(map(_is_phone, each)) else _("Ser inte ut som ett telefonnummer.")
    if kind == "email":
        return "" if all(map(_is_address, each)) else _("Ser inte ut som en e-postadress.")
    reached = any(_is_address(part) or _is_phone(part) for part in (*each, *typed.split()))
    return "" if reached else _("Innehåller varken telefonnummer eller e-postadress.")


def _is_phone(part: str) -> bool:
    return bool(DIALLED.fullmatch(part)) and FEWEST <= sum(map(str.isdigit, part)) <= MOST


def _is_number_of_person(part: str) -> bool:
    """Ten digits may be either; who dials begins with a nought or a plus sign."""
    return not part.startswith(("0", "+")) and bool(find_numbers(part))


def _is_address(part: str) -> bool:
    try:
        validate_email(part)
    except ValidationError:
        return False
    return True
