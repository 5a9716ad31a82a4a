"""Legal hold (*gallringsstopp*): while it is in force nothing of the recruitment, of any finalist, is disposed of.

One proposes that it is lifted and another person lifts it, or keeps it; until then it stands.
"""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.reasons import HOLD_KEPT, HOLD_LIFTED, LEGAL_HOLD
from vetting.recruitment.actions.common import Once, step
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recruitment


def set_hold(case: Case, *, by: Actor, ground: str, once: Once = None) -> None:
    """A claim, a review or a request has come in (`ground`: a code of LEGAL_HOLD). Possible in every state.

    Raises Denied, WrongState where a hold is in force already, BadInput.
    """
    answer = case.require(by, "hold.set")
    recruitment = case.recruitment
    if recruitment.is_held:
        raise WrongState("hold", "set", recruitment.hold_state)
    if ground not in LEGAL_HOLD:
        raise BadInput(ground="reason")
    # A hold that was lifted is another one; the history tells of it.
    forget_lift(recruitment)
    recruitment.legal_hold_since, recruitment.legal_hold_ground = by.on, ground
    recruitment.changed_at = now()
    with case.act("hold.set", by, answer.role, once=once, ground=ground, date=by.on.isoformat()) as entry:
        entry.save(recruitment)


def propose_lift(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """The first signature (`reason`: a code of HOLD_LIFTED). The hold stands. Raises Denied, WrongState, BadInput."""
    answer = case.require(by, "hold.propose_lift", hold=True)
    recruitment = case.recruitment
    step("hold", "propose_lift", recruitment.hold_state)
    if reason not in HOLD_LIFTED:
        raise BadInput(reason="reason")
    recruitment.lift_proposed_by_id, recruitment.lift_proposed_on = by.person_id, by.on
    recruitment.lift_reason, recruitment.changed_at = reason, now()
    with case.act("hold.lift_proposed", by, answer.role, once=once, reason_code=reason) as entry:
        entry.save(recruitment)


def confirm_lift(case: Case, *, by: Actor, once: Once = None) -> None:
    """The second signature, another person's: the ordinary terms of retention run again.

    Raises Denied or SamePerson for the proposer, whichever account she uses; WrongState where nothing is proposed.
    """
    answer = case.require(by, "hold.confirm_lift", hold=True)
    recruitment = case.recruitment
    step("hold", "lift", recruitment.hold_state)
    if recruitment.lift_proposed_by_id == by.person_id:
        raise SamePerson
    recruitment.lifted_by_id, recruitment.lifted_on = by.person_id, by.on
    recruitment.changed_at = now()
    with case.act("hold.lifted", by, answer.role, once=once, seal=True) as entry:
        entry.save(recruitment)


def keep_hold(case: Case, *, by: Actor, reason: str, once: Once = None) -> None:
    """Another person says no (`reason`: a code of HOLD_KEPT): the hold stands, and may be proposed to be lifted anew.

    Raises Denied or SamePerson for the proposer, WrongState, BadInput.
    """
    answer = case.require(by, "hold.keep", hold=True)
    recruitment = case.recruitment
    step("hold", "keep", recruitment.hold_state)
    if reason not in HOLD_KEPT:
        raise BadInput(reason="reason")
    if recruitment.lift_proposed_by_id == by.person_id:
        raise SamePerson
    forget_lift(recruitment)
    recruitment.changed_at = now()
    with case.act("hold.kept", by, answer.role, once=once, reason_code=reason) as entry:
        entry.save(recruitment)


def hold_again(case: Case, by: Actor, role: str) -> None:
    """Two persons who lifted it turn out to be one: it is in force again, since the same day. Asks no door."""
    recruitment = case.recruitment
    forget_lift(recruitment)
    recruitment.changed_at = now()
    ground, since = recruitment.legal_hold_ground, recruitment.legal_hold_since
    if since is None:
        raise WrongState("hold", "set", recruitment.hold_state)
    with case.act("hold.set", by, role, ground=ground, date=since.isoformat()) as entry:
        entry.save(recruitment)


def forget_lift(recruitment: Recruitment) -> None:
    """Empty what tells of a lift, proposed or made. Saves nothing."""
    recruitment.lift_proposed_by = recruitment.lift_proposed_on = None
    recruitment.lifted_by = recruitment.lifted_on = None
    recruitment.lift_reason = ""
