"""Creating, opening and moving a recruitment as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from audit.clock import now
from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Facts, lent_at, require
from vetting.access.grants import permission_for
from vetting.accounts.models import Person
from vetting.organisation.models import Position
from vetting.policy.engagement_forms import FORMS
from vetting.policy.questions import QUESTIONS
from vetting.policy.reasons import HOLD, NOT_FILLED
from vetting.policy.rounds import MOST_PLACES
from vetting.recruitment.actions.answers import require_own_questions
from vetting.recruitment.actions.common import Once, require_complete, require_moving, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.follow import follow_answers
from vetting.recruitment.actions.new_checks import new_checks
from vetting.recruitment.case import Case, points_above
from vetting.recruitment.engine.progress import Missing, places_taken, required, unanswered
from vetting.recruitment.engine.rows import recruitment_rows
from vetting.recruitment.models import Candidacy, Recruitment, RecruitmentGrant
from vetting.recruitment.queries.references import next_reference


def create_recruitment(
    *,
    by: Actor,
    position: Position,
    manager: Person,
    form: str,
    places: int,
    planned_start: date | None = None,
    engagement_days: int | None = None,
    copied_from: Recruitment | None = None,
    reference: str | None = None,
    once: Once = None,
) -> Case:
    """Start a recruitment as a draft. An HR officer who creates it is assigned to it at once.

    Raises Denied, or BadInput for a refused form (elected posts), a number of places outside 1–500, a retired post or
    a unit that has ended.
    """
    unit = position.unit
    facts = Facts(unit.authority_id, unit.path, is_own=manager.pk == by.person_id)
    facts = lent_at(by, facts, lambda absent: absent.person_id == manager.pk)
    decision = require(by, "recruitment.copy" if copied_from else "recruitment.create", facts)
    _require_fillable(position, form, places, by.on)
    recruitment = Recruitment(
        reference=reference or next_reference(by.on.year),
        position=position,
        unit=unit,
        form=form,
        places=places,
        manager=manager,
        planned_start=planned_start,
        engagement_days=engagement_days,
        copied_from=copied_from,
        answers=dict(position.answers),
        created_on=by.on,
        changed_at=now(),
    )
    event = "recruitment.copied" if copied_from else "recruitment.created"
    said: dict[str, Any] = {
        "role": decision.role,
        "reference": recruitment.reference,
        "position": position.title,
    }
    if copied_from is None:
        said |= {"unit": unit.name, "form": form, "places": places}
    else:
        said |= {"from_reference": copied_from.reference}
    case = Case(recruitment, position, unit, unit.authority, manager)
    case.points = points_above(unit) if reference is None else []
    with act(event, by.who(decision.role), subject=recruitment.pk, facts=said, once=once) as entry:
        if decision.role in {"hr_officer", "hr_head"}:
            recruitment.responsible_id = by.person_id
            case.grants.append(_grant(recruitment, by, decision.role, by.person_id, "created"))
        entry.save(recruitment)
        for grant in case.grants:
            entry.save(grant)
    return case


def _require_fillable(position: Position, form: str, places: int, on: date) -> None:
    """The post can be filled in that form on that day, by so many. Raises BadInput."""
    if form not in FORMS or not FORMS[form].allowed:
        raise BadInput(form="form_refused")
    if not 1 <= places <= MOST_PLACES:
        raise BadInput(places="places")
    if position.retired_on is not None:
        raise BadInput(position="retired")
    if not position.unit.is_in_force(on):
        raise BadInput(position="unit_not_in_force")


def _grant(
    recruitment: Recruitment, to: Actor, role: str, granted_by_id: UUID, reason: str
) -> RecruitmentGrant:
    return RecruitmentGrant(
        permission=permission_for(Recruitment, role),
        user_id=to.account_id,
        content_object=recruitment,
        granted_by_id=granted_by_id,
        since=now(),
        reason=reason,
    )


def join_recruitment(case: Case, *, by: Actor, once: Once = None) -> None:
    """Take an assignment in a recruitment of one's own unit that waits for an HR officer."""
    decision = case.require(by, "recruitment.join")
    if any(grant.user_id == by.account_id for grant in case.grants):
        raise WrongState("recruitment", "join", "joined")
    grant = case.given(_grant(case.recruitment, by, decision.role, by.person_id, "joined"))
    with case.act("recruitment.joined", by, decision.role, once=once) as entry:
        if case.recruitment.responsible_id is None:
            case.recruitment.responsible_id = by.person_id
            entry.save(case.recruitment)
        entry.save(grant)
    case.grants.append(grant)


