"""The coded questions of one finalist that stand open, with which page they are asked, and whose they are to answer."""

from __future__ import annotations

from collections.abc import Mapping

from vetting.access.actor import Actor
from vetting.access.grants import role_of
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.answering import split
from vetting.recruitment.case import Case
from vetting.recruitment.engine import progress
from vetting.recruitment.engine.rows import needs_opinion
from vetting.recruitment.models import Candidacy
from vetting.recruitment.relations import HR

ENDED = {Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}


def takes_part(case: Case, actor: Actor) -> bool:
    """Whether this person is among those who declare conflicts of interest: manager and assigned HR."""
    assigned = any(g.user_id == actor.account_id and role_of(g.permission) in HR for g in case.grants)
    return assigned or case.recruitment.manager_id == actor.person_id


def open_questions(case: Case, candidacy: Candidacy | None, group: str) -> list[str]:
    """The coded questions that are answered together with the group, and stand open."""
    if candidacy is None or candidacy.state in ENDED:
        return []
    if group == "finalist":
        return progress.unanswered(case, candidacy, "candidacy")
    if group == "decision" and candidacy.proceeded_on is not None and case.decision_of(candidacy) is None:
        return [
            item.code
            for item in progress.missing_for_decision(case, candidacy)
            if item.kind == "question" and item.code not in progress.unanswered(case, candidacy, "candidacy")
        ]
    return []


def own_questions(actor: Actor, case: Case, candidacy: Candidacy | None, group: str) -> list[str]:
    """Those of the group's open questions that are this person's to answer."""
    asked = open_questions(case, candidacy, group)
    return split(case.facts_for(actor, candidacy=candidacy), asked)[0] if asked else []


def asked_with_going_on(actor: Actor, case: Case, candidacy: Candidacy) -> list[str]:
    """One's own questions of the decision that come along with the step to it, where no opinion stands between."""
    if needs_opinion(case, candidacy):
        return []
    asked = [item.code for item in progress.missing_for_decision(case, candidacy) if item.kind == "question"]
    asked = [code for code in asked if "decision" in QUESTIONS[code].asked_when]
    return split(case.facts_for(actor, candidacy=candidacy), asked)[0]


def asked_groups(
    actor: Actor, case: Case, candidacy: Candidacy | None, can: Mapping[str, bool]
) -> frozenset[str]:
    """The groups whose page asks this person a coded question now."""
    if not can.get("candidacy.edit"):
        return frozenset()
    return frozenset(g for g in ("finalist", "decision") if own_questions(actor, case, candidacy, g))
