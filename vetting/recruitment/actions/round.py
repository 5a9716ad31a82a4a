"""*Omgång*: many people entered for one position at once, each as one act of her own; and the undoing of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.crypto import keystore
from vetting.policy.rounds import MOST_PEOPLE
from vetting.recruitment.actions.candidacy import enter, new_candidacy
from vetting.recruitment.actions.common import Once, require_moving
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.match import let_lapse
from vetting.recruitment.actions.new_checks import asks_number
from vetting.recruitment.case import Case
from vetting.recruitment.models import (
    Candidacy,
    CandidateLink,
    KeyToDestroy,
    Note,
    Recruitment,
    Round,
    RoundPerson,
)
from vetting.recruitment.queries import rounds as query
from vetting.recruitment.rounds.people import Listed, digest_of


def reserve(number: int) -> list[UUID]:
    """Ids for so many people who are about to be entered, named as keys to destroy should it come to nothing.

    Called before the transaction in which they are entered, which takes the names back.
    """
    since = now()
    rows = [KeyToDestroy(pk=uuid4(), entering_since=since) for _each in range(number)]
    KeyToDestroy.objects.bulk_create(rows)
    return [row.pk for row in rows]


def enter_round(
    case: Case,
    *,
    by: Actor,
    people: Sequence[Listed],
    digest: str,
    once: Once = None,
    reserved: Sequence[UUID] = (),
) -> Round | None:
    """Enter everybody of a list as a finalist, with her own key, checks and entry in the log; all of them or nobody.

    Who has become a finalist here since the list was read is left out; None where nobody is left. Raises BadInput for
    too many, or for a list that has been entered; WrongState, Denied. `reserved`: ids of `reserve`, for all or none.
    """
    answer = case.require(by, "candidacy.create")
    require_moving(case)
    if case.recruitment.state != Recruitment.State.OPEN:
        raise WrongState("candidacy", "create", str(case.recruitment.state))
    if not 1 <= len(people) <= MOST_PEOPLE:
        raise BadInput(people="round_size")
    if query.round_with(case, digest) is not None:
        raise BadInput(people="round_known")
    known = query.known_in(case, [digest_of(case, person) for person in people])
    people = [person for person in people if digest_of(case, person) not in known]
    if not people:
        return None
    first = query.next_number(case)
    made = Round(
        recruitment=case.recruitment,
        digest=digest,
        first=first,
        count=len(people),
        added_on=by.on,
        added_by_id=by.person_id,
    )
    fresh = [new_candidacy(case, by, first + place) for place in range(len(people))]
    for place, candidacy in enumerate(fresh):
        candidacy.rank += place
    for candidacy, pk in zip(fresh, reserved, strict=False):
        candidacy.pk = pk
    keystore.create_many(candidacy.pk for candidacy in fresh)
    try:
        _enter(case, by, answer.role, list(zip(fresh, people, strict=True)), made, once)
        KeyToDestroy.objects.filter(pk__in=[candidacy.pk for candidacy in fresh]).delete()
    except BaseException:
        # Keys without data are nobody's: they would wait for the sweep, which stops at so many.
        keystore.destroy_many([candidacy.pk for candidacy in fresh])
        raise
    return made


def _enter(
    case: Case, by: Actor, role: str, people: Sequence[tuple[Candidacy, Listed]], made: Round, once: Once
) -> None:
    numbered = asks_number(case)

    def with_round(entry: Act) -> None:
        entry.save(made)

    for place, (candidacy, person) in enumerate(people):
        enter(
            case,
            by,
            role,
            candidacy,
            person.name,
            person.contact,
            person.number if numbered else "",
            once=None if place else once,
            also=None if place else with_round,
        )
    RoundPerson.objects.bulk_create(
        RoundPerson(candidacy=candidacy, round=made, digest=digest_of(case, person))
        for candidacy, person in people
    )


def may_be_undone(case: Case, made: Round) -> bool:
    """Whether all of the round are left, and nothing has been recorded about any of them since."""
    if made.undone_on is not None or len(query.people_of(made)) != made.count:
        return False
    return not touched(case, made)


def touched(case: Case, made: Round) -> list[Candidacy]:
    """Those of the round about whom something has been recorded, in order."""
    within = query.people_of(made)
    about = [model.objects.filter(candidacy__in=within) for model in (CandidateLink, Note)]
    told_of = {pk for rows in about for pk in rows.values_list("candidacy_id", flat=True)}
    return [
        each
        for each in case.candidacies
        if each.pk in within and (each.pk in told_of or _is_touched(case, each))
    ]


def undo_round(case: Case, *, by: Actor, made: Round, once: Once = None) -> set[UUID]:
    """Take back a list that was entered by mistake: its people are removed, each with an entry of her own.

    Only before anything is recorded about any of them. Their keys are marked to be destroyed once this is committed:
    the caller calls `jobs.finish_undoing`, and so does the worker. Declarations stand for those who are left.
    Raises WrongState, Denied.
    """
    answer = case.require(by, "candidacy.create")
    if made.undone_on is not None:
        raise WrongState("round", "undo", "undone")
    if not may_be_undone(case, made):
        raise WrongState("round", "undo", "recorded")
    within = query.people_of(made)
    gone = [candidacy for candidacy in case.candidacies if candidacy.pk in within]
    made.undone_on, made.undone_by_id = by.on, by.person_id
    seen = [recusal for recusal in case.recusals if recusal.finalists_seen]
    for recusal in seen:
        recusal.finalists_seen = _left_of(case, recusal.finalists_seen, within)
    for place, candidacy in enumerate(gone):
        own = None if place else once
        with case.act("candidacy.entry_undone", by, answer.role, candidacy=candidacy, once=own) as entry:
            for row in [] if place else [made, *seen]:
                entry.save(row)
            for check in case.checks_of(candidacy):
                entry.delete(check)
            entry.delete(candidacy)
    KeyToDestroy.objects.bulk_create(KeyToDestroy(pk=pk) for pk in within)
    case.candidacies = [candidacy for candidacy in case.candidacies if candidacy.pk not in within]
    case.checks = [check for check in case.checks if check.candidacy_id not in within]
    let_lapse(case)
    return within


def _left_of(case: Case, seen: int, gone: Collection[UUID]) -> int:
    """How many of the finalists whom a declaration was about are left.

    Numbers rise and none is used twice, so it was about those with the lowest: whoever comes next is asked about anew.
    """
    by_number = sorted(case.candidacies, key=lambda candidacy: int(candidacy.label[1:]))
    return sum(candidacy.pk not in gone for candidacy in by_number[:seen])


def _is_touched(case: Case, candidacy: Candidacy) -> bool:
    """Each row is still of the entry by which it came to be: her own, and those of her checks."""
    written = {check.entry_id for check in case.checks_of(candidacy)} | {candidacy.entry_id}
    return (
        len(written) > 1
        or candidacy.state != Candidacy.State.PROPOSED
        or any(waiver.candidacy_id == candidacy.pk for waiver in case.waivers)
        or case.current_opinion(candidacy) is not None
    )
