"""Planned messages, at the hours that the policy sets: nobody can read from one when a report came.

Each hour: to whoever reads a report of pressure that nobody has answered, and in other words once half its time is
over. In the morning: to whoever is needed for anything else. Each hour is gone through once, however often the job
runs: what comes later in it waits for the next. One that passed while nothing ran is made up for.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.clock import now
from vetting.policy.calendar import STOCKHOLM
from vetting.policy.report_clocks import MAIL_HOURS, slot_at
from vetting.reports.directory import ROLE_OF, recipients_of
from vetting.reports.models import MailHour, Member, Notice, Report
from vetting.reports.needs import OPEN, is_escalated, needs, with_newest
from vetting.reports.notices import tell

LATE, WAITING = Notice.Kind.LATE.value, Notice.Kind.WAITING.value


def remind() -> None:
    """Write this hour's messages, once."""
    slot = slot_at(now())
    name = f"{slot.astimezone(STOCKHOLM):%Y-%m-%dT%H}"
    with transaction.atomic():
        _row, is_new = MailHour.objects.get_or_create(slot=name)
        if is_new:
            MailHour.objects.filter(slot__lt=name).delete()
            _write(slot, name)


def _write(slot: datetime, name: str) -> None:
    is_morning = slot.astimezone(STOCKHOLM).hour == MAIL_HOURS[0]
    receiving = {each.person_id for directory in ROLE_OF for each in recipients_of(directory)}
    wanted: dict[UUID, str] = {}
    for report, person in _places(receiving):
        if report.state == "received" and report.channel == "pressure":
            kind = LATE if is_escalated(report) else WAITING
        elif is_morning and needs(report, person):
            kind = WAITING
        else:
            continue
        wanted[person] = min(kind, wanted.get(person, kind))  # "late" before "waiting"
    for person, kind in wanted.items():
        tell(person, kind, slot, slot=name)


def _places(people: set[UUID]) -> list[tuple[Report, UUID]]:
    """Each living report with each of its readers."""
    reports = {row.pk: row for row in with_newest(Report.objects.filter(state__in=OPEN))}
    readers: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Member.objects.filter(report__in=reports, state="member", person_id__in=people)
    for report, person in rows.values_list("report_id", "person_id"):
        readers[report].append(person)
    return [(reports[report], person) for report, found in readers.items() for person in found]
