"""Reference numbers, R-2026-0142: a year and a running number, never anything about a person."""

from __future__ import annotations

from django.db.models.functions import Length

from vetting.recruitment.models import Recruitment


def next_reference(year: int) -> str:
    """The next free reference of the year. The unique constraint settles a race; the loser is asked to try again."""
    prefix = f"R-{year}-"
    newest = (
        Recruitment.objects.filter(reference__startswith=prefix)
        .annotate(size=Length("reference"))
        .order_by("-size", "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    number = int(newest.rsplit("-", 1)[1]) + 1 if newest else 1
    return f"{prefix}{number:04d}"
