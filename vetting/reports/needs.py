"""Why a report needs one person now: what the inbox says, and whom planned messages go to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from audit.clock import now
from vetting.policy.report_clocks import escalate_at
from vetting.policy.workflow import MACHINES
from vetting.reports.clock import next_of
from vetting.reports.models import Message, Report

OVER = ("closed", "transferred", "disposed")
OPEN = tuple(state.code for state in MACHINES["report"].states if state.code not in OVER)


def with_newest(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The reports with what was last written in them, which `needs` looks at."""
    newest = Message.objects.filter(report=OuterRef("pk")).order_by("-number")
    return reports.annotate(
        last_sender=Subquery(newest.values("sender")[:1]), last_kind=Subquery(newest.values("kind")[:1])
    )


def is_escalated(report: Report, moment: datetime | None = None) -> bool:
    """Whether half the time has passed without an answer: then it is every reader's, whoever has taken it."""
    is_waiting = report.state == "received" and report.channel == "pressure"
    return is_waiting and escalate_at(report.acknowledge_by) <= (moment or now())


def needs(report: Report, mine: UUID) -> str:
    """Why the report needs this very person now; empty where it does not."""
    if report.state == "received" and (report.owner_id in (None, mine) or is_escalated(report)):
        return _("Bekräfta")
    if report.state == "closing_proposed" and mine not in (report.proposer_id, report.owner_id):
        return _("Svara på förslag att avsluta")
    if report.state == "disposal_proposed" and mine != report.proposer_id:
        return _("Svara på förslag att gallra")
    if report.moving_by_id not in (None, mine) and report.owner_id == mine:
        return _("Svara på förslag att byta kanal")
    if report.state == "second_look" and report.owner_id != mine:
        return _("Se på nytt")
    if report.owner_id != mine or report.state in OVER:
        return ""
    is_unanswered = getattr(report, "last_sender", "") == "reporter"
    if is_unanswered and getattr(report, "last_kind", "") in ("addition", "answer"):
        return _("Nytt från den som anmält")
    due = next_of(report)
    return due.what if due is not None and due.kind in ("important", "assess") else ""
