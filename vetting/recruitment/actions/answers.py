"""Answers to coded questions are taken from those who answer them, and from nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vetting.access.actor import Actor
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy
from vetting.recruitment.relations import may_answer


def require_own_questions(
    case: Case,
    by: Actor,
    answers: Mapping[str, bool],
    known: Mapping[str, bool | None],
    *,
    candidacy: Candidacy | None = None,
    noting: Collection[str] = (),
) -> None:
    """Raises BadInput for an answer that differs from what is `known` and is another's to give (`answered_by`).

    `noting`: relations whose answers this person writes down, where a board has decided.
    """
    facts = case.facts_for(by, candidacy=candidacy)
    wrong = [
        code
        for code, answer in answers.items()
        if code in QUESTIONS
        and known.get(code) != answer
        and not may_answer(facts, code)
        and not set(noting) & set(QUESTIONS[code].answered_by)
    ]
    if wrong:
        raise BadInput(**dict.fromkeys(wrong, "not_yours"))
