"""Giving the opinion: one or two persons, blind to each other; the strictest wins, conditions are united."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.access.reveal import own_words
from vetting.access.standing_in import tied_to
from vetting.crypto.sealed import take_sealed, unseal_json
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.places import GUEST
from vetting.recruitment.actions.common import Once, require_moving, step
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.apart import kept_apart
from vetting.recruitment.approval import seal_ballot
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.engine.progress import approvers_needed
from vetting.recruitment.guests import is_left_to_guest
from vetting.recruitment.models import Opinion, Vote
from vetting.recruitment.relations import have_managed

STRICTNESS = ("supported", "supported_conditions", "returned", "advised_against")
CONCLUDES = {
    "supported": ("conclude_approved", "clear"),
    "supported_conditions": ("conclude_with_conditions", "clear"),
    "returned": ("conclude_returned", "return"),
    "advised_against": ("conclude_refused", "refuse"),
}
NO_CONDITION = "no_condition"
BY_PASSWORD = Confirmed()


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person votes: an outcome, conditions by code, and reasons (needed unless supported outright)."""

    outcome: str
    conditions: tuple[str, ...] = ()
    reasons: str = ""

    @property
    def said(self) -> dict[str, Any]:
        """What is sealed, and committed to in a text that is signed."""
        return {
            "outcome": self.outcome,
            "conditions": sorted(self.conditions),
            "reasons": self.reasons.strip(),
        }

    def check(self) -> None:
        """Raises BadInput for what cannot be taken."""
        if self.outcome not in STRICTNESS:
            raise BadInput(outcome="choice")
        allowed = set(CHOICES["security_opinion", "condition"]) - {NO_CONDITION}
        if self.outcome == "supported_conditions" and not self.conditions:
            raise BadInput(conditions="required")
        if set(self.conditions) - allowed or (self.conditions and self.outcome != "supported_conditions"):
            raise BadInput(conditions="choice")
        if self.outcome != "supported" and len(self.reasons.strip()) < 10:
            raise BadInput(reasons="too_short")


def decide_opinion(
    case: Case,
    *,
    by: Actor,
    opinion: Opinion,
    ballot: Ballot,
    confirmed: Confirmed = BY_PASSWORD,
    once: Once = None,
) -> None:
    """Give one's vote. The log says only that a vote was recorded; the round is concluded with the last one.

    `confirmed`: how she showed that it is she. Signed: what is signed is what is stored, and the case is as it was.

    A lone approver who proposes a condition adds a second. Neither preparer, manager, check recorder, recused person
    nor the other approver may vote: the door says so, and the database refuses it. Raises Denied, BadInput.
    """
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "opinion.decide", candidacy=candidacy, opinion=opinion)
    require_moving(case)
    ballot.check()
    barred = _require_other_person(case, by, opinion)
    needed, because = approvers_needed(case, candidacy)
    if needed > opinion.approvers:
        opinion.approvers, opinion.second_because = needed, because
    is_guest = decision.role == GUEST
    if not is_guest and is_left_to_guest(case, opinion):
        raise WrongState("opinion", "decide", "guest_needed")
    given = case.votes_of(opinion)
    vote = _new_vote(case, by, opinion, barred, is_guest=is_guest)
    _confirm(case, opinion, vote, ballot, confirmed)
    if opinion.approvers == 1 and ballot.outcome == "supported_conditions":
        opinion.approvers = 2  # why is not written: it would tell the other what this vote says
    last = len(given) + 1 >= opinion.approvers
    opinion.changed_at = now()
    with case.act(
        "opinion.vote_recorded",
        by,
        decision.role,
        candidacy=candidacy,
        once=once,
        seal=True,
        round=opinion.round,
        method=confirmed.how,
    ) as entry:
        entry.save(vote)
        entry.save(confirmed.row(vote))
        if not last:
            opinion.state = step("opinion", "first_vote", opinion.state)
            entry.save(opinion)
        ballots = [_read(entry, by, decision.role, each) for each in given] if last else []
    case.votes.append(vote)
    if last:
        mine = {"outcome": ballot.outcome, "conditions": list(ballot.conditions)}
        _conclude(case, by, decision.role, opinion, [*ballots, mine])


def _require_other_person(case: Case, by: Actor, opinion: Opinion) -> str:
    """That she has no other part in the round and has not voted, while votes are taken: who may not, for the database.

    Raises SamePerson, WrongState.
    """
    if by.person_id in {opinion.preparer_id, opinion.manager_id, *have_managed(case)}:
        raise SamePerson
    if opinion.state not in {Opinion.State.REQUESTED, Opinion.State.HALF_GIVEN}:
        raise WrongState("opinion", "decide", str(opinion.state))
    if any(vote.person_id == by.person_id for vote in case.votes_of(opinion)):
        raise SamePerson
    barred = _barred(case, opinion)
    if by.person_id.hex in barred:
        raise SamePerson
    return barred


