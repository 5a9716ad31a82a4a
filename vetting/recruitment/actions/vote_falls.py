"""Whoever is shut out has not opined: her vote in an unfinished round falls, and the place is free for another."""

from __future__ import annotations

from uuid import UUID

from audit.clock import now
from audit.recorder import Act
from vetting.recruitment.actions.common import step
from vetting.recruitment.case import Case
from vetting.recruitment.models import Opinion, Vote


def vote_falls(case: Case, entry: Act, person: UUID, *, rests: bool = False) -> bool:
    """Take her vote back, within the act that shuts her out, and say if there was one. What is concluded stands.

    What it said is not kept, unless it `rests`: then it may come back (`vote_returns`).
    """
    fell = False
    for vote in [each for each in case.votes if each.person_id == person]:
        opinion = case.opinion(vote.opinion_id)
        if vote.state != Vote.State.GIVEN or opinion.state != Opinion.State.HALF_GIVEN:
            continue
        opinion.state = step("opinion", "withdraw_vote", opinion.state)
        vote.state = Vote.State.WITHDRAWN
        if not rests:
            vote.ballot = None
        opinion.changed_at = now()
        entry.save(vote)
        entry.save(opinion)
        case.votes.remove(vote)
        fell = True
    return fell


def vote_returns(case: Case, entry: Act, person: UUID) -> None:
    """Her resting vote counts again, where the round is as it was; where another has opined she opines anew."""
    for vote in _resting(case, person):
        opinion = case.opinion(vote.opinion_id)
        if opinion.state == Opinion.State.REQUESTED and not case.votes_of(opinion):
            opinion.state = step("opinion", "first_vote", opinion.state)
            vote.state, opinion.changed_at = Vote.State.GIVEN, now()
            entry.save(opinion)
            case.votes.append(vote)
        else:
            vote.ballot = None
        entry.save(vote)


def vote_is_gone(case: Case, entry: Act, person: UUID) -> None:
    """What a resting vote said is not kept any longer."""
    for vote in _resting(case, person):
        vote.ballot = None
        entry.save(vote)


def _resting(case: Case, person: UUID) -> list[Vote]:
    """Her votes taken back with what they said kept."""
    rows = Vote.objects.filter(recruitment=case.pk, person=person, state=Vote.State.WITHDRAWN)
    return [vote for vote in rows if vote.ballot is not None]
