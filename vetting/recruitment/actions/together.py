"""The same thing done for several finalists with one confirmation: each by the ordinary act, with her own entry.

Each is judged on her own, and one that falls out says nothing of the others. The keys of the acts follow from the
page's, so that a second click has no further effect and says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.policy.rounds import MOST_TOGETHER, may_be_noted_together
from vetting.recruitment.actions.candidacy import proceed_candidacy
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.decision import Terms, sign_decision
from vetting.recruitment.actions.engagement import confirm_start
from vetting.recruitment.actions.errors import BadInput, Refused, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy

Outcome = list[tuple[Candidacy, Refused | Denied | None]]


def note_together(
    case: Case,
    *,
    by: Actor,
    people: Sequence[Candidacy],
    code: str,
    outcome: str,
    evidence: Mapping[str, Any],
    once: UUID,
) -> Outcome:
    """Record the same result of one of the municipality's own checks for each of `people`.

    Raises WrongState for a check that a statute demands: that is noted for one person at a time. BadInput for what
    cannot be stored for anybody.
    """
    if not may_be_noted_together(code):
        raise WrongState("check", "record", "one_by_one")

    def do(candidacy: Candidacy, key: UUID) -> None:
        check = case.check_named(code, candidacy)
        if check is None:
            raise WrongState("check", "record", "no_such_check")
        if check.state == "done":
            raise WrongState("check", "record", "done")
        record_check(
            case, by=by, check=check, outcome=outcome, evidence=evidence, together=once, once=key
        )  # fmt: skip

    return _each(people, once, do)


def proceed_together(case: Case, *, by: Actor, people: Sequence[Candidacy], once: UUID) -> Outcome:
    """Record for each of `people` the decision to go on to the final checks."""

    def do(candidacy: Candidacy, key: UUID) -> None:
        proceed_candidacy(case, by=by, candidacy=candidacy, once=key)

    return _each(people, once, do)


def decide_together(
    case: Case, *, by: Actor, people: Sequence[Candidacy], terms: Terms, once: UUID
) -> Outcome:
    """Decide for each of `people` on the same terms, as a delegate.

    Only where everything before the decision is done: an extract has been shown to the one who signs, for each, and no
    question is left to answer. What is to be answered or decided against an opinion is decided by itself.
    """

    def do(candidacy: Candidacy, key: UUID) -> None:
        sign_decision(case, by=by, candidacy=candidacy, terms=terms, once=key)

    return _each(people, once, do)


def start_together(
    case: Case, *, by: Actor, people: Sequence[Candidacy], started_on: date, once: UUID
) -> Outcome:
    """*Har börjat* for each of `people` on the same day: only those whose page says *Får börja*."""

    def do(candidacy: Candidacy, key: UUID) -> None:
        confirm_start(case, by=by, candidacy=candidacy, started_on=started_on, once=key)

    return _each(people, once, do)


def done_before(once: UUID, people: Sequence[Candidacy]) -> set[UUID]:
    """Those for whom the same click has done it already."""
    keys = {uuid5(once, str(candidacy.pk)): candidacy.pk for candidacy in people}
    found = Entry.objects.filter(once__in=list(keys)).values_list("once", flat=True)
    return {keys[key] for key in found if key is not None}


def _each(people: Sequence[Candidacy], once: UUID, do: Callable[[Candidacy, UUID], None]) -> Outcome:
    """Raises BadInput for too many, and where what was typed can be taken for nobody."""
    if not 1 <= len(people) <= MOST_TOGETHER:
        raise BadInput(people="together_size")
    before = done_before(once, people)
    outcome: Outcome = []
    for candidacy in people:
        error: Refused | Denied | None = None
        if candidacy.pk not in before:
            try:
                do(candidacy, uuid5(once, str(candidacy.pk)))
            except (Refused, Denied) as refusal:
                error = refusal
        outcome.append((candidacy, error))
    typed = [error for _candidacy, error in outcome if isinstance(error, BadInput)]
    if len(typed) == len(people):
        raise typed[0]
    return outcome
