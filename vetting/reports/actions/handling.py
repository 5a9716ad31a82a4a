"""The recipients' steps, from the first answer to the follow-up. What they write is sealed.

The case is locked (`Case.locked`), `by` acts, `vault` holds the keys to seal with, `once` is the form's. All raise
Denied, WrongState, NotYours and NeedsAnother (`Vault.of`), and BadInput for what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from audit.covered import Covered
from vetting.access.actor import Actor
from vetting.policy import report_clocks as clocks
from vetting.reports.actions.reporter import next_message
from vetting.reports.case import Case, Once
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, WrongState
from vetting.reports.models import Measure, Message, Record
from vetting.reports.submit import require_text
from vetting.reports.vault import Vault

#: Steps of the first hour.
PROTECTION = ("contacted", "safe_tonight", "other_case_officer", "contact_closed", "evidence_saved")
THREAT_LEVELS = ("low", "raised", "serious", "acute")
#: States in which recipients work with a report.
OPEN = (
    "received",
    "acknowledged",
    "in_assessment",
    "in_action",
    "feedback_given",
    "second_look",
    "following_up",
)


def take(case: Case, *, by: Actor, once: Once = None) -> None:
    """Answer for the report."""
    answer = case.require(by, "report.take")
    _require_open(case, "take")
    case.report.owner_id = by.person_id
    _done(case, "report.taken", by, answer.role, once)


def hand_over(case: Case, *, by: Actor, to: UUID, once: Once = None) -> None:
    """Let another member of the circle answer for it."""
    answer = case.require(by, "report.hand_over")
    _require_open(case, "hand_over")
    if to not in {member.person_id for member in case.circle} - {by.person_id}:
        raise BadInput(to="choice")
    case.report.owner_id = to
    _done(case, "report.handed_over", by, answer.role, once)


def acknowledge(case: Case, text: str, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Confirm to the reporter that it has come (2021:890, 5 kap. 8 §). The clock of the feedback begins."""
    answer = case.require(by, "report.acknowledge")
    case.step("acknowledge")
    case.report.acknowledged_on = today()
    case.report.feedback_by = clocks.feedback_by(case.report.received_on, today())
    message = _message(case, "acknowledgement", text, by, vault)
    _done(case, "report.acknowledged", by, answer.role, once, message)


