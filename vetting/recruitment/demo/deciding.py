"""From the security function's opinion to the decision."""

from __future__ import annotations

from datetime import timedelta

from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.actions.candidacy import next_in_line, proceed_candidacy
from vetting.recruitment.actions.candidacy_outcome import mark_not_selected, withdraw_candidacy
from vetting.recruitment.actions.checks import reopen_check
from vetting.recruitment.actions.decision import Extract, Terms, record_board_decision, sign_decision
from vetting.recruitment.actions.endings import cancel_recruitment
from vetting.recruitment.actions.escalation import decide_escalation, record_board_escalation
from vetting.recruitment.actions.opinion import (
    escalate_opinion,
    prepare_opinion,
    renew_opinion,
    request_opinion,
    take_opinion,
)
from vetting.recruitment.actions.recruitment import settle_places
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.demo import texts
from vetting.recruitment.demo.inviting import invite
from vetting.recruitment.demo.municipality import GUEST
from vetting.recruitment.demo.opening import Left, Steps, closer_checks, leave_at
from vetting.recruitment.demo.tale import SECURITY, Tale
from vetting.recruitment.engine.progress import required
from vetting.recruitment.engine.rows import needs_opinion

DECIDABLE = ("checking", "cleared", "refused")
"""Who may be decided on; *refused* is left only where the plot decides against the opinion."""
REASONS = {
    "supported": ("",),
    "supported_conditions": texts.CONDITION,
    "returned": texts.RETURN,
    "advised_against": texts.REFUSAL,
}
CONDITIONS = {"supported_conditions": ("two_persons",)}


def opinions(tale: Tale) -> Steps:
    """Each finalist who holds a place, where the profile calls for an opinion."""
    for label in tale.labels("checking"):
        yield from opinion(tale, label)


def opinion(tale: Tale, label: str) -> Steps:
    """Prepared, asked for, voted on; returned and renewed, or lifted, as the plot has it."""
    if not needs_opinion(tale.case, tale.who(label)):
        return
    candidacy = tale.who(label)
    first = prepare_opinion(
        tale.case,
        by=tale.actor(tale.hr),
        candidacy=candidacy,
        recommendation=tale.say(texts.RECOMMENDATION),
    )
    request_opinion(tale.case, by=tale.actor(tale.hr), opinion=first)
    leave_at(tale, "requested")
    for ballot in tale.plot.ballots if label == "K1" else ("supported",):
        yield tale.random.randrange(1, 3)
        yield from votes(tale, label, ballot)
        state = str(tale.who(label).state)
        if state in {"returned", "refused"}:
            leave_at(tale, state)
        if state == "returned":
            yield from completed(tale, label)
    if tale.who(label).state == "refused" and tale.plot.after_no != "set_aside":
        yield 1
        yield from lifted(tale, label)


def votes(tale: Tale, label: str, ballot: str) -> Steps:
    """One or two persons; the second does not know what the first has said, and supports."""
    voters = tale.random.sample(SECURITY, 2)
    if tale.leading:
        voters[1] = "security_head"
    if tale.opinion(label).needs_guest:
        voters[0] = GUEST
        if invite(tale):
            leave_at(tale, "guest_invited")
            yield 1
    for place, key in enumerate(voters):
        current = tale.case.current_opinion(tale.who(label))
        if current is None or current.state not in {"requested", "half_given"}:
            return
        if place:
            leave_at(tale, "half_given")
            yield tale.random.randrange(0, 2)
            current = tale.opinion(label)
        if key != GUEST:
            take_opinion(tale.case, by=tale.actor(key), opinion=current)
        if tale.reads and not tale.who(label).is_protected:
            tale.read(label, key, "give_opinion", ("name",))
        outcome = "supported" if place else ballot
        said = Ballot(outcome, CONDITIONS.get(outcome, ()), tale.say(REASONS[outcome]))
        decide_opinion(tale.case, by=tale.actor(key), opinion=current, ballot=said)


def completed(tale: Tale, label: str) -> Steps:
    """After a return: one check is opened again and completed, and a new round asked for."""
    yield 1
    check = tale.case.check_named("references", tale.who(label))
    if check is not None and check.state == "done":
        reopen_check(tale.case, by=tale.actor(tale.hr), check=check, reason="requested_by_security")
    yield 2
    tale.record({"finalist"}, label)
    renew_opinion(tale.case, by=tale.actor(tale.hr), candidacy=tale.who(label))


