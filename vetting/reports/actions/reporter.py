"""What whoever reported may do with the code in hand: write more, change consents, give or take back a name, answer.

Each is given what the code opened (`returning.Returned`) and asks nobody: the code is the permission.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from audit.clock import now
from audit.covered import Covered
from audit.recorder import Act
from vetting.crypto import envelopes, paper
from vetting.crypto.content_key import ContentKey
from vetting.policy.report_facts import CONSENTS, FEEDBACK_ANSWERS
from vetting.policy.workflow import transitions_from
from vetting.reports import sealing
from vetting.reports.actions.alarms import ALARM, leave_alarms, raise_alarm
from vetting.reports.case import Case, Once, moved
from vetting.reports.days import today
from vetting.reports.directory import is_theirs, recipients_of
from vetting.reports.errors import BadInput, NotComplete, WrongState
from vetting.reports.models import Alarm, Identity, Member, Message
from vetting.reports.returning import Returned
from vetting.reports.submit import SHORT, identity_of, require_text

REPRISAL_ANSWERS = ("no", "unsure", "yes")


def write_more(back: Returned, text: str, *, once: Once = None) -> None:
    """Write more. A report that was closed is opened again. Raises BadInput, WrongState once it is disposed of."""
    text = require_text("text", text, back.code)
    with locked(back) as case:
        reopen(case)
        keep_way_back(case, back)
        message = _next(case, back, "addition", text)
        with case.act("report.added_to", None, once=once) as entry:
            case.save(entry, message)


def give_identity(back: Returned, name: str, *, once: Once = None) -> None:
    """Give a name afterwards; an earlier one is taken back. Raises BadInput."""
    name = require_text("name", name, back.code, SHORT)
    with locked(back) as case:
        earlier = _withdrawn(case)
        holders = _holders(case, back)
        identity, sealed = identity_of(case.report, name, holders)
        envelopes.store(sealed)
        try:
            with case.act("report.added_to", None, once=once) as entry:
                _save_all(entry, case, earlier, identity)
        except BaseException:
            envelopes.destroy(identity.pk)
            raise
    envelopes.destroy(*(row.pk for row in earlier))


def take_back_identity(back: Returned, *, once: Once = None) -> None:
    """Take the name back: its key is destroyed, and nobody can read it any more. Raises NotComplete where none is."""
    with locked(back) as case:
        earlier = _withdrawn(case)
        if not earlier:
            raise NotComplete("identity")
        with case.act("report.consent_changed", None, once=once) as entry:
            _save_all(entry, case, earlier)
    envelopes.destroy(*(row.pk for row in earlier))


def change_consents(
    back: Returned,
    given: Collection[str],
    *,
    removed: Collection[UUID] = (),
    contact: str | None = None,
    once: Once = None,
) -> None:
    """Say anew who may be told what; take further recipients out; change how one is reached ("" takes it back).

    Raises BadInput; NotComplete where too few recipients would be left.
    """
    if not set(given) <= CONSENTS.keys():
        raise BadInput(consents="choice")
    if contact is not None and contact.strip():
        contact = require_text("contact", contact, back.code, SHORT)
    with locked(back) as case:
        out = [member for member in case.circle if member.person_id in removed]
        if len(case.circle) - len(out) < (sealing.THRESHOLD if case.report.two_persons else 1):
            raise NotComplete("recipients")
        said = back.key.json(case.report, "consents") or {}
        excluded = sorted({*said.get("excluded", ()), *map(str, removed)})
        back.key.put_json(case.report, "consents", {**said, "given": sorted(given), "excluded": excluded})
        keep_way_back(case, back)
        if contact is not None:
            back.key.put(case.report, "contact", contact.strip() or None)
        for member in out:
            leave(case, member, "removed_by_reporter")
        with case.act("report.consent_changed", None, once=once) as entry:
            case.save(entry, *out)
        mine = Alarm.objects.filter(pk=back.key.name(ALARM))
        leave_alarms(mine, [member.person_id for member in out], now())
    for member in out:
        forget(back.report.pk, member)


def answer_feedback(back: Returned, answer: str, text: str = "", *, once: Once = None) -> None:
    """Say what one thinks of the feedback; `second_look` lets the alternative group in. Raises BadInput, WrongState."""
    if answer not in FEEDBACK_ANSWERS:
        raise BadInput(answer="choice")
    with locked(back) as case:
        if case.report.feedback_on is None:
            raise WrongState("report", "answer_feedback", case.report.state)
        written = f"{answer}\n{require_text('text', text, back.code)}" if text.strip() else answer
        message = _next(case, back, "answer", written)
        joining = _second_look(case, back) if answer == "second_look" else []
        with case.act("report.feedback_answered", None, once=once) as entry:
            case.save(entry, message, *joining)


def answer_reprisal(back: Returned, answer: str, text: str = "", *, once: Once = None) -> None:
    """Say whether anything has been done against one for reporting. Raises BadInput."""
    if answer not in REPRISAL_ANSWERS:
        raise BadInput(answer="choice")
    with locked(back) as case:
        written = f"{answer}\n{require_text('text', text, back.code)}" if text.strip() else answer
        message = _next(case, back, "answer", f"reprisal {written}")
        with case.act("report.reprisal_answered", None, once=once) as entry:
            case.save(entry, message)


def alarm_duty(back: Returned, *, once: Once = None) -> None:
    """Alarm whoever is on duty, without content. Raises WrongState once somebody has answered."""
    with locked(back) as case:
        moved("report", "alarm", case.report.state)
        with case.act("report.duty_alarmed", None, once=once):
            pass
        raise_alarm(case.report, back.key, now())


def keep_way_back(case: Case, back: Returned) -> None:
    """For reports of an earlier version, which kept nothing that the code could follow a move by."""
    said = back.key.json(case.report, "consents") or {}
    kept = envelopes.of_code(case.pk)
    public = sealing.public_of(back.code)
    if said.get("return") == paper.mark(public) and "return" in kept:
        return
    envelopes.forget_return(case.pk)
    made = [sealing.way_back(back.key, public)]
    if "receipt" not in kept and "moved" not in kept:
        made.append(sealing.for_return(back.key, public, back.code.key(sealing.LOOKUP)))
    envelopes.store(made)
    back.key.put_json(case.report, "consents", {**said, "return": paper.mark(public)})


@contextmanager
def locked(back: Returned) -> Iterator[Case]:
    """The report, locked. Raises WrongState where it was disposed of, or moved, since the code opened it."""
    with Case.locked(back.report.pk) as case:
        if case.report.state == "disposed" or case.report.moved_on is not None:
            raise WrongState("report", "add_own", str(case.report.state))
        yield case


def _holders(case: Case, back: Returned) -> list[tuple[UUID, bytes, int]]:
    """The circle, as the reporter's own words and the certificates have it, and not the rows of members alone."""
    out = set((back.key.json(case.report, "consents") or {}).get("excluded", ()))
    whose = {str(case.report.directory), "alternative"}
    return [
        (member.key_id, bytes(member.key.public), member.number)
        for member in case.circle
        if str(member.person_id) not in out
        and str(member.key.directory) in whose
        and is_theirs(member.key, member.person_id)
    ]


