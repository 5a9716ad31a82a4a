"""What is missing before each stop: going on to the final checks, the opinion, the decision and the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from vetting.policy.grounds import Entity
from vetting.policy.questions import QUESTIONS
from vetting.policy.requirement import Requirement, requirement
from vetting.recruitment.case import Case
from vetting.recruitment.engine.rows import Row, candidacy_rows, needs_opinion, recruitment_rows, waivers_used
from vetting.recruitment.models import Candidacy, Recruitment, Recusal

EITHER_ORDER = {"union", "union_information", "priority_right_recheck", "merit"}
"""Rows that may be done before or after the opinion (domain.md 1)."""
CONFLICTS = "recruiter_coi"
"""A declared conflict of interest: told once, among what stops everything."""
FINAL = {
    Candidacy.State.CHECKING,
    Candidacy.State.AWAITING_SECURITY,
    Candidacy.State.RETURNED,
    Candidacy.State.REFUSED,
    Candidacy.State.ESCALATED,
    Candidacy.State.CLEARED,
    Candidacy.State.SELECTED,
    Candidacy.State.STARTED,
}
DECIDED = {Candidacy.State.SELECTED, Candidacy.State.STARTED}


@dataclass(frozen=True, slots=True)
class Missing:
    """One named blocker: a catalogue check, an unanswered question, or another stop, by code."""

    kind: str
    code: str
    row: Row | None = None


def required(
    case: Case, answers: dict[str, bool | None] | None = None, on: date | None = None
) -> Requirement:
    """What the catalogue asks of this recruitment, under the catalogue and profiles of the day it was opened."""
    post, workplace = case.position.profiles, case.unit.profiles
    if case.recruitment.opened_on is not None and case.recruitment.profiles:
        # As it was opened: whoever changes the post or the workplace later takes no check from a finalist to come.
        post, workplace = case.recruitment.profiles, []
    return _required(
        tuple(post),
        tuple(workplace),
        case.recruitment.form,
        tuple((answers if answers is not None else case.recruitment.answers).items()),
        on or case.recruitment.catalogue_on or case.today,
        case.authority.entity_kind,
        frozenset(case.authority.switched_on),
    )


@lru_cache(maxsize=4096)
def _required(
    profiles: tuple[str, ...],
    unit_profiles: tuple[str, ...],
    form: str,
    answers: tuple[tuple[str, bool | None], ...],
    on: date,
    entity: Entity,
    switched_on: frozenset[str],
) -> Requirement:
    """Asked many times for every page and act, and always the same for the same post, day and answers."""
    return requirement(profiles, unit_profiles, form, dict(answers), on, entity, switched_on)


def places_taken(case: Case) -> int:
    """Places that a finalist holds: everyone who has gone on to the final checks and not left."""
    return sum(1 for candidacy in case.candidacies if candidacy.state in FINAL)


def places_free(case: Case) -> int:
    """Places without a proposed finalist."""
    return case.recruitment.places - case.recruitment.settled_places - places_taken(case)


def is_settled(case: Case) -> bool:
    """Whether every place has a decision or has been settled as not to be filled."""
    decided = sum(1 for candidacy in case.candidacies if candidacy.state in DECIDED)
    return decided > 0 and decided + case.recruitment.settled_places >= case.recruitment.places


def manager_stands_aside(case: Case) -> bool:
    """Whether it has been decided that the manager takes no part: somebody else is needed in her place."""
    own = case.recusal_of(case.recruitment.manager_id)
    return own is not None and own.state == Recusal.State.EXCLUDED


def undeclared(case: Case) -> list[str]:
    """Participants (person ids) who have not answered the conflict-of-interest question for today's finalists.

    Whoever decides after a lift takes no part in the choice; she declares in the decision itself.
    """
    takes_part = {case.recruitment.manager_id} | {
        grant.user.person_id
        for grant in case.grants
        if grant.permission.codename in {"act_as_hr_officer", "act_as_hr_head"}
    }
    answered = {
        recusal.person_id
        for recusal in case.recusals
        if recusal.state == Recusal.State.EXCLUDED or recusal.finalists_seen >= len(case.candidacies)
    }
    return sorted(str(person) for person in takes_part - answered)


def owes_declaration(case: Case, person: UUID) -> bool:
    """Whether finalists wait for this person's own declaration."""
    going = case.recruitment.state not in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}
    return bool(case.candidacies) and going and str(person) in undeclared(case)


