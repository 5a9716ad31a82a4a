"""A CHECK sees one row: the persons an act must not be by stand in the row itself, as text."""

from __future__ import annotations

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Replace, StrIndex


def named_in(column: str, person: str) -> StrIndex:
    """Where the id in the column `person` stands in the text `column`, 0 where it does not (hexadecimal)."""
    return StrIndex(F(column), Replace(Cast(F(person), TextField()), Value("-"), Value("")))
