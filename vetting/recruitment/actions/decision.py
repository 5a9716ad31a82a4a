"""The decision to employ, engage or receive: signed by a delegate with a valid point, or noted from a board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.engagement_forms import FORMS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.against import set_aside, write_set_aside
from vetting.recruitment.actions.answers import require_own_questions
from vetting.recruitment.actions.common import Once, require_complete, require_moving, require_past, step
from vetting.recruitment.actions.defer import require_short
from vetting.recruitment.actions.errors import BadInput, NotComplete, SamePerson, WrongState
from vetting.recruitment.actions.new_checks import new_checks
from vetting.recruitment.actions.reuse import require_exemptions
from vetting.recruitment.actions.shown import is_to_be_shown, record_shown
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import (
    Missing,
    missing_before_signing,
    missing_for_decision,
    unanswered,
)
from vetting.recruitment.models import Candidacy, Check, Decision, Engagement, Recruitment
from vetting.recruitment.standing import point_to_sign_by

DELEGATE = "deciding_delegate"
BOARDS = ("committee", "executive_board", "council", "company")


@dataclass(frozen=True, slots=True)
class Extract:
    """What the signer types of an extract shown to her: the day, and the day of issue, which is not kept."""

    shown_on: date
    issued_on: date


@dataclass(frozen=True, slots=True)
class Terms:
    """When the engagement begins, and ends where it does."""

    planned_start: date
    planned_end: date | None = None
    case_number: str = ""
    merit_reference: str = ""


def sign_decision(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    terms: Terms,
    answers: Mapping[str, bool] | None = None,
    extracts: Mapping[str, Extract] | None = None,
    against: str = "",
    once: Once = None,
) -> Decision:
    """Decide as a delegate. Extracts shown to the signer are noted on the same page, just before the signature.

    Kommunallagen 7:5–8: without a point of delegation valid today for that post and form there is no signature.
    `against`: why, where the security function advises against and the authority has its opinion as consultation.
    Raises NotComplete with each thing that stops the decision, BadInput, Denied.
    """
    answer = case.require(by, "decision.sign", candidacy=candidacy)
    point = point_to_sign_by(case, by)
    if point is None:
        raise NotComplete([Missing("stop", "no_delegation")])
    opinion = case.current_opinion(candidacy)
    opined = {vote.person_id for vote in case.votes_of(opinion)} if opinion is not None else set()
    if by.person_id in opined:
        raise SamePerson
    aside = set_aside(case, by, candidacy, against)
    _require_ready(case, candidacy, terms)
    if terms.planned_start < by.on:
        raise BadInput(planned_start="before_decision")
    require_complete(missing_before_signing(case, candidacy))
    candidacy.answers = {**candidacy.answers, **_asked(case, by, candidacy, answers or {})}
    if aside is not None:
        write_set_aside(case, by, answer.role, candidacy, aside)
    _note_extracts(case, by, candidacy, extracts or {})
    require_complete(missing_for_decision(case, candidacy))
    decision = Decision(
        recruitment=case.recruitment,
        candidacy=candidacy,
        maker=Decision.Maker.DELEGATE,
        decided_by_id=by.person_id,
        recorded_by_id=by.person_id,
        delegation_point=point,
        case_number=terms.case_number,
        merit_reference=terms.merit_reference,
        decided_on=by.on,
        barred=" ".join(sorted(person.hex for person in opined)),
    )
    said = {"delegation_point": point.code, "date": by.on.isoformat(), "form": case.recruitment.form}
    _take_effect(
        case, by, answer.role, candidacy, decision, terms, "decision.signed", said, once, board=False
    )
    return decision


def _note_extracts(case: Case, by: Actor, candidacy: Candidacy, extracts: Mapping[str, Extract]) -> None:
    """Every extract has been shown to the signer herself, these just now. Raises BadInput, NotComplete."""
    for code, extract in extracts.items():
        check = case.check_named(code, candidacy)
        if check is not None and is_to_be_shown(check, by):
            # An earlier note says nothing of the extract's age today, nor that the signer has seen it.
            check.state, check.outcome = check.State.NOT_STARTED, ""
            check.reused_from = check.valid_until = None
            note_shown(case, by, check, extract)
    require_complete(
        [Missing("check", each.code) for each in case.checks_of(candidacy) if is_to_be_shown(each, by)]
    )


def note_shown(case: Case, by: Actor, check: Check, extract: Extract) -> None:
    """*Utdraget har visats upp*, on the page of a decision. Raises BadInput with the extract's code in each field."""
    try:
        record_shown(case, by=by, check=check, shown_on=extract.shown_on, issued_on=extract.issued_on)
    except BadInput as error:
        # Several extracts stand on the page: say which day of which one.
        raise BadInput(**{f"{name}_{check.code}": why for name, why in error.errors.items()}) from error