def unanswered(case: Case, candidacy: Candidacy | None, moment: str) -> list[str]:
    """Question codes that stand unanswered at `moment` (opening, candidacy or decision)."""
    answers = dict(case.recruitment.answers)
    if candidacy is not None:
        answers |= candidacy.answers
    asked = required(case).questions
    return [
        code
        for code in asked
        if moment in QUESTIONS[code].asked_when
        and code != "participant_conflict"
        and answers.get(code) is None
    ]


def _common(case: Case) -> list[Missing]:
    missing = [Missing("stop", "held")] if case.recruitment.on_hold else []
    if case.recruitment.state == Recruitment.State.DRAFT:
        missing.append(Missing("stop", "draft"))
    if any(recusal.state == Recusal.State.DECLARED for recusal in case.recusals):
        missing.append(Missing("check", CONFLICTS))
    elif undeclared(case):
        missing.append(Missing("stop", "declarations"))
    return missing


def waits_for_declarations(case: Case) -> bool:
    """Whether a declaration of conflict of interest, or the answer to one, stands in the way of every finalist."""
    return any(recusal.state == Recusal.State.DECLARED for recusal in case.recusals) or bool(undeclared(case))


def _open_rows(rows: list[Row], *, skip: set[str] | frozenset[str] = frozenset()) -> list[Missing]:
    return [
        Missing("check", row.spec.code, row)
        for row in rows
        if row.spec.blocks == "decision" and not row.is_settled and row.spec.code not in skip
    ]


def missing_to_proceed(case: Case, candidacy: Candidacy) -> list[Missing]:
    """What must be done before the human decision to go on to the intrusive checks may be recorded."""
    own = [
        row
        for row in candidacy_rows(case, candidacy)
        if row.spec.stage == "finalist" and not row.spec.intrusive
    ]
    first = [row for row in recruitment_rows(case) if row.spec.stage == "before_advert"]
    questions = [Missing("question", code) for code in unanswered(case, candidacy, "candidacy")]
    full = [] if places_free(case) > 0 or candidacy.state in FINAL else [Missing("stop", "places")]
    return [*_common(case), *full, *_open_rows(first), *questions, *_open_rows(own)]


def missing_for_opinion(case: Case, candidacy: Candidacy) -> list[Missing]:
    """What must be done before the security function is asked: everything but what is shown at the decision."""
    rows = [*recruitment_rows(case), *candidacy_rows(case, candidacy)]
    skip = (
        EITHER_ORDER
        | {"security_opinion", "decision", CONFLICTS}
        | {row.spec.code for row in rows if row.is_shown_only}
    )
    skip |= {row.spec.code for row in rows if row.spec.code.startswith("crim_")}
    questions = [Missing("question", code) for code in unanswered(case, candidacy, "candidacy")]
    gone_on = [] if candidacy.proceeded_on else [Missing("stop", "proceed")]
    return [*_common(case), *gone_on, *questions, *_open_rows(rows, skip=skip)]


def missing_for_decision(case: Case, candidacy: Candidacy) -> list[Missing]:
    """What stops the decision, extracts that are shown on the decision's own page included."""
    rows = [*recruitment_rows(case), *candidacy_rows(case, candidacy)]
    gone_on = [] if candidacy.proceeded_on else [Missing("stop", "proceed")]
    questions = [
        Missing("question", code)
        for moment in ("candidacy", "decision")
        for code in unanswered(case, candidacy, moment)
        if "deciding_delegate" not in QUESTIONS[code].answered_by or moment == "candidacy"
    ]
    return [*_common(case), *gone_on, *questions, *_open_rows(rows, skip={"decision", CONFLICTS})]


def missing_before_signing(case: Case, candidacy: Candidacy) -> list[Missing]:
    """What stops the decision apart from extracts that are noted on the same page as the signature."""
    return [
        m for m in missing_for_decision(case, candidacy) if not (m.row is not None and m.row.is_shown_only)
    ]


