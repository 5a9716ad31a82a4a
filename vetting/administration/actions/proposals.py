"""What is proposed about accounts: a lost sign-in begins anew, two accounts are one person's. Two persons each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Answer, require
from vetting.access.models import AccountProposal, RoleGrant
from vetting.accounts.genuine import renew
from vetting.accounts.models import Account, Person
from vetting.accounts.reset import reset_sign_in
from vetting.administration.accounts_held import CONFIRM, facts_of_account, facts_of_proposal
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None
REJECTED = {"reset": "account.reset_rejected", "link": "person.link_rejected"}


@contextmanager
def locked_proposal(pk: UUID) -> Iterator[AccountProposal]:
    """The proposal and the persons it is about under locks, in one transaction. Raises DoesNotExist."""
    with transaction.atomic():
        found = AccountProposal.objects.get(pk=pk)
        accounts = [each for each in (found.account_id, found.other_id) if each]
        persons = Account.objects.filter(pk__in=accounts).values_list("person", flat=True)
        for person in sorted(set(persons), key=str):
            Person.objects.select_for_update().get(pk=person)
        rows = AccountProposal.objects.select_related("account__person", "other__person")
        yield rows.select_for_update(of=("self",)).get(pk=pk)


def propose_reset(account: Account, *, by: Actor, once: Once = None) -> AccountProposal:
    """Propose that somebody who has lost her way in begins anew. Raises Denied, WrongState, BadInput."""
    answer = require(by, "account.propose_reset", facts_of_account(account, by, "account.propose_reset"))
    if not account.is_active:
        raise WrongState("account", "propose_reset", "closed")
    proposal = AccountProposal(kind="reset", account=account, person=account.person)
    return _propose(proposal, "account.reset_proposed", {"target_role": role_of(account)}, by, answer, once)


def propose_link(account: Account, other: Account, *, by: Actor, once: Once = None) -> AccountProposal:
    """Propose that two accounts belong to one person. Raises Denied, BadInput."""
    for each in (account, other):
        answer = require(by, "person.propose_link", facts_of_account(each, by, "person.propose_link"))
    if account.person_id == other.person_id:
        raise BadInput(other="same_person_already")
    proposal = AccountProposal(
        kind="link", account=account, person=account.person, other=other, other_person=other.person
    )
    return _propose(proposal, "person.link_proposed", {"count": 2}, by, answer, once)


def confirm_reset(proposal: AccountProposal, *, by: Actor, once: Once = None) -> str:
    """Having seen the person: her sign-in begins anew. Returns the first password, which is told to who confirms.

    So that whoever proposed never holds it. Raises Denied, WrongState.
    """
    answer = require(by, CONFIRM["reset"], facts_of_proposal(proposal, by))
    require_waiting(proposal, "reset")
    if not proposal.account.is_active:
        raise WrongState("account", "confirm_reset", "closed")
    answered(proposal, AccountProposal.State.CONFIRMED, by)
    said = {"role": answer.role, "target_role": role_of(proposal.account)}
    with act(
        "account.reset_confirmed", by.who(answer.role), subject=proposal.account_id, facts=said, once=once
    ) as entry:
        entry.save(proposal)
        secret = reset_sign_in(proposal.account)
    renew(proposal.account_id)
    return secret


def reject_proposal(proposal: AccountProposal, *, by: Actor, once: Once = None) -> None:
    """Say no. Raises Denied, WrongState."""
    kind = str(proposal.kind)
    answer = require(by, CONFIRM[kind], facts_of_proposal(proposal, by))
    require_waiting(proposal, kind)
    answered(proposal, AccountProposal.State.REJECTED, by)
    said = {"target_role": role_of(proposal.account)} if kind == "reset" else {"count": 2}
    facts = {"role": answer.role, **said}
    with act(
        REJECTED[kind], by.who(answer.role), subject=proposal.account_id, facts=facts, once=once
    ) as entry:
        entry.save(proposal)


def require_waiting(proposal: AccountProposal, kind: str) -> None:
    """Raises WrongState for a proposal of another kind, or one that has been answered."""
    if proposal.kind != kind or proposal.state != AccountProposal.State.PROPOSED:
        raise WrongState("account_proposal", "answer", "answered")


def answered(proposal: AccountProposal, state: AccountProposal.State, by: Actor) -> None:
    """Note who answered, on the row."""
    proposal.state, proposal.answered_by_id, proposal.answered_on = state, by.person_id, by.on


def role_of(account: Account) -> str:
    """The first role of the account's person, as the log tells it."""
    held = RoleGrant.objects.filter(person=account.person_id, state=RoleGrant.State.ACTIVE)
    return held.order_by("valid_from").values_list("role", flat=True).first() or "employee"


def _propose(
    proposal: AccountProposal, event: str, said: dict[str, object], by: Actor, answer: Answer, once: Once
) -> AccountProposal:
    proposal.proposed_by_id, proposal.proposed_on = by.person_id, by.on
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=proposal.person_id)
        waiting = AccountProposal.objects.filter(
            account=proposal.account, kind=proposal.kind, state="proposed"
        )
        if waiting.exists():
            raise WrongState("account_proposal", "propose", "waiting")
        facts = {"role": answer.role, **said}
        with act(event, by.who(answer.role), subject=proposal.account_id, facts=facts, once=once) as entry:
            entry.save(proposal)
    return proposal
