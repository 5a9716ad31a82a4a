"""What the pages show of recipients' keys: whose, for which channel, and whether anything comes to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.models import RoleGrant
from vetting.crypto import hpke, slots
from vetting.policy.reasons_reports import KEY_REVOKED
from vetting.reports.days import today
from vetting.reports.directory import ROLE_OF, Recipient, recipients_of
from vetting.reports.labels import CHANNELS
from vetting.reports.models import Member, RecipientKey, Report
from vetting.reports.needs import OVER
from vetting.reports.people import names_of
from vetting.reports.queries import reports_visible_to

LEAST = 2
"""Recipients of a channel: when one is away or taken out, another can read."""
SOON = timedelta(days=60)
"""How long before its certificate runs out a key is to be replaced: a ceremony takes its time to arrange."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key as it stands in a list."""

    key: RecipientKey
    name: str
    channel: str
    fingerprint: str
    kind: str
    state: str
    is_open: bool
    """Whether a secret of its owner's still opens it."""
    is_ending: bool
    """Certified, and its certificate runs out soon or has run out."""


@dataclass(frozen=True, slots=True)
class Directory:
    """One channel: who receives in it now, and whether they are enough."""

    code: str
    label: str
    recipients: list[Recipient]
    without_key: list[str]
    """Those who hold the role and have no key that anything is sealed to."""
    waiting: list[KeyRow]
    """Keys that wait for a certificate."""

    @property
    def is_short(self) -> bool:
        """Whether a report here may come to have one reader or none."""
        return len(self.recipients) < LEAST


def rows_of(keys: Iterable[RecipientKey]) -> list[KeyRow]:
    """The keys as rows, certified ones first."""
    found = sorted(keys, key=lambda key: (key.state == "revoked", key.state == "pending", key.directory))
    names, openable = names_of({key.person_id for key in found}), slots.openable(key.pk for key in found)
    return [_row(key, names.get(key.person_id, ""), key.pk in openable) for key in found]


def _row(key: RecipientKey, name: str, is_open: bool) -> KeyRow:
    day, last = today(), key.valid_to
    is_ending = key.state == RecipientKey.State.CERTIFIED and last is not None and last < day + SOON
    kind, words = _words(key, last, day)
    return KeyRow(
        key,
        name,
        str(CHANNELS[str(key.directory)]),
        hpke.fingerprint(bytes(key.public)),
        kind,
        words,
        is_open,
        is_ending,
    )


def _words(key: RecipientKey, last: date | None, day: date) -> tuple[str, str]:
    if key.state == RecipientKey.State.PENDING:
        return "waiting", _("Väntar på intyg")
    if key.state == RecipientKey.State.REVOKED:
        return "stopped", f"{_('Spärrad')}: {_(KEY_REVOKED.get(key.reason, ''))}"
    if last is not None and last < day:
        return "redo", _("Intyget har gått ut")
    return "ready", _("Intygad")


def directories() -> list[Directory]:
    """Every channel, as a reporter would meet it today."""
    waiting = rows_of(RecipientKey.objects.filter(state=RecipientKey.State.PENDING))
    return [
        Directory(
            code,
            str(CHANNELS[code]),
            found := recipients_of(code),
            _without(role, {each.person_id for each in found}),
            [row for row in waiting if row.key.directory == code],
        )
        for code, role in ROLE_OF.items()
    ]


def channels_held() -> list[tuple[str, int, int]]:
    """Channel in words, how many receive in it with a key, and how many are enough (CHANNEL_RECIPIENTS)."""
    return [(str(CHANNELS[code]), len(recipients_of(code)), LEAST) for code in ROLE_OF]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left when a key is revoked."""

    recipients: list[str]
    """Who receives in the channel then, by name."""
    reports: list[Report]
    """Those that one reads oneself and that would have one reader or none. Of others nothing is told: whoever was taken
    out, or sits in no circle, would learn that they are there."""

    @property
    def is_short(self) -> bool:
        """Whether a report that comes in then may have one reader or none."""
        return len(self.recipients) < LEAST


def left_without(key: RecipientKey, actor: Actor) -> Left:
    """Who would receive and read without the key."""
    others = [each.name for each in recipients_of(str(key.directory)) if each.key.pk != key.pk]
    needing = Member.objects.filter(key=key, state="member", report__in=reports_visible_to(actor))
    reports = {each.report_id: each.report for each in needing.select_related("report")}
    readers: dict[UUID, set[UUID]] = {pk: set() for pk, each in reports.items() if each.state not in OVER}
    circle = Member.objects.filter(report__in=readers, state="member").exclude(key=key)
    for report, person in circle.exclude(key__state="revoked").values_list("report_id", "person_id"):
        readers[report].add(person)
    few = [reports[pk] for pk, people in readers.items() if len(people) < LEAST]
    return Left(others, sorted(few, key=lambda each: each.reference))


def _without(role: str, has: set[object]) -> list[str]:
    grants = RoleGrant.objects.filter(role=role, state=RoleGrant.State.ACTIVE).select_related("person")
    day = today()
    names = {
        grant.person.display_name for grant in grants if grant.is_in_force(day) and grant.person_id not in has
    }
    return sorted(names)
