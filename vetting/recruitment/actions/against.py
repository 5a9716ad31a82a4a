"""A decision against the opinion, where the authority has it as consultation: with a sealed reason, counted as such."""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto.sealed import seal_into
from vetting.recruitment.actions.common import step
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import may_decide_against
from vetting.recruitment.models import Candidacy, Opinion


def set_aside(case: Case, by: Actor, candidacy: Candidacy, reason: str) -> Opinion | None:
    """Move a refused candidacy to the decision, in memory; None where the opinion does not advise against it.

    Raises WrongState where the opinion binds (then: end, choose another, or lift), SamePerson for whoever prepared
    it, BadInput for a missing reason. `write_set_aside` saves it.
    """
    opinion = case.current_opinion(candidacy)
    if opinion is None or candidacy.state != Candidacy.State.REFUSED:
        return None
    if not may_decide_against(case, candidacy):
        raise WrongState("opinion", "set_aside", "binding_opinion")
    if by.person_id == opinion.preparer_id:
        raise SamePerson
    if len(reason.strip()) < 10:
        raise BadInput(against="too_short")
    seal_into(opinion, "set_aside_reason", reason.strip())
    opinion.set_aside_by_id, opinion.set_aside_on = by.person_id, by.on
    opinion.state = step("opinion", "set_aside", opinion.state)
    candidacy.state = step("candidacy", "clear_against_opinion", candidacy.state)
    opinion.changed_at = candidacy.changed_at = now()
    return opinion


def write_set_aside(case: Case, by: Actor, role: str, candidacy: Candidacy, opinion: Opinion) -> None:
    """The entry that says so, apart from the decision's own: it is these that are counted."""
    with case.act(
        "opinion.set_aside", by, role, candidacy=candidacy, seal=True, round=opinion.round
    ) as entry:
        entry.save(opinion)
        entry.save(candidacy)
