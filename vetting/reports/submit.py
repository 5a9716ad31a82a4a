"""Sending a report: sealed to its circle and its code before a row is written. Needs no master key and no sign-in."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn
from uuid import UUID, uuid4

from django.db import IntegrityError

from audit.clock import now
from audit.covered import Covered
from audit.errors import AlreadyDone
from audit.recorder import Who, act
from vetting.crypto import envelopes, paper
from vetting.crypto.content_key import ContentKey
from vetting.crypto.envelopes import Purpose
from vetting.crypto.models import Envelope
from vetting.crypto.written import SIGNS, Code, holds_code
from vetting.policy import report_clocks as clocks
from vetting.policy.events import EVENTS
from vetting.policy.report_facts import CONSENTS, is_answer
from vetting.policy.workflow import next_state
from vetting.reports import sealing
from vetting.reports.case import REPORTER
from vetting.reports.days import today
from vetting.reports.directory import Directories, Recipient, is_shut, recipients_of
from vetting.reports.errors import BadInput, Busy, NoRecipients
from vetting.reports.models import Identity, Member, Message, Report
from vetting.reports.receipts import Receipt, receipt_of
from vetting.reports.returning import newest

LONGEST = 50_000
"""Letters of one text."""
SHORT = 2_000
"""Letters of a name, a way to be reached or somebody else's name."""
WAIT, PAUSE = 2.0, 0.05
"""Seconds to wait for the same report that is sent twice at once, before it is taken up; and between the looks."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody wants to report. Only `story` is required, or `contact` with the way `call`."""

    channel: str
    way: str
    mode: str
    story: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Question → answer (`policy.report_facts`)."""
    contact: str = ""
    name: str = ""
    """Who reports, for the sealed identity; only where `mode` is not anonymous."""
    other_person: str = ""
    consents: Sequence[str] = ()
    excluded: frozenset[UUID] = frozenset()
    """Persons who must not receive it: taken out by the reporter, or concerned."""
    concerns_security: bool = False
    """About the security function or the management: to the alternative group, read by two."""


def recipients_for(
    channel: str, *, concerns_security: bool = False, among: Directories | None = None
) -> list[Recipient]:
    """Who would receive it, to be shown before it is sent. `among`: every directory, where it is read already."""
    if is_shut(channel):
        return []
    directory = directory_for(channel, concerns_security)
    return among[directory] if among is not None else recipients_of(directory)


def submit(told: Submission, code: Code, *, among: Directories | None = None) -> Receipt:
    """Receive a report. The same code twice is the same report: a double click or a lost answer makes no second one.

    `among`: those from whom the excluded were chosen; whoever has come since was not shown, and receives nothing.
    Raises BadInput (fields), NoRecipients; Busy where the code's report is gone again: take a new code.
    """
    event = "report.call_requested" if told.way == Report.Way.CALL else "report.submitted"
    return receive(told, code, event=event, who=REPORTER, role="reporter", among=among)


def receive(
    told: Submission, code: Code, *, event: str, who: Who, role: str, among: Directories | None = None
) -> Receipt:
    """As `submit`, whoever writes it down.

    The envelopes come first and hold the code's place. Where they are there and no report is, somebody was cut off (or
    is slow): the same key and id are taken up, and whoever writes the rows first has written the one report. What is
    left of those that nobody takes up again, the sweep destroys.
    """
    _require_good(told, code)
    held = envelopes.by_tag(code.key(sealing.LOOKUP))
    earlier = _earlier(code, held)
    if earlier is not None:
        return earlier
    directory = directory_for(told.channel, told.concerns_security)
    everybody = recipients_for(told.channel, concerns_security=told.concerns_security, among=among)
    circle = [each for each in everybody if each.person_id not in told.excluded]
    is_by_two = directory == Report.Directory.ALTERNATIVE
    if len(circle) < (2 if is_by_two else 1):
        raise NoRecipients
    key = _taken_up(code, held) or ContentKey.new(uuid4())
    report = _report(told, directory, is_by_two, key.owner)
    public = sealing.public_of(code)
    rows, more = _content(told, report, key, circle, public)
    own = [sealing.for_code(key, code), sealing.way_back(key, public)]
    try:
        envelopes.store([*own, *_to_circle(key, circle, is_by_two), *more], instead_of=report.pk)
    except IntegrityError:
        # The same form at the same moment: the other one goes on, and this one gets its receipt.
        return _earlier(code, envelopes.by_tag(code.key(sealing.LOOKUP))) or _busy()
    try:
        _write(report, rows, code, event, who, role, told.channel)
    except (AlreadyDone, IntegrityError):
        # It was the slower of two. Nothing of its rows is there, so nothing opens them.
        envelopes.destroy(*(row.pk for row in rows if isinstance(row, Identity)))
        return _earlier(code, envelopes.by_tag(code.key(sealing.LOOKUP))) or _busy()
    return replace(receipt_of(report, code, told.story), is_new=True)


def _write(
    report: Report, rows: list[Covered], code: Code, event: str, who: Who, role: str, channel: str
) -> None:
    """All rows in one act, once for a code. What fails here may have been committed: nothing is undone for it."""
    known = {"role": role, "report": report.reference, "channel": channel, "date": report.received_on}
    facts = {name: value for name, value in known.items() if name in EVENTS[event].facts}
    once = UUID(bytes=code.key("report once")[:16], version=4)
    with act(event, who, subject=report.pk, facts=facts, once=once) as entry:
        for row in (report, *rows):
            entry.save(row)


def _busy() -> NoReturn:
    raise Busy


def _require_good(told: Submission, code: Code) -> None:
    errors: dict[str, str] = {}
    for name, allowed in (("channel", Report.Channel), ("way", Report.Way), ("mode", Report.Mode)):
        if getattr(told, name) not in allowed.values:
            errors[name] = "choice"
    needed = "contact" if told.way == Report.Way.CALL else "story"
    if not getattr(told, needed).strip():
        errors[needed] = "required"
    for name, longest in (("story", LONGEST), ("contact", SHORT), ("name", SHORT), ("other_person", SHORT)):
        errors.update(_errors_in(name, getattr(told, name), longest, code))
    if not all(is_answer(question, answer) for question, answer in told.facts.items()):
        errors["facts"] = "choice"
    if not set(told.consents) <= CONSENTS.keys():
        errors["consents"] = "choice"
    if told.name.strip() and told.mode == Report.Mode.ANONYMOUS:
        errors["mode"] = "anonymous_with_name"
    if errors:
        raise BadInput(**errors)


def _errors_in(name: str, text: str, longest: int, code: Code | None) -> dict[str, str]:
    if len(text) > longest:
        return {name: "too_long"}
    try:
        text.encode()
    except UnicodeEncodeError:
        return {name: "half_character"}
    if holds_code(text) or (code is not None and code.is_in(text)):
        return {name: "code"}
    return {}


def require_text(name: str, text: str, code: Code | None = None, longest: int = LONGEST) -> str:
    """`text` without what surrounds it. Raises BadInput: `required`, `too_long`, `half_character`, `code` in it."""
    errors = _errors_in(name, text, longest, code) or ({} if text.strip() else {name: "required"})
    if errors:
        raise BadInput(**errors)
    return text.strip()


def directory_for(channel: str, concerns_security: bool) -> str:
    return str(Report.Directory.ALTERNATIVE) if concerns_security else channel


def _report(told: Submission, directory: str, is_by_two: bool, pk: UUID) -> Report:
    moment, day = now(), today()
    is_anonymous = told.mode == Report.Mode.ANONYMOUS
    step = {"call": "request_call", "oral": "enter_oral"}.get(told.way, "submit")
    return Report(
        id=pk,
        reference=new_reference(told.channel),
        channel=told.channel,
        directory=directory,
        mode=told.mode,
        way=told.way,
        two_persons=is_by_two,
        state=next_state("report", step, "new"),
        received_on=day,
        acknowledge_by=clocks.acknowledge_by(told.channel, moment, anonymous=is_anonymous),
        feedback_by=clocks.feedback_by(day, None),
    )


def new_reference(channel: str) -> str:
    """P-7F3K-2Q9T: drawn, not counted, so that it tells neither order nor number. V for whistleblowing."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"{'V' if channel == Report.Channel.WHISTLEBLOWING else 'P'}-{signs[:4]}-{signs[4:]}"


