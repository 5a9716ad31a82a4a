"""Whoever is shut out has not opined: her vote in an unfinished round falls, and the place is free for another."""

from __future__ import annotations

from uuid import UUID

from audit.clock import now
from audit.recorder import Act
from vetting.recruitment.actions.common import step
from vetting.recruitment.case import Case
from vetting.recruitment.models import Opinion, Vote


def vote_falls(case: Case, entry: Act, person: UUID) -> None:
    """Take her vote back, within the act that shuts her out; what it said is not kept. What is concluded stands."""
    for vote in [each for each in case.votes if each.person_id == person]:
        opinion = case.opinion(vote.opinion_id)
        if vote.state != Vote.State.GIVEN or opinion.state != Opinion.State.HALF_GIVEN:
            continue
        opinion.state = step("opinion", "withdraw_vote", opinion.state)
        vote.state, vote.ballot = Vote.State.WITHDRAWN, None
        opinion.changed_at = now()
        entry.save(vote)
        entry.save(opinion)
        case.votes.remove(vote)