def lifted(tale: Tale, label: str) -> Steps:
    """*Lyft beslutet*: the head of administration lets it go on, or not; where she is the manager, the committee."""
    current = tale.opinion(label)
    reason = tale.say(texts.ESCALATION)
    escalate_opinion(tale.case, by=tale.actor(tale.manager), opinion=current, reason=reason)
    leave_at(tale, "escalated")
    yield 3
    current = tale.opinion(label)
    overrule = tale.plot.after_no == "overruled"
    if current.escalated_to_id is None:
        record_board_escalation(
            tale.case,
            by=tale.actor("registrar"),
            opinion=current,
            overrule=overrule,
            decided_on=tale.today,
            section=f"§ {tale.random.randrange(20, 180)}",
        )
    else:
        reason = texts.AFTER_LIFT[0 if overrule else 1]
        decide_escalation(
            tale.case, by=tale.actor(tale.head), opinion=current, overrule=overrule, reason=reason
        )
    yield 1


def last_checks(tale: Tale) -> Steps:
    """What is done at the decision; someone may withdraw, and the next in line takes over."""
    if tale.plot.withdraws:
        leaving = tale.labels(*DECIDABLE)
        if leaving:
            withdraw_candidacy(tale.case, by=tale.actor(tale.hr), candidacy=tale.who(leaving[0]))
            yield 1
    yield from next_takes_over(tale)
    if not tale.labels(*DECIDABLE):
        cancel_recruitment(
            tale.case, by=tale.actor(tale.manager), reason="no_suitable_applicants", informed_on=tale.today
        )
        raise Left
    for label in tale.labels(*DECIDABLE):
        yes = {"secondary_job_reported"} if tale.plot.side_job and label == "K1" else set()
        if tale.plot.form in {"fixed_term", "hourly_pool", "holiday_work"}:
            yes |= {"fixed_term_over_month"}
        tale.answer(label, "decision", yes)
        tale.record({"decision"}, label)
    tale.record({"decision"})
    yield tale.random.randrange(0, 2)
    leave_at(tale, "cleared")


def next_takes_over(tale: Tale) -> Steps:
    """While a place is free and somebody waits for one."""
    while (waiting := next_in_line(tale.case)) is not None:
        label = waiting.label
        tale.record({"finalist"}, label)
        proceed_candidacy(tale.case, by=tale.actor(tale.hr), candidacy=tale.who(label), taking_over=True)
        yield 1
        yield from closer_checks(tale, label)
        yield from opinion(tale, label)


def decisions(tale: Tale) -> Steps:
    """One decision per place, by the delegate or noted from a board."""
    for label in tale.labels(*DECIDABLE):
        tale.record({"finalist", "decision"}, label)
        decide(tale, label)
        yield tale.random.randrange(0, 2)
    for label in tale.labels("proposed", "reserve"):
        mark_not_selected(
            tale.case, by=tale.actor(tale.manager), candidacy=tale.who(label), reason="other_chosen"
        )
    if tale.plot.settles and tale.case.recruitment.state == "open":
        settle_places(tale.case, by=tale.actor(tale.manager), reason="fewer_needed")
    leave_at(tale, "selected")


def decide(tale: Tale, label: str) -> None:
    """Sign, with the extracts that are shown on the same page."""
    case, one = tale.case, tale.who(label)
    planned = max(tale.today, case.recruitment.planned_start or tale.today)
    last = planned + timedelta(days=9) if tale.plot.waiver == "deferred" else None
    if FORMS[case.recruitment.form].always_ends:
        last = planned + timedelta(days=30)
    terms = Terms(planned, last, merit_reference=f"Jämförelse {tale.random.randrange(100, 999)}")
    shown = [check for check in case.checks_of(one) if check.documentation == "note_shown_only"]
    trial = {"trial_period": tale.random.random() < 0.3} if "trial_period" in required(case).questions else {}
    if tale.plot.board and not shown:
        record_board_decision(
            case,
            by=tale.actor(tale.hr),
            candidacy=one,
            maker=tale.plot.board,
            decided_on=tale.today,
            section=f"§ {tale.random.randrange(5, 90)}",
            terms=terms,
            answers=trial,
        )
        return
    sign_decision(
        case,
        by=tale.actor(tale.manager),
        candidacy=one,
        terms=terms,
        answers=trial,
        extracts={check.code: Extract(tale.today, tale.today) for check in shown},
        against=tale.say(texts.AGAINST) if one.state == "refused" else "",
    )
