"""To the other channel: proposed by one, carried out by whoever answers for the report, and sealed anew.

What it becomes has a key of its own, to which nothing that the old circle has leads. The reporter's code leads there
all the same: its public half lies under the old key, and the new key is sealed to it (`sealing.for_return`). As in
`handling`: the case is locked, `by` acts, `vault` holds her keys, `once` is the form's. All raise Denied, WrongState.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.clock import now
from audit.covered import Covered
from vetting.access.actor import Actor
from vetting.crypto import envelopes, paper
from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.crypto.models import Envelope
from vetting.policy import report_clocks as clocks
from vetting.policy.reasons_reports import TRANSFER_GROUND
from vetting.policy.workflow import transitions_from
from vetting.reports import sealing
from vetting.reports.actions.alarms import move_alarm
from vetting.reports.actions.files import move_files
from vetting.reports.actions.identity import identity_of
from vetting.reports.case import Case, Once, moved
from vetting.reports.days import today
from vetting.reports.directory import Recipient, is_shut, recipients_of
from vetting.reports.errors import BadInput, NeedsAnother, NoRecipients, NotComplete, NotYours
from vetting.reports.models import Identity, Message, Record, Report
from vetting.reports.submit import holders_of, members_of, new_reference, require_text
from vetting.reports.submit import identity_of as new_identity
from vetting.reports.vault import Vault


def may_be_proposed(case: Case) -> bool:
    """Whether its state lets it be moved and nobody has proposed that yet."""
    leads = {step.name for step in transitions_from("report", case.report.state)}
    return "transfer" in leads and case.report.moving_by_id is None


def propose_transfer(
    case: Case, *, by: Actor, vault: Vault, ground: str, reason: str, once: Once = None
) -> None:
    """Propose the other channel, with consent or as the law requires (5 kap. 10 §); why is sealed for the circle.

    Raises BadInput; NotComplete ("consent", "own_circle", "return", "answered"), NoRecipients.
    """
    answer = case.require(by, "report.propose_transfer")
    moved("report", "transfer", case.report.state)
    if case.report.moving_by_id is not None:
        raise NotComplete("answered")
    if ground not in TRANSFER_GROUND:
        raise BadInput(ground="choice")
    if case.report.two_persons or case.report.directory == "alternative":
        # About the security function or management: the other channel's circle would be a wider one, and read alone.
        raise NotComplete("own_circle")
    key = vault.of(case)
    _plan(case, key, ground)
    record = Record(report=case.report, kind="transfer", author_id=by.person_id, day=today())
    key.put_json(record, "content", {"ground": ground, "text": require_text("why", reason)})
    case.report.moving_by_id, case.report.moving_ground = by.person_id, ground
    with case.act("report.transfer_proposed", by, answer.role, once=once, ground=ground) as entry:
        case.save(entry, record)


def reject_transfer(case: Case, *, by: Actor, once: Once = None) -> None:
    """Another member says no. Raises NotComplete where nobody has proposed it."""
    answer = case.require(by, "report.reject_transfer")
    if case.report.moving_by_id is None:
        raise NotComplete("proposal")
    case.report.moving_by_id, case.report.moving_ground = None, ""
    with case.act("report.transfer_rejected", by, answer.role, once=once) as entry:
        case.save(entry)


def transfer(case: Case, *, by: Actor, vault: Vault, once: Once = None) -> Report:
    """Move what another has proposed: whoever was taken out or stood aside stays out, and the reporter is told.

    A name goes along where whoever moves it has been let to read it, and is withdrawn otherwise: what the reporter can
    no longer take back must not stay behind. Raises as `propose_transfer`, and NotComplete ("proposal").
    """
    answer = case.require(by, "report.transfer")
    if case.report.moving_by_id is None:
        raise NotComplete("proposal")
    case.step("transfer")
    old, key, ground = case.report, vault.of(case), case.report.moving_ground
    plan = _plan(case, key, ground)
    new, own, rows = _sealed_anew(case, key, plan)
    names = list(Identity.objects.filter(report=old, withdrawn_on=None))
    named, sealed = _named_anew(case, vault, new, plan)
    for row in names:
        row.withdrawn_on, row.who = today(), None
    rows.append(_told(case, new, own, by, plan, is_withdrawn=bool(names) and named is None))
    holders = holders_of(plan.circle)
    envelopes.store([*sealing.for_each(own, holders), *_ways_back(own, plan), *sealed])
    old.moved_on, old.moving_by_id, old.moving_ground = today(), None, ""
    rows += [*names, *([named] if named is not None else [])]
    channel = str(new.channel)
    with case.act("report.transferred", by, answer.role, once=once, channel=channel, ground=ground) as entry:
        case.save(entry, new, *members_of(new, plan.circle), *rows)
        move_files(entry, old, key, new, own)
    move_alarm(key, new, own, now())
    transaction.on_commit(partial(_forget, old.pk, [row.pk for row in names]))
    return new


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where it goes: the circle, what the reporter has said, and what leads her there."""

    channel: str
    circle: list[Recipient]
    said: dict[str, Any]
    public: bytes
    tag: bytes


