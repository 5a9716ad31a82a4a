"""What one proposes and another answers: the same for agreements, the delegation order, settings
and changes of the tree.

A proposal is a row that nothing reads but its own page. With the yes, what it is about is made or
changed in the same act.
"""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from audit.covered import Covered
from audit.recorder import act
from vetting.access.actor import Actor
from vetting.recruitment.actions.errors import WrongState

Once = UUID | None
PROPOSED = "proposed"


class Row(Protocol):
    """What such a row has."""

    pk: UUID
    state: Any
    proposed_by_id: Any
    proposed_on: Any
    answered_by_id: Any
    answered_on: Any


def put_forward(
    proposal: Any,
    *,
    by: Actor,
    event: str,
    said: dict[str, object],
    like_it: QuerySet[Any] | None,
    once: Once = None,
) -> None:
    """Write the proposal down. `like_it`: those about the same, of which none may wait. Raises WrongState.

    Under the caller's lock and in her transaction.
    """
    proposal.proposed_by_id, proposal.proposed_on = by.person_id, by.on
    if like_it is not None and like_it.filter(state=PROPOSED).exists():
        raise WrongState("proposal", "propose", "waiting")
    with act(event, by.who(str(said["role"])), subject=proposal.pk, facts=said, once=once) as entry:
        entry.save(proposal)


def require_waiting(proposal: Row) -> None:
    """Raises WrongState for one that has been answered."""
    if proposal.state != PROPOSED:
        raise WrongState("proposal", "answer", "answered")


def answered(proposal: Row, state: str, by: Actor) -> None:
    """Note who answered, on the row."""
    require_waiting(proposal)
    proposal.state = state
    proposal.answered_by_id, proposal.answered_on = by.person_id, by.on


def confirmed(
    proposal: Any, made: Covered, *, by: Actor, event: str, said: dict[str, object], once: Once = None
) -> None:
    """The yes, with what it makes or changes, in one act. The row says already by whom (`answered`)."""
    with act(event, by.who(str(said["role"])), subject=proposal.pk, facts=said, once=once) as entry:
        entry.save(made)
        entry.save(proposal)


def say_no(
    proposal: Any, state: str, *, by: Actor, event: str, said: dict[str, object], once: Once = None
) -> None:
    """The no. Raises WrongState."""
    answered(proposal, state, by)
    with act(event, by.who(str(said["role"])), subject=proposal.pk, facts=said, once=once) as entry:
        entry.save(proposal)
