"""Who is somebody's nearest manager: proposed by one who administers, answered by a head.

The nearest manager decides whether a conflict of interest shuts her out of a recruitment (`declaration.decide`):
whoever could change that alone could choose who judges it.
"""

from __future__ import annotations

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Denied, require
from vetting.access.models import AccountProposal
from vetting.accounts.models import Account, Person
from vetting.administration.accounts_held import CONFIRM, facts_of_proposal
from vetting.administration.actions.proposals import Once, answered, require_waiting
from vetting.administration.actions.two_persons import put_forward
from vetting.recruitment.actions.errors import BadInput

KIND = AccountProposal.Kind.MANAGER
State = AccountProposal.State
SETTING = "line_manager"


def propose_manager(
    account: Account, manager: Person | None, *, by: Actor, once: Once = None
) -> AccountProposal:
    """Propose `manager`, or None for nobody; who decides is unchanged. Raises Denied, BadInput, WrongState."""
    answer = require(by, "account.create")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=account.person_id)
        _require_possible(person, manager)
        if by.person_id in {person.pk, manager.pk if manager is not None else None}:
            raise BadInput(manager="manager_not_oneself")
        proposal = AccountProposal(kind=KIND, account=account, person=person, other_person=manager)
        said: dict[str, object] = {"role": answer.role, "setting": SETTING}
        like_it = AccountProposal.objects.filter(kind=KIND, person=person)
        put_forward(proposal, by=by, event="setting.proposed", said=said, like_it=like_it, once=once)
    return proposal


def confirm_manager(proposal: AccountProposal, *, by: Actor, once: Once = None) -> None:
    """Yes: from now the other decides, in what waits too. Raises Denied, BadInput, WrongState. Under its lock."""
    answer = require(by, CONFIRM[KIND], facts_of_proposal(proposal, by))
    require_waiting(proposal, KIND)
    person, manager = Person.objects.get(pk=proposal.person_id), proposal.other_person
    _require_possible(person, manager)
    person.line_manager = manager
    answered(proposal, State.CONFIRMED, by)
    said = {"role": answer.role, "setting": SETTING, "result": str(State.CONFIRMED)}
    with act("setting.confirmed", by.who(answer.role), subject=person.pk, facts=said, once=once) as entry:
        entry.save(person)
        entry.save(proposal)


def reject_manager(proposal: AccountProposal, *, by: Actor, once: Once = None) -> None:
    """No: who decides is unchanged. Raises Denied, WrongState."""
    answer = require(by, CONFIRM[KIND], facts_of_proposal(proposal, by))
    require_waiting(proposal, KIND)
    answered(proposal, State.REJECTED, by)
    said = {"role": answer.role, "setting": SETTING, "result": str(State.REJECTED)}
    with act(
        "setting.confirmed", by.who(answer.role), subject=proposal.person_id, facts=said, once=once
    ) as entry:
        entry.save(proposal)


def withdraw_manager(proposal: AccountProposal, *, by: Actor, once: Once = None) -> None:
    """Take one's own back before it is answered. Raises Denied for anybody else, WrongState."""
    answer = require(by, "account.create")
    if proposal.proposed_by_id != by.person_id:
        raise Denied("account.create", "proposer")
    require_waiting(proposal, KIND)
    answered(proposal, State.WITHDRAWN, by)
    said = {"role": answer.role, "setting": SETTING, "result": str(State.WITHDRAWN)}
    with act(
        "setting.confirmed", by.who(answer.role), subject=proposal.person_id, facts=said, once=once
    ) as entry:
        entry.save(proposal)


def _require_possible(person: Person, manager: Person | None) -> None:
    """Nobody is her own manager, two persons are never each other's, and something changes. Raises BadInput."""
    if manager is not None and person.pk in {manager.pk, manager.line_manager_id}:
        raise BadInput(manager="own_manager")
    if person.line_manager_id == (manager.pk if manager is not None else None):
        raise BadInput(manager="setting_same")