def _content(
    told: Submission, report: Report, key: ContentKey, circle: list[Recipient], public: bytes
) -> tuple[list[Covered], list[Envelope]]:
    """The rows beside the report, sealed, and the envelopes of the identity. `public`: the code's (`way_back`)."""
    key.put_json(report, "facts", dict(told.facts))
    key.put(report, "contact", told.contact.strip() or None)
    key.put(report, "other_person", told.other_person.strip() or None)
    excluded = sorted(str(person) for person in told.excluded)
    said = {"given": sorted(told.consents), "excluded": excluded, "return": paper.mark(public)}
    key.put_json(report, "consents", said)
    rows: list[Covered] = [*members_of(report, circle)]
    if told.story.strip():
        rows.append(first_message(report, key, told.story))
    if not told.name.strip():
        return rows, []
    identity, sealed = identity_of(report, told.name, holders_of(circle))
    return [*rows, identity], sealed


def members_of(report: Report, circle: list[Recipient]) -> list[Member]:
    """The circle's places in a report that is new to it."""
    return [
        Member(
            report=report,
            key=each.key,
            person_id=each.person_id,
            role=each.role,
            number=number,
            state=next_state("circle", "seal_at_submission", "new"),
            since=today(),
        )
        for number, each in enumerate(circle, 1)
    ]


