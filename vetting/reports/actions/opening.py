"""Reading: first the entry that says who, then the key. And lending one's part, where two read together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from audit.clock import now
from audit.models import Entry
from vetting.access.actor import Actor
from vetting.crypto import envelopes
from vetting.crypto.content_key import ContentKey
from vetting.crypto.envelopes import Purpose
from vetting.crypto.errors import SealError
from vetting.policy.calendar import today_stockholm
from vetting.reports import sealing
from vetting.reports.actions.alarms import ALARM
from vetting.reports.case import Case, Once, is_set_apart
from vetting.reports.directory import public_of
from vetting.reports.errors import NeedsAnother, NotYours
from vetting.reports.models import Alarm, Member, Message, Report
from vetting.reports.vault import Vault

LOOKED_AT = 200
"""Unanswered reports that are tried for the one that an alarm is of: half a millisecond each."""
LENT_FOR = timedelta(hours=8)
"""How long another reads with one's part: a shift."""


def open_report(case: Case, *, by: Actor, vault: Vault) -> ContentKey:
    """The report's key, after the reading is recorded. The state does not change.

    Raises Denied, NotYours, NeedsAnother, SealError for damaged envelopes; then nothing was read.
    """
    return _opened(case, by, vault, "report.open", "report.opened")


def read_messages(case: Case, *, by: Actor, vault: Vault) -> list[tuple[Message, str]]:
    """The conversation, oldest first, after the reading is recorded. Raises as `open_report`."""
    rows = list(Message.objects.filter(report=case.report))
    key = _opened(case, by, vault, "message.read", "message.read", count=len(rows))
    return [(row, key.text(row, "body")) for row in rows]


def view_history(case: Case, *, by: Actor) -> list[tuple[str, date]]:
    """What has happened in the report, newest first: codes of events and days. Raises Denied."""
    answer = case.require(by, "report.view_history")
    rows = Entry.objects.filter(subject=case.pk).order_by("-id").values_list("action", "time")
    told = [(action, today_stockholm(moment)) for action, moment in rows]
    with case.act("report.history_viewed", by, answer.role):
        pass
    return told


def _opened(case: Case, by: Actor, vault: Vault, permission: str, event: str, **facts: Any) -> ContentKey:
    answer = case.require(by, permission)
    key = vault.of(case)  # whoever cannot read leaves no entry of having read
    with case.act(event, by, answer.role, **facts):
        pass
    return key


def lend_part(case: Case, *, by: Actor, vault: Vault, to: Member, once: Once = None) -> None:
    """Let one other member of the circle read with one's part for a shift, where a report is read by two.

    Raises Denied, NotYours, NotComplete.
    """
    answer = case.require(by, "report.lend_part")
    mine = vault.place_in(case)
    if not case.report.two_persons or to not in case.circle or to.pk == mine.pk:
        raise NotYours
    sealing.lend(
        case.pk,
        mine.key_id,
        vault.seeds[mine.key_id],
        Purpose.PART,
        to=to.key_id,
        public=public_of(to.key, to.person_id),
        until=now() + LENT_FOR,
    )
    with case.act("report.part_lent", by, answer.role, once=once):
        pass


def cards(reports: Iterable[Report], *, vault: Vault) -> dict[UUID, dict[str, Any]]:
    """The coded answers of reports, for the inbox: nothing that anybody wrote. Without those that do not open now."""
    found: dict[UUID, dict[str, Any]] = {}
    listed = {
        report.pk: report for report in reports if not is_set_apart(report) and report.state != "disposed"
    }
    members = Member.objects.filter(report__in=listed, person_id=vault.person_id, state="member")
    held = envelopes.held_by(vault.seeds, list(listed), [Purpose.REPORT])
    at_hand = {(envelope.owner, envelope.holder): bytes(envelope.blob) for envelope in held}
    for member in members.select_related("key"):
        report = listed[member.report_id]
        blob = at_hand.get((report.pk, member.key_id))
        try:
            if blob is not None:
                key = sealing.opened(report.pk, member.key_id, vault.seeds[member.key_id], blob)
            else:
                key = vault.of(Case(report, [member]))
            found[report.pk] = key.json(report, "facts") or {}
        except (SealError, NeedsAnother, NotYours):
            continue
    return found


def report_of(alarm: Alarm, *, by: Actor, vault: Vault | None) -> UUID | None:
    """The report that an alarm is of: only its key tells. None for who has not unlocked hers."""
    if vault is None:
        return None
    mine = Member.objects.filter(person_id=by.person_id, state="member", report__state="received")
    for member in mine.select_related("report", "key").order_by("-report__received_on")[:LOOKED_AT]:
        try:
            if vault.of(Case(member.report, [member])).name(ALARM) == alarm.pk:
                return member.report_id
        except (SealError, NeedsAnother, NotYours):
            continue
    return None
