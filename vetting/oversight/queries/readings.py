"""Who has read one recruitment: what the log holds of readings, gathered per person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.policy.event_groups import READS
from vetting.policy.roles import ROLES
from vetting.recruitment.telling import reason_line, told

MOST = 500
"""Readings gathered on the page; older ones are found in the log."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, when, and for which purpose where the sentence does not say it."""

    what: str
    at: datetime
    purpose: str


@dataclass(slots=True)
class Reader:
    """One person (named by role alone where her identity is protected) with her readings, newest first."""

    name: str
    roles: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def readings_of(recruitment: UUID) -> list[Entry]:
    """The newest readings of the recruitment, one more than is shown: one query."""
    rows = Entry.objects.filter(subject=recruitment, action__in=sorted(READS)).order_by("-id")
    columns = ("id", "time", "action", "actor_person", "actor_role", "subject", "leaf")
    return list(rows.only(*columns)[: MOST + 1])


def by_person(entries: Iterable[Entry], names: Mapping[UUID, str]) -> list[Reader]:
    """The readings per person, whoever read last first."""
    found: dict[UUID | None, Reader] = {}
    for entry in entries:
        facts = entry.facts
        _who, what = told(entry.action, facts)
        name = names.get(entry.actor_person, "") if entry.actor_person else ""
        reader = found.setdefault(entry.actor_person, Reader(name))
        role = _(ROLES[entry.actor_role].name) if entry.actor_role in ROLES else entry.actor_role
        if role not in reader.roles:
            reader.roles.append(role)
        reader.readings.append(Reading(what, entry.time, reason_line(entry.action, facts)))
    return list(found.values())