def first_message(report: Report, key: ContentKey, story: str) -> Message:
    """The story, as the first text of the conversation."""
    message = Message(report=report, number=1, sender="reporter", kind="story", day=report.received_on)
    key.put(message, "body", story)
    return message


def identity_of(report: Report, name: str, holders: sealing.Holders) -> tuple[Identity, list[Envelope]]:
    """The name under a key of its own, in parts for the circle. With one recipient alone nobody can ever read it."""
    told = list(holders)
    identity = Identity(id=uuid4(), report=report, given_on=today())
    key = ContentKey.new(identity.pk)
    key.put(identity, "who", name.strip())
    if len(told) < sealing.THRESHOLD:
        raise BadInput(name="too_few_recipients")
    return identity, sealing.in_parts(key, told, Purpose.IDENTITY)


def holders_of(circle: list[Recipient]) -> sealing.Holders:
    """Keys and numbers of a circle in its order."""
    return [(each.key.pk, bytes(each.key.public), number) for number, each in enumerate(circle, 1)]


def _to_circle(key: ContentKey, circle: list[Recipient], is_by_two: bool) -> list[Envelope]:
    holders = holders_of(circle)
    return sealing.in_parts(key, holders, Purpose.PART) if is_by_two else sealing.for_each(key, holders)


def _earlier(code: Code, held: list[Envelope]) -> Receipt | None:
    """The receipt of the report that this code belongs to already, waiting a moment for one that is being written."""
    found = {each.owner: each for each in held}
    until = time.monotonic() + WAIT
    while found:
        report = newest(list(Report.objects.filter(pk__in=list(found))))
        if report is not None:
            key = sealing.with_code(code, found[report.pk])
            story = Message.objects.filter(report=report, kind="story").first()
            return receipt_of(report, code, key.text(story, "body") if story is not None else "")
        if time.monotonic() > until:
            return None
        time.sleep(PAUSE)
    return None


def _taken_up(code: Code, held: list[Envelope]) -> ContentKey | None:
    """The key of a report that was begun with this code and never written. Raises Busy where one was, and is gone."""
    if not held:
        return None
    if Report.objects.filter(pk__in=[each.owner for each in held]).exists():
        raise Busy
    return sealing.with_code(code, held[0])
