"""Two other ways in: told to a recipient, and moved from the other channel. Both are sealed as any report."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from audit.covered import Covered
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.crypto import envelopes
from vetting.crypto.content_key import ContentKey
from vetting.crypto.written import Code
from vetting.policy.reasons_reports import TRANSFER_GROUND
from vetting.reports import sealing
from vetting.reports.case import Case, Once
from vetting.reports.directory import DIRECTORY_OF, recipients_of
from vetting.reports.errors import BadInput, NoRecipients, NotComplete
from vetting.reports.models import Member, Message, Report
from vetting.reports.receipts import Receipt
from vetting.reports.submit import Submission, directory_for, new_reference, receive
from vetting.reports.vault import Vault


def enter_oral(told: Submission, code: Code, *, by: Actor) -> Receipt:
    """Write down what somebody told; the code is hers, so that she can read, correct and approve it (8 kap. 1–3 §§).

    Raises Denied, BadInput, NoRecipients, Busy.
    """
    whose = directory_for(told.channel, told.concerns_security)
    own = frozenset(role for role, directory in DIRECTORY_OF.items() if directory == whose and by.holds(role))
    answer = require(by, "report.enter_oral", Facts(assigned=own))
    told = replace(told, way=str(Report.Way.ORAL))
    return receive(told, code, event="report.oral_entered", who=by.who(answer.role), role=str(answer.role))


def transfer(case: Case, *, by: Actor, vault: Vault, ground: str, reason: str, once: Once = None) -> Report:
    """Move the report to the other channel, with consent or as the law requires (5 kap. 10 §): sealed anew.

    Whoever was taken out stays out, what the alternative group has is not moved, and the code leads to the new report.
    Raises Denied, WrongState, BadInput, NotComplete ("consent", "own_circle"), NoRecipients.
    """
    answer = case.require(by, "report.transfer")
    case.step("transfer")
    old = case.report
    if old.two_persons or old.directory == "alternative":
        # About the security function or management: the other channel's circle would be a wider one, and read alone.
        raise NotComplete("own_circle")
    key = vault.of(case)
    said = key.json(old, "consents") or {}
    if ground not in TRANSFER_GROUND or not reason.strip():
        raise BadInput(**{"ground" if ground not in TRANSFER_GROUND else "reason": "choice"})
    if ground == "consent" and "other_channel" not in said.get("given", ()):
        raise NotComplete("consent")
    excluded = {UUID(person) for person in said.get("excluded", ())}
    channel = "pressure" if old.channel == "whistleblowing" else "whistleblowing"
    circle = [each for each in recipients_of(channel) if each.person_id not in excluded]
    if not circle:
        raise NoRecipients
    new, own, rows = _sealed_anew(case, key, channel)
    members = [
        Member(
            report=new,
            key=each.key,
            person_id=each.person_id,
            role=each.role,
            number=number,
            state="member",
            since=new.received_on,
        )
        for number, each in enumerate(circle, 1)
    ]
    own.keep_in(key, old, "successor")
    holders = [(m.key_id, bytes(m.key.public), m.number) for m in members]
    envelopes.store(sealing.for_each(own, holders))
    try:
        with case.act(
            "report.transferred", by, answer.role, once=once, channel=channel, ground=ground
        ) as entry:
            case.save(entry, new, *members, *rows)
    except BaseException:
        envelopes.destroy(new.pk)
        raise
    return new


def _sealed_anew(case: Case, key: ContentKey, channel: str) -> tuple[Report, ContentKey, list[Covered]]:
    old = case.report
    new = Report(
        id=uuid4(),
        reference=new_reference(channel),
        channel=channel,
        directory=channel,
        mode=old.mode,
        way=old.way,
        state="received",
        received_on=old.received_on,
        acknowledge_by=old.acknowledge_by,
        feedback_by=old.feedback_by,
    )
    own = ContentKey.new(new.pk)
    for name in ("facts", "contact", "other_person", "consents"):
        own.put(new, name, key.text(old, name) or None)
    rows: list[Covered] = []
    for message in Message.objects.filter(report=old):
        copy = Message(
            report=new,
            number=message.number,
            sender=message.sender,
            kind=message.kind,
            author_id=message.author_id,
            day=message.day,
        )
        own.put(copy, "body", key.text(message, "body"))
        rows.append(copy)
    return new, own, rows
