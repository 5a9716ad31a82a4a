"""Names of colleagues."""

from __future__ import annotations

from uuid import UUID

from vetting.accounts.models import Person


def names_of(people: set[UUID | None]) -> dict[UUID, str]:
    """Names by id: one query."""
    return dict(Person.objects.filter(pk__in=people - {None}).values_list("pk", "display_name"))
