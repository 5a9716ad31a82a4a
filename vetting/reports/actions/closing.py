"""Closing, opening again, setting apart, holding, disposing: what takes two persons takes two.

As in `handling`: the case is locked, `by` acts, `once` is the form's. All raise Denied and WrongState.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.crypto import envelopes, rows
from vetting.crypto.content_key import ContentKey
from vetting.policy import report_clocks as clocks
from vetting.policy.reasons_reports import REPORT_HOLD, TRANSITION_REASONS
from vetting.reports.actions.files import forget_files
from vetting.reports.actions.handling import require_feedback
from vetting.reports.case import Case, Once
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, WrongState
from vetting.reports.models import Identity, Message, Record
from vetting.reports.submit import require_text
from vetting.reports.vault import Vault


def propose_close(
    case: Case, lessons: str, *, by: Actor, vault: Vault, reason: str, once: Once = None
) -> None:
    """Propose that it is closed: feedback given, measures done, lessons written. Raises NotComplete, BadInput."""
    answer = case.require(by, "report.propose_close")
    case.step("propose_close")
    require_reason("report", "propose_close", reason)
    require_feedback(case)
    _require_answered(case, vault.of(case))
    case.report.proposer_id = by.person_id
    record = Record(report=case.report, kind="lessons", author_id=by.person_id, day=today())
    vault.of(case).put_json(record, "content", {"text": require_text("lessons", lessons)})
    with case.act("report.close_proposed", by, answer.role, once=once, reason_code=reason) as entry:
        case.save(entry, record)


def confirm_close(case: Case, *, by: Actor, once: Once = None) -> None:
    """Another recipient closes it; two years begin (7 kap. 8 §)."""
    answer = case.require(by, "report.confirm_close")
    case.step("close")
    case.report.closed_on, case.report.proposer_id = today(), None
    _done(case, "report.closed", by, answer.role, once)


def reject_close(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Another recipient says not yet. Raises BadInput."""
    answer = case.require(by, "report.reject_close")
    case.step("reject_close")
    require_reason("report", "reject_close", reason)
    case.report.proposer_id = None
    _done(case, "report.close_rejected", by, answer.role, once)


