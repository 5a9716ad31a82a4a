"""Conflicts of interest (jäv): asked on joining and when finalists are entered; a yes is decided by another."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.crypto import keystore
from vetting.crypto.errors import NoKey
from vetting.crypto.sealed import Opening, seal_into
from vetting.recruitment.actions.common import Once, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.vote_falls import vote_falls, vote_is_gone, vote_returns
from vetting.recruitment.apart import is_party, parties
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import alarm
from vetting.recruitment.models import Recruitment, Recusal
from vetting.recruitment.names_read import unread

ENDED = {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}


def give_declaration(
    case: Case,
    *,
    by: Actor,
    interest: str = "",
    names: Mapping[UUID, Opening] | None = None,
    once: Once = None,
) -> Recusal:
    """*Inget att anmäla*, or what the interest is in one's own words (sealed; no relative is named or numbered).

    `names`: the openings of the finalists' names by candidacy. Nobody has nothing to declare about people whom she has
    not seen. With an interest the person is shut out until her manager has decided.
    Raises Denied, WrongState, BadInput.
    """
    own = case.recusal_of(by.person_id)
    answer = case.require(by, "declaration.give")
    if case.recruitment.state in ENDED:
        raise WrongState("recusal", "declare", str(case.recruitment.state))
    if not interest.strip() and unread(case, by, names or {}):
        raise BadInput(declares="names_unread")
    name = "declare_interest" if interest.strip() else "declare_nothing"
    fresh = own is None
    if own is None:
        own = Recusal(
            recruitment=case.recruitment, person_id=by.person_id, state=Recusal.State.CLEAR, declared_on=by.on
        )
        own.state = step("recusal", name, "new")
    elif name == "declare_interest":
        own.state = step("recusal", name, own.state)
    elif own.state not in {Recusal.State.CLEAR, Recusal.State.PARTICIPATES}:
        raise WrongState("recusal", name, str(own.state))
    if interest.strip():
        _ensure_key(own)
        seal_into(own, "interest", interest.strip())
    own.finalists_seen, own.declared_on, own.changed_at = len(case.candidacies), by.on, now()
    code = "interest" if interest.strip() else "nothing"
    with case.act("declaration.given", by, answer.role, once=once, answer_code=code) as entry:
        entry.save(own)
    if fresh:
        case.recusals.append(own)
    return own


def decide_declaration(
    case: Case, *, by: Actor, recusal: Recusal, participates: bool, reason: str, once: Once = None
) -> None:
    """The declarant's manager records *deltar inte* or *deltar, saknar betydelse*, with the reason (KL 6:28–32)."""
    answer = case.require(by, "declaration.decide", recusal=recusal)
    recusal.state = step("recusal", "let_participate" if participates else "exclude", recusal.state)
    _decide(recusal, by, reason)
    result = "participates" if participates else "excluded"
    with case.act(
        "declaration.decided", by, answer.role, once=once, result=result, target_role="participant"
    ) as entry:
        entry.save(recusal)
        if participates:
            vote_returns(case, entry, recusal.person_id)
        else:
            vote_falls(case, entry, recusal.person_id)
            vote_is_gone(case, entry, recusal.person_id)


def set_recusal(case: Case, *, by: Actor, person_id: UUID, reason: str, once: Once = None) -> Recusal:
    """Shut a person out of the recruitment: the head of security or of HR has a reason to.

    Never whoever manages, prepares or opines here herself: it would be her own matter who does. Where a vote falls by
    it, an auditor is told. Raises Denied, BadInput.
    """
    if person_id == by.person_id:
        raise Denied("recusal.set", "excluded:owner")
    if is_party(case, by):
        raise Denied("recusal.set", "excluded:party")
    found = next((r for r in case.recusals if r.person_id == person_id), None)
    answer = case.require(by, "recusal.set")
    recusal = found or Recusal(
        recruitment=case.recruitment, person_id=person_id, state=Recusal.State.CLEAR, declared_on=by.on
    )
    recusal.state = step("recusal", "set", found.state if found else "new")
    _decide(recusal, by, reason)
    recusal.parties = _written(parties(case) - {person_id})
    with case.act("recusal.set", by, answer.role, once=once, target_role="participant") as entry:
        entry.save(recusal)
        fell = vote_falls(case, entry, person_id)
    if fell:
        alarm("vote_fell", by.person_id, case.pk, now())
    if found is None:
        case.recusals.append(recusal)
    return recusal


def lift_recusal(case: Case, *, by: Actor, recusal: Recusal, reason: str, once: Once = None) -> None:
    """Let a person take part again; by another than the one who shut her out."""
    answer = case.require(by, "recusal.lift", recusal=recusal)
    recusal.state = step("recusal", "lift", recusal.state)
    _decide(recusal, by, reason)
    if recusal.waits_for_head:
        recusal.match_answered_on = by.on
    with case.act("recusal.lifted", by, answer.role, once=once, target_role="participant") as entry:
        entry.save(recusal)
        vote_returns(case, entry, recusal.person_id)


def confirm_match(case: Case, *, by: Actor, recusal: Recusal, reason: str, once: Once = None) -> None:
    """The match is right: she stays out, and what she had opined is gone. Raises Denied, BadInput, WrongState.

    By a head who neither entered the number nor is a party here.
    """
    answer = case.require(by, "recusal.set", recusal=recusal)
    if by.person_id == recusal.matched_by_id or is_party(case, by):
        raise Denied("recusal.set", "excluded:party")
    if not recusal.waits_for_head:
        raise WrongState("recusal", "set", str(recusal.state))
    _decide(recusal, by, reason)
    recusal.match_answered_on = by.on
    recusal.parties = _written(parties(case) - {recusal.person_id})
    with case.act("recusal.set", by, answer.role, once=once, target_role="participant") as entry:
        entry.save(recusal)
        vote_is_gone(case, entry, recusal.person_id)


def _written(persons: set[UUID]) -> str:
    return " ".join(sorted(person.hex for person in persons))


def _decide(recusal: Recusal, by: Actor, reason: str) -> None:
    if len(reason.strip()) < 10:
        raise BadInput(reason="too_short")
    _ensure_key(recusal)
    seal_into(recusal, "decision_reason", reason.strip())
    recusal.decided_by_id, recusal.decided_on, recusal.changed_at = by.person_id, by.on, now()
    recusal.parties = ""


def _ensure_key(recusal: Recusal) -> None:
    """The declaration's own key. It may be there although nothing is sealed: an act that was rolled back made it."""
    try:
        keystore.get(recusal.pk)
    except NoKey:
        keystore.create(recusal.pk)