def answer_questions(case: Case, *, by: Actor, answers: Mapping[str, bool], once: Once = None) -> None:
    """Answer one's own coded questions about the recruitment: those of the opening in a draft, later the decision's.

    Rows that follow from a yes are made at once. Raises BadInput for what is not asked here, or not of her.
    """
    decision = case.require(by, "recruitment.edit")
    is_draft = case.recruitment.state == Recruitment.State.DRAFT
    moment = "opening" if is_draft else "decision"
    asked = [code for code in required(case).questions if moment in QUESTIONS[code].asked_when]
    wrong = set(answers) - set(asked)
    if wrong:
        raise BadInput(**dict.fromkeys(wrong, "not_asked"))
    if not answers:
        return
    require_own_questions(case, by, answers, case.recruitment.answers)
    case.recruitment.answers = {**case.recruitment.answers, **answers}
    moved = follow_answers(case, None, answers)
    rows = [] if is_draft else new_checks(case, "recruitment")
    field = "|".join(sorted(answers))
    with case.act("recruitment.edited", by, decision.role, once=once, field=field) as entry:
        entry.save(case.recruitment)
        for row in [*rows, *moved]:
            entry.save(row)
    case.checks += rows


def open_recruitment(case: Case, *, by: Actor, answers: Mapping[str, bool], once: Once = None) -> None:
    """Answer the questions that steer the checks, and open the recruitment for finalists.

    Raises NotComplete while a question stands open, the position's risk analysis does not hold, or the one who
    opens has not declared conflicts of interest; BadInput for an answer that is another's to give. What is inherited
    from the position is confirmed by opening, whoever opens.
    """
    decision = case.require(by, "recruitment.open")
    recruitment = case.recruitment
    target = step("recruitment", "open", recruitment.state)
    require_own_questions(case, by, answers, recruitment.answers)
    recruitment.answers = {
        **recruitment.answers,
        **{k: bool(v) for k, v in answers.items() if k in QUESTIONS},
    }
    missing = [Missing("question", code) for code in unanswered(case, None, "opening")]
    risk = recruitment_rows(case)[0]
    if risk.state != "done":
        missing.append(Missing("check", "role_risk", risk))
    if case.recusal_of(by.person_id) is None:
        missing.append(Missing("stop", "declarations"))
    require_complete(missing)
    recruitment.catalogue_on = by.on
    needed = required(case, on=by.on)
    recruitment.profiles = list(needed.profiles)
    recruitment.level = needed.level
    leading = 2 if case.position.is_designated_leading else 0
    recruitment.approvers = max(
        needed.approvers, case.position.min_approvers if needed.approvers else 0, leading
    )
    recruitment.opened_on = by.on
    recruitment.state = target
    recruitment.changed_at = now()
    rows = new_checks(case, "recruitment")
    yes = sorted(code for code, answer in recruitment.answers.items() if answer)
    with case.act(
        "recruitment.opened",
        by,
        decision.role,
        once=once,
        profile="|".join(needed.profiles),
        answers="|".join(yes),
    ) as entry:
        entry.save(recruitment)
        for row in rows:
            entry.save(row)
    case.checks += rows


