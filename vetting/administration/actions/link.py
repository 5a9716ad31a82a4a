"""Two accounts become one person's: everywhere where persons are counted, also in what has begun already."""

from __future__ import annotations

from dataclasses import dataclass

from audit.recorder import act, record
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.access.models import AccountProposal
from vetting.accounts.genuine import renew
from vetting.accounts.models import Account
from vetting.accounts.sessions import end_all_sessions
from vetting.administration.accounts_held import CONFIRM, facts_of_proposal
from vetting.administration.actions.proposals import Once, answered, require_waiting
from vetting.administration.linking.delegations import delegations_after
from vetting.administration.linking.holds import holds_after, with_void_lifts
from vetting.administration.linking.pair import Pair, pair_of
from vetting.administration.linking.recusals import recusals_after
from vetting.administration.linking.roles import ended, roles_after
from vetting.administration.linking.rounds import cases_of, mixed
from vetting.administration.linking.rows import accounts_to_move, rows_to_move
from vetting.administration.linking.signed import bookers_after, is_void, waivers_after
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.actions.hold import hold_again
from vetting.recruitment.actions.invalidate import invalidate_opinion
from vetting.recruitment.actions.waiver_after import put_to_an_end
from vetting.recruitment.case import Case
from vetting.recruitment.models import Waiver


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a link takes back: opinions, waivers and lifts of holds in which both acted, roles she cannot have.

    `decided`: decisions that rest on such an opinion already. They stand, and are for the auditor and the courts.
    """

    opinions: int = 0
    waivers: int = 0
    roles: int = 0
    holds: int = 0
    decided: int = 0


def confirm_link(proposal: AccountProposal, *, by: Actor, once: Once = None) -> Consequences:
    """Count the two as one from now on. Raises Denied, WrongState.

    What both gave in one round is void: the opinion is asked for anew, and the check that was waived stops again. Rows
    that still count persons name the one who is kept, so that the database's own constraints hold for her; what is
    over stays as it was written. Declarations of conflict by either hold. Every sign-in of either ends.
    """
    answer = require(by, CONFIRM["link"], facts_of_proposal(proposal, by))
    require_waiting(proposal, "link")
    if proposal.other is None or proposal.account.person_id == proposal.other.person_id:
        raise WrongState("account_proposal", "confirm_link", "linked")
    pair = pair_of(proposal.account, proposal.other)
    told = consequences(pair, by)
    for case in cases_of(pair, lock=True):
        _take_back(case, pair, by, answer.role)
    for pk in with_void_lifts(pair):
        hold_again(Case.load(pk, lock=True), by, answer.role)
    answered(proposal, AccountProposal.State.CONFIRMED, by)
    said = {"role": answer.role, "count": told.opinions}
    with act("person.linked", by.who(answer.role), subject=pair.kept, facts=said, once=once) as entry:
        entry.save(proposal)
        recusals = recusals_after(pair)
        for weaker in recusals.dropped:
            entry.delete(weaker)
        substitutes = delegations_after(pair, by.person_id, by.on)
        roles = roles_after(pair, by.person_id, by.on)
        signed = [*waivers_after(pair), *bookers_after(pair, by.person_id, by.on)]
        for row in [*recusals.saved, *roles, *substitutes, *signed, *rows_to_move(pair), *holds_after(pair)]:
            entry.save(row)
    for account in accounts_to_move(pair):
        account.person_id = pair.kept
        account.save(update_fields=["person"])
        # An entry of the account's own: its whole earlier row, put back, fits the log no longer.
        record("person.linked", by.who(answer.role), subject=account.pk, facts=said)
        renew(account.pk)
    for account in Account.objects.filter(person=pair.kept):
        end_all_sessions(account)
    return told


def consequences(pair: Pair, by: Actor) -> Consequences:
    """What would follow, for the page where it is confirmed."""
    cases = cases_of(pair)
    used = frozenset({"used"})
    return Consequences(
        opinions=sum(len(list(mixed(case, pair))) for case in cases),
        waivers=sum(is_void(waiver, pair) for case in cases for waiver in case.waivers),
        roles=len(ended(roles_after(pair, by.person_id, by.on))),
        holds=len(with_void_lifts(pair)),
        decided=sum(len(list(mixed(case, pair, used))) for case in cases),
    )


def _take_back(case: Case, pair: Pair, by: Actor, role: str) -> None:
    """Void the waivers and the opinions in which both acted, told in the recruitment's own timeline."""
    for waiver in case.waivers:
        if is_void(waiver, pair):
            _end(case, waiver, by, role)
    found = list(mixed(case, pair))
    if not found:
        return
    with case.act("person.linked", by, role, seal=True, count=len(found)) as entry:
        for candidacy in found:
            if invalidate_opinion(case, entry, candidacy, "invalidate_by_link", "fall_back_by_link"):
                entry.save(candidacy)


def _end(case: Case, waiver: Waiver, by: Actor, role: str) -> None:
    candidacy, check = case.candidacy(waiver.candidacy_id), case.check(waiver.of_check_id)
    put_to_an_end(case, waiver)
    with case.act("waiver.ended", by, role, candidacy=candidacy, check=check) as entry:
        entry.save(waiver)
