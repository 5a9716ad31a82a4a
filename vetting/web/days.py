"""Days in words, as lists and rows of facts show them."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

DASH = "–"


def day_or_dash(day: date | None) -> str:
    """`day` in words, as in 5 nov 2026; a dash where there is none."""
    return date_format(day, "j b Y") if day else DASH