def record_board_decision(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    maker: str,
    decided_on: date,
    section: str,
    terms: Terms,
    answers: Mapping[str, bool] | None = None,
    once: Once = None,
) -> Decision:
    """Note a decision of a committee, board, council or company, with its date and §.

    Where an extract must be shown, the one who signs decides; such a post is decided by a delegate.
    """
    answer = case.require(by, "decision.record_board", candidacy=candidacy)
    if maker not in BOARDS:
        raise BadInput(maker="choice")
    if not section.strip():
        raise BadInput(section="required")
    require_past(decided_on=decided_on)
    opinion = case.current_opinion(candidacy)
    before = [candidacy.proceeded_on]
    if opinion is not None:
        before.append(opinion.escalation_on or opinion.concluded_on)
    if any(day is not None and decided_on < day for day in before):
        raise BadInput(decided_on="before_basis")
    if terms.planned_start < decided_on:
        raise BadInput(planned_start="before_decision")
    _require_ready(case, candidacy, terms)
    candidacy.answers = {**candidacy.answers, **_asked(case, by, candidacy, answers or {}, noting=True)}
    require_complete(missing_for_decision(case, candidacy))
    decision = Decision(
        recruitment=case.recruitment,
        candidacy=candidacy,
        maker=maker,
        recorded_by_id=by.person_id,
        section=section.strip(),
        case_number=terms.case_number,
        merit_reference=terms.merit_reference,
        decided_on=decided_on,
    )
    said = {"target_body": maker, "section": section.strip(), "date": decided_on.isoformat()}
    _take_effect(
        case, by, answer.role, candidacy, decision, terms, "decision.board_recorded", said, once, board=True
    )
    return decision


def _require_ready(case: Case, candidacy: Candidacy, terms: Terms) -> None:
    require_moving(case)
    if case.recruitment.state not in {Recruitment.State.OPEN, Recruitment.State.ONBOARDING}:
        raise WrongState("recruitment", "decide", str(case.recruitment.state))
    if candidacy.state not in {Candidacy.State.CHECKING, Candidacy.State.CLEARED}:
        raise WrongState("candidacy", "select", str(candidacy.state))
    if terms.planned_end is None and FORMS[case.recruitment.form].always_ends:
        raise BadInput(planned_end="last_day")
    if terms.planned_end is not None and terms.planned_end < terms.planned_start:
        raise BadInput(planned_end="before_start")
    require_short(case, candidacy, terms.planned_start, terms.planned_end)
    require_exemptions(case, candidacy, terms.planned_start)


def _asked(
    case: Case, by: Actor, candidacy: Candidacy, answers: Mapping[str, bool], *, noting: bool = False
) -> dict[str, bool]:
    """The answers that belong to the decision itself (of the delegate). Raises NotComplete for one left open.

    `noting`: a board has decided, and what it answered is written down. Raises BadInput for what is another's.
    """
    given = {code: bool(value) for code, value in answers.items() if code in QUESTIONS and value is not None}
    mine = {code: value for code, value in given.items() if "decision" in QUESTIONS[code].asked_when}
    known = {**case.recruitment.answers, **candidacy.answers}
    delegates = {DELEGATE} if noting else set()
    require_own_questions(case, by, mine, known, candidacy=candidacy, noting=delegates)
    left = [
        Missing("question", code)
        for code in unanswered(case, candidacy, "decision")
        if code not in mine and DELEGATE in QUESTIONS[code].answered_by
    ]
    require_complete(left)
    return mine


def _take_effect(
    case: Case,
    by: Actor,
    role: str,
    candidacy: Candidacy,
    decision: Decision,
    terms: Terms,
    event: str,
    said: dict[str, Any],
    once: Once,
    *,
    board: bool,
) -> None:
    recruitment = case.recruitment
    opinion = case.current_opinion(candidacy)
    engagement = Engagement(
        recruitment=recruitment,
        candidacy=candidacy,
        form=recruitment.form,
        planned_start=terms.planned_start,
        planned_end=terms.planned_end,
    )
    if candidacy.state == Candidacy.State.CHECKING:
        candidacy.state = Candidacy.State.CLEARED  # clear_when_nothing_stops: judged just now
    candidacy.state = step("candidacy", "select_by_board" if board else "select", candidacy.state)
    candidacy.outcome, candidacy.changed_at = "engaged", now()
    case.decisions.append(decision)
    case.engagements.append(engagement)
    rows = new_checks(case, "engagement", candidacy)
    with case.act(event, by, role, candidacy=candidacy, once=once, seal=True, **said) as entry:
        entry.save(candidacy)
        if opinion is not None and opinion.state in {"approved", "approved_with_conditions", "overruled"}:
            opinion.state = step("opinion", "use_by_board" if board else "use", opinion.state)
            opinion.changed_at = now()
            entry.save(opinion)
        if opinion is not None and opinion.state in {"used", "set_aside"}:
            decision.opinion = opinion
        entry.save(decision)
        entry.save(engagement)
        for row in rows:
            entry.save(row)
        _decide_recruitment(case, by, board)
        entry.save(recruitment)
    case.checks += rows


def _decide_recruitment(case: Case, by: Actor, board: bool) -> None:
    recruitment = case.recruitment
    decided = sum(candidacy.state in {"selected", "started"} for candidacy in case.candidacies)
    recruitment.changed_at = now()
    if (
        recruitment.state != Recruitment.State.OPEN
        or decided + recruitment.settled_places < recruitment.places
    ):
        return
    started = any(candidacy.state == Candidacy.State.STARTED for candidacy in case.candidacies)
    names = (
        ("board_decides_while_onboarding", "decide_by_board")
        if board
        else ("decide_while_onboarding", "decide")
    )
    recruitment.state = step("recruitment", names[0] if started else names[1], recruitment.state)
    recruitment.decided_on = by.on


__all__ = ["Extract", "Terms", "note_shown", "record_board_decision", "sign_decision"]