def leave(case: Case, member: Member, transition: str) -> None:
    """Out of the circle, today; nothing is saved. The envelopes go with `forget`, after the act."""
    member.state, member.ended_on = moved("circle", transition, member.state), today()
    if case.report.owner_id == member.person_id:
        case.report.owner_id = None


def forget(report: UUID, member: Member) -> None:
    """Destroy what the member holds of the report and of the names in it, what she lent, and what was lent to her."""
    envelopes.take_back(report, member.key_id)
    for identity in Identity.objects.filter(report=report):
        envelopes.take_back(identity.pk, member.key_id)


def _second_look(case: Case, back: Returned) -> list[Member]:
    """The alternative group gets the key, through the code in the reporter's hand; not those who had it already."""
    case.step("ask_second_look")
    known = {member.person_id for member in case.members}
    said = back.key.json(case.report, "consents") or {}
    known |= {UUID(person) for person in said.get("excluded", ())}
    fresh = [each for each in recipients_of("alternative") if each.person_id not in known]
    number = max((member.number for member in case.members), default=0)
    joining = [
        Member(
            report=case.report,
            key=each.key,
            person_id=each.person_id,
            role=each.role,
            number=number + place,
            state="member",
            since=today(),
        )
        for place, each in enumerate(fresh, 1)
    ]
    if not joining or case.report.two_persons:
        # Read by two from the beginning: that is the alternative group already.
        return []
    envelopes.put(sealing.for_each(back.key, [(m.key_id, bytes(m.key.public), m.number) for m in joining]))
    return joining


def reopen(case: Case) -> None:
    """What was closed is open again when its reporter adds to it. Raises WrongState once it is disposed of."""
    state = case.report.state
    if case.is_set_apart:
        # Set apart until somebody releases it; what was about to be disposed of is judged again.
        if state == "disposal_proposed":
            case.step("set_apart_by_reporter")
            case.report.proposer_id = None
        return
    if any(step.name == "reopen_by_reporter" for step in transitions_from("report", state)):
        case.step("reopen_by_reporter")
        case.report.closed_on, case.report.proposer_id = None, None


def _next(case: Case, back: Returned, kind: str, text: str) -> Message:
    return next_message(case, back.key, kind, text, sender="reporter")


def next_message(
    case: Case, key: ContentKey, kind: str, text: str, *, sender: str, author: UUID | None = None
) -> Message:
    """The next text of the conversation, sealed and not yet saved."""
    number = Message.objects.filter(report=case.report).count() + 1
    message = Message(
        report=case.report, number=number, sender=sender, kind=kind, author_id=author, day=today()
    )
    key.put(message, "body", text)
    return message


def _withdrawn(case: Case) -> list[Identity]:
    found = list(Identity.objects.filter(report=case.report, withdrawn_on=None))
    for row in found:
        row.withdrawn_on, row.who = today(), None
    return found


def _save_all(entry: Act, case: Case, earlier: list[Identity], *rows: Covered) -> None:
    for row in (*earlier, *rows):
        entry.save(row)
