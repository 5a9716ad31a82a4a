"""What a person's roles ask of the way she signs in (`second_factor` in the agreed table of roles)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from audit.clock import now
from vetting.access.models import Delegation, RoleGrant
from vetting.access.standing_in import LENT
from vetting.accounts.models import Account
from vetting.policy.calendar import today_stockholm
from vetting.policy.roles import ONE_SESSION, ROLES, SecondFactor


@dataclass(frozen=True, slots=True)
class Demands:
    """The strictest that any role in force asks for, and whether one sign-in at a time is all there may be."""

    second_factor: SecondFactor
    one_session: bool


def demands_on(account: Account) -> Demands:
    """Read from the roles that the account's person holds today, or stands in with: one query (SIGN_IN_DEMANDS)."""
    today, mine = today_stockholm(now()), account.person_id
    absent = Delegation.objects.filter(
        substitute=mine, state=Delegation.State.GIVEN, valid_from__lte=today, valid_to__gte=today
    ).values("absent")
    who = Q(person_id=mine) | Q(person_id__in=absent)
    grants = RoleGrant.objects.filter(who, state=RoleGrant.State.ACTIVE)
    roles = {
        grant.role
        for grant in grants
        if grant.is_in_force(today) and (grant.person_id == mine or grant.role in LENT)
    }
    asked = {ROLES[role].second_factor for role in roles}
    strictest: SecondFactor = next((s for s in ("required", "by_sign_in") if s in asked), "none")
    return Demands(strictest, bool(roles & ONE_SESSION))
