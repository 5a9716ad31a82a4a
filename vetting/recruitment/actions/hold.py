"""Legal hold (*gallringsstopp*): from that day nothing of the recruitment, of any finalist, is disposed of."""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.reasons import LEGAL_HOLD
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case


def set_hold(case: Case, *, by: Actor, ground: str, once: Once = None) -> None:
    """A claim, a review or a request has come in (`ground`: a code of LEGAL_HOLD). Possible in every state.

    Raises Denied, WrongState where a hold is in force already, BadInput.
    """
    answer = case.require(by, "hold.set")
    recruitment = case.recruitment
    if recruitment.legal_hold_since is not None:
        raise WrongState("hold", "set", "in_force")
    if ground not in LEGAL_HOLD:
        raise BadInput(ground="reason")
    recruitment.legal_hold_since, recruitment.legal_hold_ground = by.on, ground
    recruitment.changed_at = now()
    with case.act("hold.set", by, answer.role, once=once, ground=ground, date=by.on.isoformat()) as entry:
        entry.save(recruitment)