def edit_recruitment(
    case: Case, *, by: Actor, planned_start: date | None, places: int, once: Once = None
) -> None:
    """Change open facts: planned start and places."""
    decision = case.require(by, "recruitment.edit")
    recruitment = case.recruitment
    if recruitment.state not in {Recruitment.State.DRAFT, Recruitment.State.OPEN}:
        raise WrongState("recruitment", "edit", str(recruitment.state))
    if not 1 <= places <= MOST_PLACES or places < recruitment.settled_places + places_taken(case):
        raise BadInput(places="places")
    changed = [
        name
        for name, old, new in (
            ("planned_start", recruitment.planned_start, planned_start),
            ("places", recruitment.places, places),
        )
        if old != new
    ]
    if not changed:
        return
    recruitment.planned_start, recruitment.places, recruitment.changed_at = planned_start, places, now()
    with case.act("recruitment.edited", by, decision.role, once=once, field="|".join(changed)) as entry:
        entry.save(recruitment)


def set_diary(case: Case, *, by: Actor, diary_number: str, once: Once = None) -> None:
    """Note the number the recruitment has in the external diary (OSL 5:1-2). Raises Denied, BadInput."""
    decision = case.require(by, "recruitment.set_diary")
    if not diary_number.strip():
        raise BadInput(diary_number="required")
    case.recruitment.diary_number, case.recruitment.changed_at = diary_number.strip(), now()
    with case.act(
        "recruitment.diary_set", by, decision.role, once=once, diary_number=diary_number.strip()
    ) as entry:
        entry.save(case.recruitment)


def hold_recruitment(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Put the recruitment on hold with a reason from the list: no steps forward until it is resumed."""
    decision = case.require(by, "recruitment.hold")
    recruitment = case.recruitment
    if recruitment.on_hold or recruitment.state in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}:
        raise WrongState("recruitment", "hold", str(recruitment.state))
    if reason not in HOLD:
        raise BadInput(reason="reason")
    recruitment.on_hold, recruitment.hold_reason, recruitment.hold_since = True, reason, by.on
    recruitment.changed_at = now()
    with case.act("recruitment.held", by, decision.role, once=once, reason_code=reason) as entry:
        entry.save(recruitment)


def resume_recruitment(case: Case, *, by: Actor, once: Once = None) -> None:
    """Take the recruitment up again after a hold."""
    decision = case.require(by, "recruitment.resume")
    recruitment = case.recruitment
    if not recruitment.on_hold or recruitment.hold_since is None:
        raise WrongState("recruitment", "resume", "running")
    days = (by.on - recruitment.hold_since).days
    recruitment.on_hold, recruitment.hold_reason, recruitment.hold_since = False, "", None
    recruitment.changed_at = now()
    with case.act("recruitment.resumed", by, decision.role, once=once, days=days) as entry:
        entry.save(recruitment)


def settle_places(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """State that the places still free will not be filled; every remaining finalist has an outcome first."""
    decision = case.require(by, "recruitment.settle_places")
    require_moving(case)
    recruitment = case.recruitment
    started = any(candidacy.state == Candidacy.State.STARTED for candidacy in case.candidacies)
    target = step("recruitment", "settle_while_onboarding" if started else "settle", recruitment.state)
    if reason not in NOT_FILLED:
        raise BadInput(reason="reason")
    ended = {"selected", "started", "not_selected", "withdrawn"}
    if any(candidacy.state not in ended for candidacy in case.candidacies):
        raise WrongState("recruitment", "settle", "finalists_open")
    decided = sum(candidacy.state in {"selected", "started"} for candidacy in case.candidacies)
    if not decided:
        raise WrongState("recruitment", "settle", "nobody_decided")
    free = recruitment.places - decided - recruitment.settled_places
    recruitment.settled_places += free
    recruitment.state, recruitment.decided_on, recruitment.changed_at = target, by.on, now()
    with case.act(
        "recruitment.places_settled", by, decision.role, once=once, count=free, reason_code=reason
    ) as entry:
        entry.save(recruitment)
