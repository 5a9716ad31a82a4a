"""The recruitments whose readers a person may ask about, and which of the pages about each open for her."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.visible import reach_of

PAGES = {
    "log.view_readers": "log_readers",
    "recruitment.view_access": "recruitment_access",
    "recruitment.view_timeline": "recruitment_timeline",
    "declaration.list": "declaration_list",
    "recusal.list": "recusal_list",
}
"""Permission → the page about one recruitment that it opens, in the order in which they are shown."""


def looked_at(actor: Actor, reference: str = "") -> QuerySet[Recruitment]:
    """What is within reach, the newest first; with `reference` those whose reference holds it."""
    rows = reach_of(actor, "log.view_readers").recruitments.select_related("position", "unit")
    if reference:
        rows = rows.filter(reference__icontains=reference)
    return rows.order_by("-created_on", "-reference")


def open_pages(actor: Actor, shown: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Recruitment → the names of the pages about it that open for the actor: one query for each permission."""
    asked = list(shown)
    found: dict[UUID, list[str]] = {pk: [] for pk in asked}
    for permission, name in PAGES.items():
        if not may_somewhere(actor, permission):
            continue
        for pk in reach_of(actor, permission).recruitments.filter(pk__in=asked).values_list("pk", flat=True):
            found[pk].append(name)
    return found
