"""A guest approver: proposed for one recruitment, let in when another head has signed, out again after 14 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from audit.clock import now
from vetting.access.actor import Actor, load_actor
from vetting.access.door import Denied, scopes_held
from vetting.access.grants import permission_for, role_of
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.accounts.passwords import may_use_password
from vetting.policy.places import GUEST, GUEST_DAYS
from vetting.policy.reasons import GUEST as REASONS
from vetting.policy.roles import ROLES
from vetting.recruitment.actions.common import Once, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import is_finalist
from vetting.recruitment.guests import FUNCTIONS, rows_that_need_guest
from vetting.recruitment.models import GuestInvitation, Recruitment, RecruitmentGrant
from vetting.recruitment.queries.guests import can_opine
from vetting.recruitment.standing import ENDED

PROPOSE = "guest.propose"
OF_THE_CASE = {
    "participant", "recused", "hiring_manager", "deciding_delegate", "unit_access_manager", "substitute",
}  # fmt: skip
"""Whoever stands so to the recruitment belongs to the house."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite, whence, why, and through which day."""

    account: Account
    home: str
    because: str
    reason: str
    last_day: date


def propose_guest(case: Case, wanted: Wanted, *, by: Actor, once: Once = None) -> GuestInvitation:
    """Propose a guest; she sees nothing until another head has confirmed. Raises Denied, BadInput, WrongState."""
    answer = case.require(by, PROPOSE)
    if wanted.account.person_id == by.person_id:
        raise Denied(PROPOSE, "excluded:grantee")
    if case.recruitment.state in ENDED:
        raise WrongState("recruitment", "propose_guest", str(case.recruitment.state))
    _require_possible(case, wanted, by.on)
    grant = RoleGrant(
        person_id=wanted.account.person_id,
        role=GUEST,
        authority=case.authority,
        state=step("role_grant", "propose_guest", "new"),
        proposed_by_id=by.person_id,
        valid_from=by.on,
        valid_to=wanted.last_day,
    )
    invitation = GuestInvitation(
        recruitment=case.recruitment,
        role_grant=grant,
        account=wanted.account,
        home=wanted.home.strip(),
        because=wanted.because,
        reason=wanted.reason.strip(),
    )
    until = wanted.last_day.isoformat()
    with case.act("guest.proposed", by, answer.role, once=once, until=until) as entry:
        entry.save(grant)
        entry.save(invitation)
    return invitation


def _require_possible(case: Case, wanted: Wanted, on: date) -> None:
    """Raises BadInput for what is missing, or whom nobody may invite; the answer does not tell which accounts exist."""
    wrong = {
        "home": "required" if not wanted.home.strip() else "",
        "because": "choice" if wanted.because not in REASONS else "",
        "reason": "too_short" if len(wanted.reason.strip()) < 10 else "",
        "last_day": "" if on <= wanted.last_day < on + timedelta(days=GUEST_DAYS) else "guest_days",
        "username": "" if _is_outsider(case, wanted.account) else "no_guest",
    }
    if any(wrong.values()):
        raise BadInput(**{name: code for name, code in wrong.items() if code})
    if wanted.because == "nobody_else" and len(can_opine(case)) >= max(case.recruitment.approvers, 1):
        raise BadInput(because="others_can")
    there = GuestInvitation.objects.filter(recruitment=case.recruitment, account=wanted.account)
    open_to = there.filter(role_grant__state__in=["proposed", "active"], role_grant__valid_to__gte=on)
    if open_to.exists():
        raise WrongState("role_grant", "propose_guest", "guest_there")


def _is_outsider(case: Case, account: Account) -> bool:
    """Whether the account is somebody's whom the recruitment is none of: no role that reaches it, and no part in it."""
    if not account.is_active or is_finalist(case, account.person_id):
        return False
    guest = load_actor(account)
    facts = case.facts_for(guest)
    if OF_THE_CASE & facts.relations or case.recusal_of(account.person_id) is not None:
        return False
    if any(
        scopes - {"all"}
        for role, scopes in scopes_held(guest, facts).items()
        if role not in ("employee", GUEST)
    ):
        return False
    return not any(guest.holds(role) for role in ROLES[GUEST].incompatible_with)


def let_in(case: Case, invitation: GuestInvitation, *, by: Actor, role: str) -> None:
    """Give the guest whose role has just been confirmed her assignment. Raises Denied, for whoever stands aside too.

    From now on the rounds under way need her, where that is why she was invited.
    """
    if "recused" in case.facts_for(by).relations:
        raise Denied("role.confirm", "excluded:recused")
    if case.recruitment.state in ENDED:
        raise WrongState("recruitment", "let_in_guest", str(case.recruitment.state))
    if invitation.account.must_change_password and may_use_password(invitation.account):
        # Whoever made the account may still know the way in: she would opine as the guest.
        raise WrongState("recruitment", "let_in_guest", "first_password")
    grant = case.given(
        RecruitmentGrant(
            permission=permission_for(Recruitment, GUEST),
            user=invitation.account,
            content_object=case.recruitment,
            granted_by_id=by.person_id,
            since=now(),
            reason=invitation.because,
            until=invitation.role_grant.valid_to,
        )
    )
    why = invitation.because
    with case.act(
        "recruitment.assigned", by, role, target_role=GUEST, change="given", reason_code=why
    ) as entry:
        entry.save(grant)
        for row in rows_that_need_guest(case) if why in FUNCTIONS else ():
            entry.save(row)
    case.grants.append(grant)


def take_out(case: Case, invitation: GuestInvitation, *, by: Actor, role: str, reason: str) -> None:
    """Take the assignment of a guest whose role has been revoked; a vote that is concluded stands."""
    grant = next((each for each in [*case.grants, *case.lapsed] if _is_of(each, invitation)), None)
    if grant is None:
        return
    with case.act(
        "recruitment.assigned", by, role, target_role=GUEST, change="taken", reason_code=reason
    ) as entry:
        entry.delete(grant)
    case.grants = [each for each in case.grants if each is not grant]


def _is_of(grant: RecruitmentGrant, invitation: GuestInvitation) -> bool:
    return grant.user_id == invitation.account_id and role_of(grant.permission) == GUEST


__all__ = ["Wanted", "let_in", "propose_guest", "take_out"]