def may_decide_against(case: Case, candidacy: Candidacy) -> bool:
    """Whether the delegate may decide in spite of *avstyrks*: the authority has the opinion as consultation.

    Where either the round or the authority's policy of today says that it binds, it binds.
    """
    opinion = case.current_opinion(candidacy)
    refused = candidacy.state == Candidacy.State.REFUSED and opinion is not None
    return refused and not (opinion is not None and opinion.binds) and not case.authority.opinion_binds


def missing_for_start(case: Case, candidacy: Candidacy) -> list[Missing]:
    """What stands between the finalist and *Får börja*: the decision's stops until it is made, then the start's."""
    if case.decision_of(candidacy) is None:
        return [*missing_for_decision(case, candidacy), Missing("check", "decision")]
    rows = candidacy_rows(case, candidacy)
    missing = [Missing("stop", "held")] if case.recruitment.on_hold else []
    # What stopped the decision was settled then; where that was by a waiver which is over, it stops the start.
    return missing + [
        Missing("check", row.spec.code, row)
        for row in rows
        if not row.is_settled
        and (row.spec.blocks == "start" or (row.spec.blocks == "decision" and row.waiver_over is not None))
    ]


def may_start(case: Case, candidacy: Candidacy) -> bool:
    """The large sign: *Får börja*."""
    engagement = case.engagement_of(candidacy)
    return engagement is not None and not missing_for_start(case, candidacy)


def missing_to_close(case: Case) -> list[Missing]:
    """What must be done before the recruitment can be closed: everyone started, introduction included.

    Nothing is left to a waiver: what one was used for is done, or found not to be needed, before the end.
    """
    missing: list[Missing] = []
    for candidacy in case.candidacies:
        if candidacy.state == Candidacy.State.SELECTED:
            missing.append(Missing("stop", "not_started"))
        if candidacy.state == Candidacy.State.STARTED:
            for row in candidacy_rows(case, candidacy):
                if _before_closing(row) and not row.is_finished:
                    missing.append(Missing("check", row.spec.code, row))
    return missing


def _before_closing(row: Row) -> bool:
    used = row.waiver is not None and row.spec.blocks is not None
    if row.waived_until is not None or (used and row.spec.stage not in {"employment", "exit"}):
        return True
    return row.spec.stage == "start" or row.spec.code == "intro_influence"


def is_cleared(case: Case, candidacy: Candidacy) -> bool:
    """*Klar för beslut*: nothing stops the decision but extracts that are shown on its page (derived)."""
    return candidacy.state in {
        Candidacy.State.CHECKING,
        Candidacy.State.CLEARED,
    } and not missing_before_signing(case, candidacy)


def state_shown(case: Case, candidacy: Candidacy) -> str:
    """The candidacy's state as it is now, with *cleared* and the fall back from it judged when read."""
    if candidacy.state == Candidacy.State.CHECKING and not needs_opinion(case, candidacy):
        return Candidacy.State.CLEARED if is_cleared(case, candidacy) else Candidacy.State.CHECKING
    if candidacy.state == Candidacy.State.CLEARED and missing_before_signing(case, candidacy):
        return Candidacy.State.CHECKING
    return str(candidacy.state)


def approvers_needed(case: Case, candidacy: Candidacy) -> tuple[int, list[str]]:
    """How many persons give an opinion, and why a second was added where the profile asks for one.

    Level 3: one; a second on a deviation, when a waiver has been signed or when drawn in the sample (a condition adds
    one when it is proposed).
    """
    needed = max(case.recruitment.approvers, 1)
    because: list[str] = []
    if any(check.has_deviated for check in case.checks_of(candidacy)):
        because.append("deviation")
    if waivers_used(case, candidacy):
        because.append("waiver")
    if candidacy.sampled:
        because.append("sample")
    return (2 if because else needed, because) if needed == 1 else (needed, [])


def progress(rows: list[Row]) -> tuple[int, int]:
    """(finished, all) among mandatory rows: those that stop the decision or the start. Waived is not finished."""
    mandatory = [row for row in rows if row.spec.blocks is not None]
    return sum(row.is_finished for row in mandatory), len(mandatory)
