"""An opinion stands on its material; when the material changes it is void and the candidacy falls back."""

from __future__ import annotations

from audit.clock import now
from audit.recorder import Act
from vetting.policy.workflow import WrongTransition, next_state
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy


def invalidate_opinion(
    case: Case, entry: Act, candidacy: Candidacy, opinion_step: str, candidacy_step: str
) -> bool:
    """Void a requested or given opinion and move the candidacy back to its checks. The caller saves the candidacy.

    Returns whether the candidacy's state was changed.
    """
    opinion = case.current_opinion(candidacy)
    if opinion is not None:
        try:
            opinion.state = next_state("opinion", opinion_step, opinion.state)
        except WrongTransition:
            pass
        else:
            opinion.changed_at = now()
            entry.save(opinion)
    for transition in (candidacy_step, "rework"):
        try:
            candidacy.state = next_state("candidacy", transition, candidacy.state)
        except WrongTransition:
            continue
        candidacy.changed_at = now()
        return True
    return False
