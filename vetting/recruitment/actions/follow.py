"""What follows for the rows when an answer or a person behind them is changed."""

from __future__ import annotations

from collections.abc import Mapping

from audit.clock import now
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Check

BY_QUESTION = "question"
"""Why a row is not needed: its question was answered no. The only way a statutory check falls away."""
OPEN = {Check.State.NOT_STARTED, Check.State.IN_PROGRESS, Check.State.WAITING_CANDIDATE, Check.State.PAUSED}
RECORDED = {Check.State.DONE, Check.State.TO_ASSESS}


def follow_answers(case: Case, candidacy: Candidacy | None, answers: Mapping[str, bool]) -> list[Check]:
    """Rows that a new answer closes (no) or opens again (yes); recorded ones stay. The caller saves them."""
    changed = []
    for check in case.checks_of(candidacy):
        question = CHECKPOINTS[check.code].question
        if question is None or question not in answers:
            continue
        if not answers[question] and check.state in OPEN:
            check.state, check.outcome = Check.State.NOT_APPLICABLE, ""
            check.reason = "" if check.documentation == "note_shown_only" else BY_QUESTION
        elif answers[question] and check.state == Check.State.NOT_APPLICABLE:
            check.state, check.reason = Check.State.NOT_STARTED, ""
        else:
            continue
        check.changed_at = now()
        changed.append(check)
    return changed


def follow_person(case: Case, candidacy: Candidacy, changed: list[str]) -> list[Check]:
    """Rows to be done again because name or number changed: identity for a name, everything for a number.

    So that nobody is exchanged for another behind finished checks. The caller saves them.
    """
    again = []
    for check in case.checks_of(candidacy):
        if check.belongs_to != "candidacy" or check.state not in RECORDED:
            continue
        if "number" not in changed and not ("name" in changed and check.code == "id_check"):
            continue
        if check.documentation == "note_shown_only":
            check.state, check.outcome = Check.State.NOT_STARTED, ""
            check.evidence_on = check.recorded_by = check.recorded_on = None
            check.reused_from = check.valid_until = None
        else:
            check.state = Check.State.IN_PROGRESS
        check.changed_at = now()
        again.append(check)
    return again
