"""*Varför ser X det här?*: the door asked for every permission about one recruitment, and its own answers told.

Nothing here reads the rules. Each answer's `Decision` names the role, the scope and the relation; which role grant it
was is found by asking the door again with that grant alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vetting.access.actor import Actor, load_actor, roles_in_force
from vetting.access.door import Facts, ask
from vetting.access.models import Delegation, RoleGrant
from vetting.access.standing_in import substitutes_in_force
from vetting.accounts.models import Account
from vetting.administration.queries.role_holders import roles_with_names
from vetting.organisation.models import ServiceAgreement
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.decide import Decision
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.case import Case
from vetting.recruitment.models import Check, Opinion

NOT_ABOUT_ONE = frozenset(
    {
        "recruitment.create",
        "recruitment.export_list",
        "candidacy.search_number",
        "candidacy.search_name",
        "opinion.list",
        "break_glass.list",
        "break_glass.review",
    }
)
"""Permissions that begin as those of a recruitment do, and are asked about none."""
_BEGIN = (
    "recruitment.",
    "candidacy.",
    "candidate_link.",
    "merit_statement.",
    "check.",
    "protective.",
    "declaration.",
    "recusal.",
    "waiver.",
    "break_glass.",
    "opinion.",
    "escalation.",
    "decision.",
    "engagement.",
    "pool_clearance.grant",
    "pool_clearance.revoke",
    "hold.",
    "note.",
    "guest.",
    "log.view_readers",
)
ABOUT_ONE = tuple(code for code in PERMISSIONS if code.startswith(_BEGIN) and code not in NOT_ABOUT_ONE)
UNKNOWN = Decision(False, "outside_scope")
"""What every no is to whoever may not know of a recusal: they all read alike."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer of the door, the permissions it was given for, and the role grants that alone give the same.

    `delegations`: where it is a substitute's, those by which she stands in for somebody who would have it.
    """

    decision: Decision
    permissions: tuple[str, ...]
    grants: tuple[RoleGrant, ...] = ()
    delegations: tuple[Delegation, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """One account of the person: what the door gives it in the recruitment, and what it does not give."""

    account: Account
    actor: Actor
    gives: tuple[Reason, ...]
    lacks: tuple[Reason, ...]


def may_know_recusal(case: Case, viewer: Actor) -> bool:
    """Whether the viewer may know who takes no part in the case for a conflict of interest."""
    return ask(viewer, "recusal.list", case.facts_for(viewer)).allowed


def explain(case: Case, accounts: Iterable[Account], viewer: Actor) -> list[Explained]:
    """The door's answers for each of a person's open accounts. About three queries for each."""
    return [_explained(case, account, may_know_recusal(case, viewer)) for account in accounts]


def answers(case: Case, actor: Actor) -> dict[str, Decision]:
    """Permission → what the door says of the case, or of the part of it that suits the actor best."""
    whole = case.facts_for(actor)
    checks = [whole, *(case.facts_for(actor, check=check) for check in _ordinary(case))]
    opinions = [whole, *(case.facts_for(actor, opinion=opinion) for opinion in _current(case))]
    parts = {"check": checks, "opinion": opinions, "escalation": opinions}
    return {code: _best(actor, code, parts.get(code.split(".")[0], [whole])) for code in ABOUT_ONE}


def _best(actor: Actor, code: str, parts: list[Facts]) -> Decision:
    """A yes for any part is a yes; of the noes the one that is about a part, where there is any."""
    said = [ask(actor, code, facts).decision for facts in parts]
    return next((decision for decision in said if decision.allowed), said[-1])


def _explained(case: Case, account: Account, may_know: bool) -> Explained:
    actor = load_actor(account)
    given: dict[Decision, list[str]] = {}
    for code, decision in answers(case, actor).items():
        told = decision if decision.allowed or may_know else UNKNOWN
        given.setdefault(told, []).append(code)
    sources = _sources(case, actor, given)
    behind = _substitutions(case, actor, given)
    reasons = [
        Reason(decision, tuple(codes), tuple(sources.get(decision, ())), tuple(behind.get(decision, ())))
        for decision, codes in given.items()
    ]
    return Explained(
        account,
        actor,
        tuple(reason for reason in reasons if reason.decision.allowed),
        tuple(reason for reason in reasons if not reason.decision.allowed),
    )


def _sources(case: Case, actor: Actor, given: dict[Decision, list[str]]) -> dict[Decision, list[RoleGrant]]:
    """For each yes by a role: the person's role grants with which alone, and nothing else held, it is a yes too."""
    grants = list(roles_with_names().filter(person=actor.person_id, state=RoleGrant.State.ACTIVE))
    agreements = list(ServiceAgreement.objects.all())
    found: dict[Decision, list[RoleGrant]] = {}
    for grant in grants:
        alone = replace(actor, roles=tuple(roles_in_force([grant], agreements, actor.on)))
        if not alone.holds(grant.role):
            continue
        said = answers(case, alone)
        for decision, codes in given.items():
            if decision.allowed and decision.role == grant.role and said[codes[0]] == decision:
                found.setdefault(decision, []).append(grant)
    return found


def _substitutions(
    case: Case, actor: Actor, given: dict[Decision, list[str]]
) -> dict[Decision, list[Delegation]]:
    """For each yes as a substitute: the delegations with which alone it is a yes too, so that each is named."""
    found: dict[Decision, list[Delegation]] = {}
    if not actor.absent:
        return found
    rows = [row for row in substitutes_in_force(actor.on) if row.substitute_id == actor.person_id]
    for row in rows:
        alone = replace(actor, absent=tuple(each for each in actor.absent if each.person_id == row.absent_id))
        alone = replace(alone, is_delegate=False)
        said = answers(case, alone)
        for decision, codes in given.items():
            if decision.why == "substitute" and said[codes[0]] == decision:
                found.setdefault(decision, []).append(row)
    return found


def _ordinary(case: Case) -> list[Check]:
    """The checks one may hear of: not the inner part of protective security, none of a protected candidate's."""
    open_ones = {candidacy.pk for candidacy in case.candidacies if not candidacy.is_protected}
    return [
        check
        for check in case.checks
        if CHECKPOINTS[check.code].visible_to == "all"
        and (check.candidacy_id is None or check.candidacy_id in open_ones)
    ]


def _current(case: Case) -> list[Opinion]:
    """The newest round of each candidate without protected identity."""
    rounds = (case.current_opinion(one) for one in case.candidacies if not one.is_protected)
    return [opinion for opinion in rounds if opinion is not None]