def _new_vote(case: Case, by: Actor, opinion: Opinion, barred: str, *, is_guest: bool) -> Vote:
    """Her vote in the first slot that is free, with nothing in it yet."""
    taken = {vote.slot for vote in case.votes_of(opinion)}
    return Vote(
        recruitment=case.recruitment,
        opinion=opinion,
        candidacy=case.candidacy(opinion.candidacy_id),
        slot=next(slot for slot in (1, 2) if slot not in taken),
        person_id=by.person_id,
        account_id=by.account_id,
        preparer_id=opinion.preparer_id,
        # The manager of this day: the round's own copy may name one who has been replaced since it was asked for.
        manager_id=case.recruitment.manager_id,
        given_on=by.on,
        barred=barred,
        needs_guest=opinion.needs_guest,
        is_guest=is_guest,
    )


def _confirm(case: Case, opinion: Opinion, vote: Vote, ballot: Ballot, confirmed: Confirmed) -> None:
    """Seal the ballot into the vote, or take the ciphertext whose digest was signed. Raises BadInput, WrongState."""
    confirmed.require(case, opinion)
    if confirmed.draft is None:
        seal_ballot(vote, ballot.said)
        return
    if not confirmed.draft.says(ballot.said):
        raise BadInput(signature="signed_other")
    vote.id = confirmed.draft.vote_id
    take_sealed(vote, "ballot", confirmed.draft.ciphertext)


def _barred(case: Case, opinion: Opinion) -> str:
    """Everybody who may not give this vote, and whoever has stood in for one of them or the other way round.

    That nobody votes twice is a rule of its own.
    """
    found = kept_apart(case, opinion)
    found |= tied_to(found, case.recruitment.created_on, case.today)
    found -= {vote.person_id for vote in case.votes_of(opinion)}
    return " ".join(sorted(person.hex for person in found))


def _read(entry: Act, by: Actor, role: str, vote: Vote) -> dict[str, Any]:
    read: dict[str, Any] = unseal_json(vote, "ballot", own_words(by.who(role), entry.id))
    return read


def _conclude(case: Case, by: Actor, role: str, opinion: Opinion, ballots: list[dict[str, Any]]) -> None:
    candidacy = case.candidacy(opinion.candidacy_id)
    outcome = max((ballot["outcome"] for ballot in ballots), key=STRICTNESS.index)
    opinion_step, candidacy_step = CONCLUDES[outcome]
    # A single supporting vote and two go the same way; the machine starts the latter from half_given.
    if outcome == "supported_conditions" and opinion.state == Opinion.State.REQUESTED:
        opinion.state = Opinion.State.HALF_GIVEN
    opinion.state = step("opinion", opinion_step, opinion.state)
    candidacy.state = step("candidacy", candidacy_step, candidacy.state)
    opinion.conditions = sorted({code for ballot in ballots for code in ballot["conditions"]})
    opinion.concluded_on = by.on
    if candidacy_step == "clear":
        opinion.valid_until = add_months(by.on, CHECKPOINTS["security_opinion"].max_age_months or 2)
    candidacy.changed_at = opinion.changed_at = now()
    with case.act(
        "opinion.concluded",
        by,
        role,
        candidacy=candidacy,
        seal=True,
        round=opinion.round,
        result=outcome,
        approvers=opinion.approvers,
    ) as entry:
        entry.save(opinion)
        entry.save(candidacy)


def withdraw_vote(case: Case, *, by: Actor, opinion: Opinion, once: Once = None) -> None:
    """Take back one's own vote before the other has given hers; what it said is not kept in view."""
    candidacy = case.candidacy(opinion.candidacy_id)
    decision = case.require(by, "opinion.withdraw_vote", candidacy=candidacy, opinion=opinion)
    own = next((vote for vote in case.votes_of(opinion) if vote.person_id == by.person_id), None)
    if own is None:
        raise WrongState("opinion", "withdraw_vote", "no_vote")
    opinion.state = step("opinion", "withdraw_vote", opinion.state)
    own.state, own.ballot = Vote.State.WITHDRAWN, None
    opinion.changed_at = now()
    with case.act(
        "opinion.vote_withdrawn",
        by,
        decision.role,
        candidacy=candidacy,
        once=once,
        seal=True,
        round=opinion.round,
    ) as entry:
        entry.save(own)
        entry.save(opinion)


__all__ = ["Ballot", "decide_opinion", "withdraw_vote"]
