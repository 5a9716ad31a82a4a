"""Finalists: entering, editing, ranking, going on to the final checks, taking over a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.crypto import blind_index, keystore
from vetting.crypto.sealed import seal_into
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.numbers import NumberError, parse
from vetting.policy.pool import gives_clearance
from vetting.policy.questions import QUESTIONS
from vetting.recruitment import search_index
from vetting.recruitment.actions.answers import require_own_questions
from vetting.recruitment.actions.common import (
    Once,
    draw_second,
    require_complete,
    require_moving,
    require_unchanged,
    step,
)
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.follow import follow_answers, follow_person
from vetting.recruitment.actions.invalidate import invalidate_opinion
from vetting.recruitment.actions.match import follow_number
from vetting.recruitment.actions.new_checks import new_checks
from vetting.recruitment.actions.waiver_after import end_waiver_of
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import missing_to_proceed, places_free, required
from vetting.recruitment.models import Candidacy, Recruitment
from vetting.recruitment.queries.rounds import next_number

INDEX_PURPOSE = "candidacy.number"


def create_candidacy(
    case: Case, *, by: Actor, name: str, contact: str = "", known_person: bool = False, once: Once = None
) -> Candidacy:
    """Enter a finalist. Only name and contact are asked; a number only when a check needs it.

    The candidacy's own key is committed to the key store before the data. Every participant is asked about conflicts
    of interest anew.
    """
    decision = case.require(by, "candidacy.create")
    require_moving(case)
    if case.recruitment.state != Recruitment.State.OPEN:
        raise WrongState("candidacy", "create", str(case.recruitment.state))
    if not name.strip():
        raise BadInput(name="required")
    candidacy = new_candidacy(case, by, next_number(case), known_person=known_person)
    keystore.create(candidacy.pk)
    enter(case, by, decision.role, candidacy, name, contact, once=once)
    return candidacy


def new_candidacy(case: Case, by: Actor, number: int, *, known_person: bool = False) -> Candidacy:
    """An unsaved finalist, last in order, with the label K`number`."""
    return Candidacy(
        recruitment=case.recruitment,
        label=f"K{number}",
        rank=max((candidacy.rank for candidacy in case.candidacies), default=0) + 1,
        known_person=known_person,
        created_on=by.on,
        changed_at=now(),
    )


def enter(
    case: Case,
    by: Actor,
    role: str,
    candidacy: Candidacy,
    name: str,
    contact: str = "",
    number: str = "",
    *,
    once: Once = None,
    also: Callable[[Act], None] | None = None,
) -> None:
    """Seal what is known of a new finalist, whose key is in the key store, and save her with her checks, as one act.

    The caller has asked the door. `number` only where a check needs it. `also` saves what belongs to the same act.
    Raises BadInput.
    """
    seal_into(candidacy, "name", name.strip())
    seal_into(candidacy, "contact", contact.strip() or None)
    digest = _set_number(candidacy, number) if number else None
    case.candidacies.append(candidacy)
    rows = new_checks(case, "candidacy", candidacy)
    with case.act("candidacy.created", by, role, candidacy=candidacy, once=once) as entry:
        if also is not None:
            also(entry)
        entry.save(candidacy)
        for row in rows:
            entry.save(row)
        # Found by name when she telephones, and by whoever books from the pool; nobody has to open it for that.
        search_index.store_name(candidacy, name.strip(), whole=gives_clearance(case.recruitment.form))
        if digest is not None:
            search_index.store(candidacy, digest)
    case.checks += rows
    if digest is not None:
        follow_number(case, digest, by=by)


def edit_candidacy(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    name: str | None = None,
    contact: str | None = None,
    number: str | None = None,
    answers: Mapping[str, bool] | None = None,
    seen: int | None = None,
    once: Once = None,
) -> None:
    """Change what is stored about a finalist, or answer the coded questions about her. None leaves a value alone.

    A number is taken only when a check in play needs one. A changed number or name makes a standing opinion void.
    Raises BadInput (a question that is not asked here, or is another's, among others), Changed.
    """
    decision = case.require(by, "candidacy.edit", candidacy=candidacy)
    require_unchanged(candidacy, seen)
    _require_editable(case, candidacy, identity=name is not None or bool(number))
    if candidacy.is_protected and (name or contact or number):
        raise BadInput(name="protected")
    first_number = candidacy.number is None
    digest = _take_number(case, candidacy, number) if number else None
    changed = ["number"] if number else []
    changed += _take_words(candidacy, name, contact)
    changed += _take_answers(case, by, candidacy, answers) if answers else []
    if not changed:
        return
    moved = follow_answers(case, candidacy, answers or {})
    moved += follow_person(
        case, candidacy, [each for each in changed if each != "number" or not first_number]
    )
    rows = new_checks(case, "candidacy", candidacy)
    if case.engagement_of(candidacy) is not None:
        rows += new_checks(case, "engagement", candidacy)
    candidacy.changed_at = now()
    with case.act(
        "candidacy.edited", by, decision.role, candidacy=candidacy, once=once, field="|".join(changed)
    ) as entry:
        if {"name", "number"} & set(changed) or rows or moved:
            invalidate_opinion(case, entry, candidacy, "invalidate_by_edit", "fall_back_by_edit")
        entry.save(candidacy)
        for row in [*rows, *{row.pk: row for row in moved}.values()]:
            entry.save(row)
        for row in moved:
            end_waiver_of(case, entry, row)
        if digest is not None:
            search_index.store(candidacy, digest)
        if name is not None:
            search_index.store_name(candidacy, name.strip(), whole=gives_clearance(case.recruitment.form))
    case.checks += rows
    if digest is not None:
        follow_number(case, digest, by=by)


def _require_editable(case: Case, candidacy: Candidacy, *, identity: bool) -> None:
    """She has not left, and who she is (`identity`) stands once it is decided. Raises WrongState."""
    if candidacy.state in {Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}:
        raise WrongState("candidacy", "edit", str(candidacy.state))
    if identity and case.decision_of(candidacy) is not None:
        raise WrongState("candidacy", "edit", "decided")


def _take_number(case: Case, candidacy: Candidacy, number: str) -> bytes:
    """Seal the number that a check needs, and give its digest. Raises BadInput."""
    if not needs_number(case, candidacy):
        raise BadInput(number="not_needed")
    return _set_number(candidacy, number)


def _take_words(candidacy: Candidacy, name: str | None, contact: str | None) -> list[str]:
    """Seal what was typed of name and contact, and tell which. Raises BadInput."""
    changed = []
    if name is not None:
        if not name.strip():
            raise BadInput(name="required")
        seal_into(candidacy, "name", name.strip())
        changed.append("name")
    if contact is not None:
        seal_into(candidacy, "contact", contact.strip() or None)
        changed.append("contact")
    return changed


def _take_answers(case: Case, by: Actor, candidacy: Candidacy, answers: Mapping[str, bool]) -> list[str]:
    """Answer the questions that are asked about a finalist here, and tell which. Raises BadInput, Denied."""
    asked = set(required(case).questions)
    wrong = [code for code in answers if code not in asked or QUESTIONS[code].asked_when == ("opening",)]
    if wrong:
        raise BadInput(**dict.fromkeys(wrong, "not_asked"))
    known = {**case.recruitment.answers, **candidacy.answers}
    require_own_questions(case, by, answers, known, candidacy=candidacy)
    candidacy.answers = {**candidacy.answers, **answers}
    return sorted(answers)


def needs_number(case: Case, candidacy: Candidacy) -> bool:
    """Whether a check in play may ask for the number or date of birth (DSL 3:10: only when it is needed)."""
    return any(CHECKPOINTS[check.code].person_number != "none" for check in case.checks_of(candidacy))


def _set_number(candidacy: Candidacy, number: str) -> bytes:
    try:
        parsed = parse(number)
    except NumberError as error:
        raise BadInput(number=f"number_{error.kind}") from error
    seal_into(candidacy, "number", parsed.normalised)
    candidacy.number_kind = (
        Candidacy.NumberKind.COORDINATION if parsed.is_coordination else Candidacy.NumberKind.PERSONAL
    )
    return blind_index.digest(INDEX_PURPOSE, parsed.normalised)


def rank_candidacy(case: Case, *, by: Actor, order: list[Candidacy], once: Once = None) -> None:
    """Set the order of the finalists. `order` names every one of them, first first."""
    decision = case.require(by, "candidacy.rank")
    if {c.pk for c in order} != {c.pk for c in case.candidacies}:
        raise BadInput(order="order")
    with case.act("candidacy.ranked", by, decision.role, once=once) as entry:
        for rank, candidacy in enumerate(order, start=1):
            if candidacy.rank != rank:
                candidacy.rank, candidacy.changed_at = rank, now()
                entry.save(candidacy)
    case.candidacies.sort(key=lambda candidacy: candidacy.rank)


def proceed_candidacy(
    case: Case, *, by: Actor, candidacy: Candidacy, taking_over: bool = False, once: Once = None
) -> None:
    """Record the human decision to go on: intrusive checks open for this finalist, who holds a place from now on.

    `taking_over`: a place has become free; checks already done follow along while they are valid. At level 3 the
    random draw is made here. Raises NotComplete with what is missing.
    """
    decision = case.require(
        by, "candidacy.take_over" if taking_over else "candidacy.proceed", candidacy=candidacy
    )
    require_moving(case)
    target = step("candidacy", "take_over" if taking_over else "proceed", candidacy.state)
    require_complete(missing_to_proceed(case, candidacy))
    candidacy.state, candidacy.changed_at = target, now()
    if candidacy.proceeded_on is None:
        candidacy.proceeded_on, candidacy.proceeded_by_id = by.on, by.person_id
        if case.recruitment.level >= 3 and case.recruitment.approvers == 1:
            draw_second(case, candidacy, by.on)
    event = "candidacy.taken_over" if taking_over else "candidacy.proceeded"
    with case.act(event, by, decision.role, candidacy=candidacy, once=once) as entry:
        entry.save(candidacy)


def set_reserve(case: Case, *, by: Actor, candidacy: Candidacy, once: Once = None) -> None:
    """Keep the finalist as a reserve, able to take over a place."""
    decision = case.require(by, "candidacy.set_reserve", candidacy=candidacy)
    if case.recruitment.state not in {Recruitment.State.OPEN, Recruitment.State.DECIDED}:
        raise WrongState("candidacy", "set_reserve", str(case.recruitment.state))
    candidacy.state = step("candidacy", "set_reserve", candidacy.state)
    candidacy.changed_at = now()
    with case.act("candidacy.reserved", by, decision.role, candidacy=candidacy, once=once) as entry:
        entry.save(candidacy)


def next_in_line(case: Case) -> Candidacy | None:
    """Who may take over a place that has become free: the first reserve or proposed finalist in order."""
    if places_free(case) < 1:
        return None
    waiting = (Candidacy.State.PROPOSED, Candidacy.State.RESERVE)
    return next((candidacy for candidacy in case.candidacies if candidacy.state in waiting), None)
