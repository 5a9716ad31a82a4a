"""The state machines: every state, every way between them, and who may take it.

A state whose transition has no permission and no event is derived when the page is read, never stored.
"""

from __future__ import annotations

from vetting.policy.workflow.break_glass import BREAK_GLASS
from vetting.policy.workflow.candidacy import CANDIDACY
from vetting.policy.workflow.check import CHECK
from vetting.policy.workflow.circle import CIRCLE
from vetting.policy.workflow.delegation import DELEGATION
from vetting.policy.workflow.disposal import DISPOSAL
from vetting.policy.workflow.engagement import ENGAGEMENT
from vetting.policy.workflow.hold import HOLD
from vetting.policy.workflow.identity_reveal import IDENTITY_REVEAL
from vetting.policy.workflow.model import NEW, Machine, State, Transition
from vetting.policy.workflow.opinion import OPINION
from vetting.policy.workflow.police_disclosure import POLICE_DISCLOSURE
from vetting.policy.workflow.pool_clearance import POOL_CLEARANCE
from vetting.policy.workflow.recipient_key import RECIPIENT_KEY
from vetting.policy.workflow.recruitment import RECRUITMENT
from vetting.policy.workflow.recusal import RECUSAL
from vetting.policy.workflow.report import REPORT
from vetting.policy.workflow.role_grant import ROLE_GRANT
from vetting.policy.workflow.sample import SAMPLE
from vetting.policy.workflow.waiver import WAIVER

MACHINES: dict[str, Machine] = {
    machine.code: machine
    for machine in (
        RECRUITMENT,
        CANDIDACY,
        CHECK,
        OPINION,
        ENGAGEMENT,
        POOL_CLEARANCE,
        WAIVER,
        RECUSAL,
        HOLD,
        DISPOSAL,
        ROLE_GRANT,
        DELEGATION,
        BREAK_GLASS,
        SAMPLE,
        REPORT,
        IDENTITY_REVEAL,
        POLICE_DISCLOSURE,
        CIRCLE,
        RECIPIENT_KEY,
    )
}

_STATES = {(m.code, s.code): s for m in MACHINES.values() for s in m.states}
_TRANSITIONS = {(m.code, t.name): t for m in MACHINES.values() for t in m.transitions}


class WrongTransition(Exception):
    """The step does not lead out of the state the object is in."""


def state(machine: str, code: str) -> State:
    """The state ``code`` of ``machine``. Raises KeyError for one that does not exist."""
    return _STATES[machine, code]


def transition(machine: str, name: str) -> Transition:
    """The transition ``name`` of ``machine``. Raises KeyError for one that does not exist."""
    return _TRANSITIONS[machine, name]


def transitions_from(machine: str, state: str) -> tuple[Transition, ...]:
    """Every transition that leads out of ``state`` (``new`` for those that create the object)."""
    return tuple(t for t in MACHINES[machine].transitions if state in t.sources)


def next_state(machine: str, transition_name: str, state: str) -> str:
    """The state after the step. Raises WrongTransition when the step does not lead out of ``state``."""
    step = _TRANSITIONS.get((machine, transition_name))
    if step is None or state not in step.sources:
        raise WrongTransition(f"{machine}: {transition_name} does not lead out of {state}")
    return step.target


__all__ = [
    "MACHINES",
    "NEW",
    "Machine",
    "State",
    "Transition",
    "WrongTransition",
    "next_state",
    "state",
    "transition",
    "transitions_from",
]
