"""Who may be assigned to which of several recruitments: four queries, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from vetting.access.actor import acting
from vetting.access.door import scopes_held
from vetting.access.models import RoleGrant
from vetting.access.standing_in import substitutes_in_force
from vetting.accounts.models import Account
from vetting.organisation.models import ServiceAgreement
from vetting.recruitment.case import Case
from vetting.recruitment.queries.readers import REACH

Where = dict[tuple[UUID, str], set[UUID]]


def assignable_among(cases: Sequence[Case]) -> Where:
    """(account, role) → the recruitments it may be assigned to in that role: it holds the role where they are, and
    does not stand aside from them."""
    return {(account.pk, role): where for account, role, where in people_among(cases)}


def people_among(cases: Sequence[Case]) -> list[tuple[Account, str, set[UUID]]]:
    """As `assignable_among`, with the accounts, by name."""
    if not cases:
        return []
    on = cases[0].today
    grants: dict[UUID, list[RoleGrant]] = {}
    roles = [role for role, _scope in REACH]
    for grant in RoleGrant.objects.filter(state=RoleGrant.State.ACTIVE, role__in=roles).select_related(
        "unit"
    ):
        if grant.is_in_force(on):
            grants.setdefault(grant.person_id, []).append(grant)
    agreements, standing_in = list(ServiceAgreement.objects.all()), substitutes_in_force(on)
    accounts = Account.objects.filter(is_active=True, person__in=grants).select_related("person")
    found = []
    for account in accounts.order_by("person__display_name", "username"):
        actor = acting(account, grants, agreements, standing_in, on)
        where: dict[str, set[UUID]] = {}
        for case in cases:
            facts = case.facts_for(actor)
            if "recused" in facts.relations:
                continue
            scopes = scopes_held(actor, facts)
            for role, scope in REACH:
                if scope in scopes.get(role, frozenset()):
                    where.setdefault(role, set()).add(case.pk)
        found += [(account, role, pks) for role, pks in sorted(where.items())]
    return found
