"""What was typed in the log's filter, found among staff and recruitments: names and references become ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from vetting.access.actor import Actor
from vetting.accounts.models import Person
from vetting.oversight.queries.log import Search, reads_all
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.terms import stood_aside
from vetting.recruitment.queries.visible import reach_of

MOST = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """What the filter came to. `search` is None where what was typed leads to nothing, or to several people."""

    search: Search | None
    person: Person | None = None
    several: list[Person] = field(default_factory=list)
    nobody: bool = False
    no_recruitment: bool = False

    def codes(self, chosen: Mapping[str, Any]) -> str:
        """Which filters were used, as the log may hold it: never a name, nor what was searched for."""
        used = [
            "person" if chosen.get("namn") or chosen.get("person") else "",
            "reference" if chosen.get("referens") else "",
            chosen.get("slag") or "",
            "period" if chosen.get("fran") or chosen.get("till") else "",
        ]
        return "|".join(code for code in used if code) or "no_filter"


def look(actor: Actor, chosen: Mapping[str, Any]) -> Looked:
    """The ids behind what was typed: at most one query for the person and two for the recruitment."""
    people = _people(chosen.get("person"), chosen.get("namn") or "")
    reference = (chosen.get("referens") or "").upper()
    subject = _subject(actor, reference) if reference else None
    asked_for_person = bool(chosen.get("person") or chosen.get("namn"))
    nobody, no_recruitment = asked_for_person and not people, bool(reference) and subject is None
    if nobody or no_recruitment or len(people) > 1:
        several = people if len(people) > 1 else []
        return Looked(None, None, several, nobody, no_recruitment)
    person = people[0] if people else None
    search = Search(
        person=person.pk if person else None,
        subject=subject,
        group=chosen.get("slag") or "",
        first=chosen.get("fran"),
        last=chosen.get("till"),
    )
    return Looked(search, person)


def _people(chosen: UUID | None, typed: str) -> list[Person]:
    """Staff by id or by parts of the name. Whoever has a protected identity is not found by name."""
    rows = Person.objects.filter(is_protected=False)
    if typed:
        for word in typed.split():
            # SQLite does not fold Å, Ä and Ö: the usual capital is asked for as well.
            rows = rows.filter(Q(display_name__icontains=word) | Q(display_name__contains=word.capitalize()))
    elif chosen:
        rows = rows.filter(pk=chosen)
    else:
        return []
    return list(rows.order_by("display_name")[:MOST])


def _subject(actor: Actor, reference: str) -> UUID | None:
    """The recruitment with the reference. What is out of reach is as what does not exist."""
    rows: QuerySet[Recruitment] = Recruitment.objects.all()
    if not reads_all(actor):
        rows = reach_of(actor, "log.view").recruitments.exclude(pk__in=stood_aside(actor.person_id))
    found: UUID | None = rows.filter(reference=reference).values_list("pk", flat=True).first()
    return found
