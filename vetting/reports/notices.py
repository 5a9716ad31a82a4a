"""Messages to recipients: that there is something to sign in for, and nothing of what. Written here, sent by a job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from vetting.accounts.models import Person
from vetting.reports.models import DutyContact, Notice


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages reach one person."""

    mail: str
    phone: str

    @property
    def ways(self) -> list[str]:
        """The ways that lead to her here and now."""
        by_mail = [Notice.Way.MAIL.value] if self.mail and settings.ANCHOR_RELAY is not None else []
        by_phone = [Notice.Way.SMS.value] if self.phone and settings.SMS_GATEWAY is not None else []
        return by_mail + by_phone


def addresses_of(people: Iterable[UUID]) -> dict[UUID, Address]:
    """By person: what she has written herself, else the mail address of her account's person. Two queries."""
    wanted = set(people)
    said = {row.person_id: row for row in DutyContact.objects.filter(person_id__in=wanted)}
    mails = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "email"))
    return {
        person: Address(
            said[person].mail if person in said else mails.get(person, ""),
            said[person].phone if person in said else "",
        )
        for person in wanted
    }


def tell(person: UUID, kind: str, due_at: datetime, *, group: UUID | None = None, slot: str = "") -> bool:
    """Write the messages that shall leave; whether there is any way to her. The same slot twice is the same message.

    Planned ones go by mail alone: a telephone that rings every day is not answered the day it matters.
    """
    ways = addresses_of([person])[person].ways
    chosen = ways if kind == Notice.Kind.ALARM else [way for way in ways if way == Notice.Way.MAIL]
    Notice.objects.bulk_create(
        [
            Notice(person_id=person, kind=kind, way=way, due_at=due_at, group=group, slot=slot)
            for way in chosen
        ],
        ignore_conflicts=bool(slot),
    )
    return bool(chosen)


def forget(group: UUID) -> None:
    """What has not been sent of an alarm need not be sent: somebody has answered."""
    Notice.objects.filter(group=group, sent_at=None).delete()


def is_stuck() -> bool:
    """Whether a message that should have left has failed more than once: the server or the gateway is down."""
    return Notice.objects.filter(sent_at=None, tries__gt=1).exists()


def ways() -> list[tuple[str, str]]:
    """Each way and whether messages leave by it: `off` where none is set, `stuck`, `free`. One query."""
    is_set = {
        Notice.Way.MAIL: settings.ANCHOR_RELAY is not None,
        Notice.Way.SMS: settings.SMS_GATEWAY is not None,
    }
    late = set(Notice.objects.filter(sent_at=None, tries__gt=1).values_list("way", flat=True).distinct())
    return [
        (way.value, "off" if not there else "stuck" if way.value in late else "free")
        for way, there in is_set.items()
    ]


def unsent() -> dict[str, int]:
    """What should have left by now, by kind."""
    waiting = Notice.objects.filter(sent_at=None, tries__gt=0).values_list("kind")
    return dict(waiting.annotate(number=Count("pk")).order_by("kind"))