def send_message(case: Case, text: str, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Write to the reporter."""
    answer = case.require(by, "message.send")
    _require_not_disposed(case, "send_message")
    message = _message(case, "message", text, by, vault)
    with case.act("message.sent", by, answer.role, once=once) as entry:
        entry.save(message)


def protect(case: Case, step: str, note: str, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Tick off one step of the first hour, with what was done."""
    answer = case.require(by, "report.protect")
    _require_open(case, "protect")
    if step not in PROTECTION:
        raise BadInput(step="choice")
    record = _record(case, "protection", {"step": step, "note": note.strip()}, by, vault)
    with case.act("report.protected", by, answer.role, once=once, step_code=step) as entry:
        entry.save(record)


def begin_assessment(case: Case, *, by: Actor, once: Once = None) -> None:
    """Begin to assess; also where no confirmation is given, as it was declined or would give somebody away."""
    answer = case.require(by, "report.begin_assessment")
    case.step("begin_unacknowledged" if case.report.state == "received" else "begin_assessment")
    case.report.owner_id = case.report.owner_id or by.person_id
    _done(case, "report.assessment_begun", by, answer.role, once)


def assess(case: Case, content: Mapping[str, Any], *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Type, threat level (`threat`), possible crimes and what is to be done, as one sealed record."""
    answer = case.require(by, "report.assess")
    case.step("decide_actions")
    if content.get("threat") not in THREAT_LEVELS:
        raise BadInput(threat="choice")
    record = _record(case, "assessment", content, by, vault)
    _done(case, "report.assessed", by, answer.role, once, record)


def plan_measure(
    case: Case, what: str, *, by: Actor, vault: Vault, responsible: UUID, due: date, once: Once = None
) -> Measure:
    """A measure, with who answers for it and by when. After feedback it takes the report back to measures."""
    answer = case.require(by, "report.plan_action")
    _require_open(case, "plan_action")
    if case.report.state in ("feedback_given", "following_up"):
        case.step("more_actions")
    if due < today():
        raise BadInput(due="past")
    measure = Measure(report=case.report, responsible_id=responsible, due_on=due)
    vault.of(case).put(measure, "what", require_text("what", what))
    _done(case, "report.action_planned", by, answer.role, once, measure)
    return measure


def complete_measure(case: Case, measure: Measure, *, by: Actor, once: Once = None) -> None:
    """The measure is done."""
    answer = case.require(by, "report.complete_action")
    if measure.report_id != case.pk or measure.done_on is not None:
        raise WrongState("measure", "complete", "done")
    measure.done_on, measure.done_by_id = today(), by.person_id
    with case.act("report.action_completed", by, answer.role, once=once) as entry:
        entry.save(measure)


def record_support(
    case: Case, content: Mapping[str, Any], *, by: Actor, vault: Vault, once: Once = None
) -> None:
    """Support that was offered: occupational health, union, relatives."""
    _recorded(case, "support", content, "report.record_support", "report.support_recorded", by, vault, once)


def record_work_environment(
    case: Case, content: Mapping[str, Any], *, by: Actor, vault: Vault, once: Once = None
) -> None:
    """Incident (register, reference), serious incident to the authority (AML 3 kap. 3 a §), safety representative."""
    _recorded(
        case,
        "work_environment",
        content,
        "report.record_work_environment",
        "report.work_environment_recorded",
        by,
        vault,
        once,
    )


def write_note(case: Case, text: str, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """A note for the circle alone."""
    said = {"text": require_text("text", text)}
    _recorded(case, "note", said, "report.write_note", "report.note_written", by, vault, once)


def give_feedback(case: Case, text: str, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Tell the reporter what was done. Required before closing."""
    answer = case.require(by, "report.give_feedback")
    case.step("give_feedback")
    case.report.feedback_on = today()
    message = _message(case, "feedback", text, by, vault)
    _done(case, "report.feedback_given", by, answer.role, once, message)


def begin_follow_up(case: Case, text: str, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Follow up after 30 days, and again after 90: how it is now, as a sealed record."""
    answer = case.require(by, "report.begin_follow_up")
    if case.report.state != "following_up":
        case.step("begin_follow_up")
    case.report.followed_up_on = today()
    record = _record(case, "follow_up", {"text": require_text("text", text)}, by, vault)
    _done(case, "report.follow_up_begun", by, answer.role, once, record)


def take_second_look(case: Case, *, by: Actor, once: Once = None) -> None:
    """The alternative group takes over, as the reporter asked."""
    answer = case.require(by, "report.take_second_look")
    case.step("second_look_to_assessment")
    case.report.owner_id = by.person_id
    _done(case, "report.second_look_taken", by, answer.role, once)


def register(case: Case, diary_number: str, *, by: Actor, once: Once = None) -> None:
    """The number in the diary; never a name."""
    answer = case.require(by, "report.register")
    number = require_text("diary_number", diary_number, longest=40)
    case.report.diary_number = number
    _done(case, "report.registered", by, answer.role, once, diary_number=number)


def open_measures(case: Case) -> int:
    """How many measures are not done."""
    return Measure.objects.filter(report=case.report, done_on=None).count()


def require_feedback(case: Case) -> None:
    """Raises NotComplete where the reporter has not been told, or measures are left."""
    missing = [] if case.report.feedback_on is not None else ["feedback"]
    if open_measures(case):
        missing.append("measures")
    if missing:
        raise NotComplete(*missing)


def _recorded(
    case: Case,
    kind: str,
    content: Mapping[str, Any],
    permission: str,
    event: str,
    by: Actor,
    vault: Vault,
    once: Once,
) -> None:
    answer = case.require(by, permission)
    _require_not_disposed(case, kind)
    record = _record(case, kind, content, by, vault)
    with case.act(event, by, answer.role, once=once) as entry:
        entry.save(record)


def _record(case: Case, kind: str, content: Mapping[str, Any], by: Actor, vault: Vault) -> Record:
    record = Record(report=case.report, kind=kind, author_id=by.person_id, day=today())
    vault.of(case).put_json(record, "content", dict(content))
    return record


def _message(case: Case, kind: str, text: str, by: Actor, vault: Vault) -> Message:
    said = require_text("text", text)
    return next_message(case, vault.of(case), kind, said, sender="recipient", author=by.person_id)


def _done(case: Case, event: str, by: Actor, role: str, once: Once, *rows: Covered, **facts: Any) -> None:
    with case.act(event, by, role, once=once, **facts) as entry:
        case.save(entry, *rows)


def _require_open(case: Case, step: str) -> None:
    if case.report.state not in OPEN:
        raise WrongState("report", step, case.report.state)


def _require_not_disposed(case: Case, step: str) -> None:
    if case.report.state in ("disposed", "transferred", "quarantined"):
        raise WrongState("report", step, case.report.state)
