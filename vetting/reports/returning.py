"""Coming back with the code. One that leads nowhere gives the same nothing, with the same work, every time.

A code with a wrong sign, one that never was, and one whose report has been disposed of differ in nothing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from vetting.crypto import envelopes
from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code, NotACode
from vetting.policy import report_clocks as clocks
from vetting.reports import sealing
from vetting.reports.days import today
from vetting.reports.models import Message, Report
from vetting.reports.receipts import Receipt, answer_on, receipt_of


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the conversation, as the reporter reads it."""

    is_mine: bool
    kind: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What the code opens. `key` and `code` are for further acts in the same request."""

    report: Report
    code: Code
    key: ContentKey
    texts: list[Text]
    answer_on: date
    feedback_by: date
    reprisal_days: tuple[date, ...]
    consents: frozenset[str]

    @property
    def asks_feedback(self) -> bool:
        """Whether the question about the feedback is put: until it is answered, and while she wants to talk."""
        if self.report.feedback_on is None:
            return False
        told = [
            text
            for text in self.texts
            if text.kind == "feedback" or (text.kind == "answer" and not text.text.startswith("reprisal "))
        ]
        return not told or told[-1].kind == "feedback" or told[-1].text.startswith("talk")

    @property
    def asks_reprisal(self) -> bool:
        """Whether the question of reprisals is put: from each of its days, until it is answered after that day."""
        answered = [t.day for t in self.texts if t.kind == "answer" and t.text.startswith("reprisal ")]
        due = [day for day in self.reprisal_days if day <= today()]
        return bool(due) and (not answered or max(answered) < max(due))

    @property
    def receipt(self) -> Receipt:
        """The receipt, once more."""
        story = next((each.text for each in self.texts if each.kind == "story"), "")
        return receipt_of(self.report, self.code, story)


def come_back(typed: str) -> Returned | None:
    """The report of a code as typed, wherever it has moved; None for every code that leads nowhere."""
    code, is_code = _read(typed)
    tag = code.key(sealing.LOOKUP)
    found = {each.owner: each for each in envelopes.by_tag(tag if is_code else os.urandom(len(tag)))}
    report = newest(list(Report.objects.filter(pk__in=list(found) or [_nowhere().owner])))
    try:
        key = sealing.with_code(code, found[report.pk] if report is not None else _nowhere())
    except SealError:
        return None
    if report is None:
        return None
    while report.successor is not None:
        # Moved by an earlier version, which kept the new key here.
        key = ContentKey.kept_in(key, report, "successor")
        report = Report.objects.get(pk=key.owner)
    return None if report.state == "disposed" else _returned(report, code, key)


def newest(reports: Sequence[Report]) -> Report | None:
    """Of those that one code leads to, the one that has not moved on and is not disposed of; None for none."""
    living = [report for report in reports if report.moved_on is None and report.state != "disposed"]
    return min(living, key=lambda report: report.successor is not None, default=None)


def _returned(report: Report, code: Code, key: ContentKey) -> Returned:
    texts = [
        Text(message.sender == "reporter", str(message.kind), message.day, key.text(message, "body"))
        for message in Message.objects.filter(report=report).order_by("number")
    ]
    said = key.json(report, "consents") or {}
    return Returned(
        report,
        code,
        key,
        texts,
        answer_on(report),
        report.feedback_by,
        clocks.reprisal_days(report.received_on),
        frozenset(said.get("given", ())),
    )


def _read(typed: str) -> tuple[Code, bool]:
    try:
        return Code.read(typed), True
    except NotACode:
        return _any_code(), False


@cache
def _any_code() -> Code:
    return Code.new()


@cache
def _nowhere() -> Envelope:
    """An envelope of nobody's, so that a code that leads nowhere is tried on something as well."""
    owner = UUID(int=0)
    return Envelope(
        owner=owner, purpose="receipt", blob=ContentKey.new(owner).under(os.urandom(32), sealing.LABEL)
    )