def _plan(case: Case, key: ContentKey, ground: str) -> _Plan:
    """Judged at the proposal, and anew when it moves."""
    old = case.report
    if old.hold_by_id is not None:
        # The name may go, and the code's way here: what is held stays as it is.
        raise NotComplete("held")
    said = key.json(old, "consents") or {}
    if ground == "consent" and "other_channel" not in said.get("given", ()):
        raise NotComplete("consent")
    out = {UUID(person) for person in said.get("excluded", ())}
    out |= {member.person_id for member in case.members if member.state in ("left", "rejected")}
    channel = "pressure" if old.channel == "whistleblowing" else "whistleblowing"
    circle = [each for each in recipients_of(channel) if each.person_id not in out]
    if not circle or is_shut(channel):
        raise NoRecipients
    # One consent is to one move.
    given = [code for code in said.get("given", ()) if code != "other_channel"]
    said = {**said, "given": given, "excluded": sorted(map(str, out))}
    return _Plan(channel, circle, said, *_code_of(old, key, said))


def _code_of(old: Report, key: ContentKey, said: dict[str, Any]) -> tuple[bytes, bytes]:
    """The code's public half, as the reporter's own words have it, and its tag. Raises NotComplete ("return")."""
    found = envelopes.of_code(old.pk)
    leads = found.get("receipt") or found.get("moved")
    if leads is None or leads.tag is None or "return" not in found:
        raise NotComplete("return")
    try:
        public = key.unseal(sealing.RETURN_LABEL, bytes(found["return"].blob))
    except SealError:
        raise NotComplete("return") from None
    if paper.mark(public) != said.get("return"):
        raise NotComplete("return")
    return public, bytes(leads.tag)


def _ways_back(own: ContentKey, plan: _Plan) -> list[Envelope]:
    return [sealing.for_return(own, plan.public, plan.tag), sealing.way_back(own, plan.public)]


def _sealed_anew(case: Case, key: ContentKey, plan: _Plan) -> tuple[Report, ContentKey, list[Covered]]:
    old = case.report
    new = Report(
        id=uuid4(),
        reference=new_reference(plan.channel),
        channel=plan.channel,
        directory=plan.channel,
        mode=old.mode,
        way=old.way,
        state="received",
        received_on=old.received_on,
        acknowledge_by=clocks.moved_acknowledge_by(
            old.acknowledge_by,
            plan.channel,
            now(),
            anonymous=old.mode == Report.Mode.ANONYMOUS,
            answered=old.acknowledged_on is not None,
        ),
        feedback_by=old.feedback_by,
    )
    own = ContentKey.new(new.pk)
    for name in ("facts", "contact", "other_person"):
        own.put(new, name, key.text(old, name) or None)
    own.put_json(new, "consents", plan.said)
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


def _named_anew(case: Case, vault: Vault, new: Report, plan: _Plan) -> tuple[Identity | None, list[Envelope]]:
    """The name for the new circle, where another has let this very person read it now and two are there to open it."""
    identity = identity_of(case)
    if identity is None or len(plan.circle) < sealing.THRESHOLD:
        return None, []
    try:
        name = vault.of_identity(case, identity).text(identity, "who")
    except (NeedsAnother, NotYours, SealError):
        return None, []
    return new_identity(new, name, holders_of(plan.circle))


def _told(case: Case, new: Report, own: ContentKey, by: Actor, plan: _Plan, *, is_withdrawn: bool) -> Message:
    """What the reporter reads of it, in Swedish as everything recipients write."""
    with override("sv"):
        text = _(
            "Din anmälan har flyttats till den andra kanalen. Mottagarna där läser den nu, med en ny nyckel."
        )
        if is_withdrawn:
            text += " " + _(
                "Ditt namn följde inte med och är borta: ingen kan öppna det. Vill du att de nya mottagarna ska "
                "kunna göra det tillsammans, lämna det igen."
            )
    number = Message.objects.filter(report=case.report).count() + 1
    message = Message(
        report=new, number=number, sender="recipient", kind="message", author_id=by.person_id, day=today()
    )
    own.put(message, "body", text)
    return message


def _forget(old: UUID, names: list[UUID]) -> None:
    """Repeated by the sweep, should it be cut off."""
    envelopes.forget_code(old)
    envelopes.destroy(*names)
