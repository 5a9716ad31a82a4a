"""Alerts as their auditor sees them: the list without anybody's name, and one opened under its own entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from vetting.access.actor import Actor
from vetting.accounts.models import Person
from vetting.crypto.errors import NoKey, SealError
from vetting.crypto.sealed import Opening, unseal, unseal_json
from vetting.oversight.models import Alert
from vetting.recruitment.models import Recruitment

LATEST = 50
"""Closed alerts on the list; they are disposed of after a year."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What an alert holds: whom it concerns (None: her name is not shown), what was counted, in which recruitments."""

    person_id: UUID
    person: Person | None
    at: datetime
    since: datetime
    count: int
    threshold: int
    recruitments: list[tuple[UUID, str]]
    closing: str


def alerts_of(actor: Actor) -> list[Alert]:
    """The actor's own, open ones first, newest first: one query, nothing opened."""
    rows = Alert.objects.filter(auditor=actor.person_id).defer("findings", "closing")
    opened = list(rows.filter(state=Alert.State.OPEN).order_by("-raised_at"))
    closed = rows.exclude(state=Alert.State.OPEN).order_by("-raised_at")[:LATEST]
    return [*opened, *closed]


def waiting(actor: Actor) -> tuple[int, int]:
    """How many open alerts are the actor's, and how many have no auditor: one query."""
    found = Alert.objects.filter(state=Alert.State.OPEN).aggregate(
        mine=Count("pk", filter=Q(auditor=actor.person_id)), nobodys=Count("pk", filter=Q(auditor=None))
    )
    return found["mine"], found["nobodys"]


def opened(alert: Alert, opening: Opening) -> Opened | None:
    """What it holds, opened under the entry that says so: two queries. None where it can no longer be read."""
    try:
        found: dict[str, Any] = unseal_json(alert, "findings", opening)
        closing = unseal(alert, "closing", opening)
    except (NoKey, SealError):
        return None
    person_id = UUID(found["person"])
    wanted = [UUID(pk) for pk in found["recruitments"]]
    references = dict(Recruitment.objects.filter(pk__in=wanted).values_list("pk", "reference"))
    return Opened(
        person_id=person_id,
        person=Person.objects.filter(pk=person_id, is_protected=False).first(),
        at=datetime.fromisoformat(found["at"]),
        since=datetime.fromisoformat(found["since"]),
        count=found["count"],
        threshold=found["threshold"],
        recruitments=sorted(
            ((pk, references[pk]) for pk in wanted if pk in references), key=lambda pair: pair[1]
        ),
        closing=closing,
    )