def reopen(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Something new has come; the two years stop. Raises BadInput."""
    answer = case.require(by, "report.reopen")
    case.step("reopen")
    require_reason("report", "reopen", reason)
    case.report.closed_on = None
    _done(case, "report.reopened", by, answer.role, once, reason_code=reason)


def quarantine(case: Case, *, by: Actor, once: Once = None) -> None:
    """Set it apart: it may hold what is classified. Nobody reads it until another releases it."""
    answer = case.require(by, "report.quarantine")
    case.step("quarantine")
    case.report.setter_id = by.person_id
    _done(case, "report.quarantined", by, answer.role, once)


def release(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Another than who set it apart releases it. Raises BadInput."""
    answer = case.require(by, "report.release")
    case.step("release")
    require_reason("report", "release", reason)
    case.report.setter_id = None
    _done(case, "report.released", by, answer.role, once)


def set_hold(case: Case, *, by: Actor, ground: str, review_on: date, once: Once = None) -> None:
    """Stop its disposal, with the day on which somebody looks at it again: at most six months ahead.

    Set anew while it stands, it is kept: with its ground and a new day. It never ends by itself. Raises BadInput.
    """
    answer = case.require(by, "report.set_hold")
    if case.report.state == "disposed":
        raise WrongState("report", "set_hold", case.report.state)
    if ground not in REPORT_HOLD:
        raise BadInput(ground="choice")
    if not today() <= review_on <= clocks.hold_until(today()):
        raise BadInput(review_on="past" if review_on < today() else "too_far")
    report = case.report
    report.hold_by_id, report.hold_ground = by.person_id, ground
    report.hold_on, report.hold_review_on = report.hold_on or today(), review_on
    _done(case, "report.hold_set", by, answer.role, once, ground=ground)


def lift_hold(case: Case, *, by: Actor, once: Once = None) -> None:
    """Another than who set it lifts the hold. Raises NotComplete where there is none."""
    answer = case.require(by, "report.lift_hold")
    if case.report.hold_by_id is None:
        raise NotComplete("hold")
    if case.report.hold_by_id == by.person_id:
        # Asked here as well: of a report set apart the door's `setter` is who set it apart.
        raise Denied("report.lift_hold", "setter")
    report = case.report
    report.hold_by_id, report.hold_ground, report.hold_on, report.hold_review_on = None, "", None, None
    _done(case, "report.hold_lifted", by, answer.role, once)


def propose_disposal(case: Case, *, by: Actor, is_out_of_place: bool = False, once: Once = None) -> None:
    """Propose that it is disposed of: two years after closing, or at once where it must not be here (7 kap. 7 §).

    Raises NotComplete ("held", "too_early").
    """
    answer = case.require(by, "report.propose_disposal")
    case.step("propose_disposal")
    _require_free(case)
    closed = case.report.closed_on
    if closed is not None and not is_out_of_place and today() < clocks.disposable_from(closed):
        raise NotComplete("too_early")
    case.report.proposer_id = by.person_id
    _done(case, "report.disposal_proposed", by, answer.role, once)


def confirm_disposal(case: Case, *, by: Actor, once: Once = None) -> str:
    """Another recipient disposes of it: its key is destroyed, for the circle, for the code and in every old copy.

    The certificate that stays is the digest of what was sealed, which the log keeps; returned. The key is destroyed
    inside the transaction: should that be cut off afterwards, the report is unreadable and still to be disposed of.
    """
    answer = case.require(by, "report.confirm_disposal")
    case.step("dispose")
    _require_free(case)
    names = [identity.pk for identity in Identity.objects.filter(report=case.report)]
    digest = _digest(case)
    report = case.report
    report.proposer_id = report.facts = report.contact = report.other_person = report.consents = None
    with case.act("report.disposed", by, answer.role, once=once, digest=digest) as entry:
        case.save(entry)
        forget_files(case)
        envelopes.destroy(case.pk, *names)
    return digest


def reject_disposal(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Another recipient says no: it is again what it was, closed, set apart or moved. Raises BadInput."""
    answer = case.require(by, "report.reject_disposal")
    require_reason("report", "reject_disposal", reason)
    if case.is_set_apart:
        case.step("reject_disposal_set_apart")
    elif case.report.moved_on is not None:
        case.step("reject_disposal_moved")
    else:
        case.step("reject_disposal")
        case.report.closed_on = case.report.closed_on or today()
    case.report.proposer_id = None
    _done(case, "report.disposal_rejected", by, answer.role, once, reason_code=reason)


def require_reason(machine: str, transition: str, reason: str) -> None:
    """Raises BadInput for a reason that is not on the transition's list."""
    if reason not in TRANSITION_REASONS[machine, transition]:
        raise BadInput(reason="choice")


def _require_answered(case: Case, key: ContentKey) -> None:
    """Raises NotComplete where the reporter's last word was that she wants to talk, or has been punished."""
    waiting = ""
    for message in Message.objects.filter(report=case.report).order_by("number"):
        if message.sender == Message.Sender.RECIPIENT:
            waiting = ""
        elif message.kind == Message.Kind.ANSWER:
            said = key.text(message, "body").partition("\n")[0]
            waiting = {"talk": "wants_to_talk", "reprisal yes": "reprisal"}.get(said, waiting)
    if waiting:
        raise NotComplete(waiting)


def _require_free(case: Case) -> None:
    if case.report.hold_by_id is not None:
        raise NotComplete("held")


def _digest(case: Case) -> str:
    """Of the ciphertext: it names what was disposed of, and tells nothing."""
    made = sha256(case.pk.bytes)
    for message in Message.objects.filter(report=case.report):
        made.update(rows.ciphertext(message, "body") or b"")
    return made.hexdigest()


def _done(case: Case, event: str, by: Actor, role: str, once: Once, **facts: Any) -> None:
    with case.act(event, by, role, once=once, **facts) as entry:
        case.save(entry)
