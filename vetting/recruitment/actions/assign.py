"""Giving and taking back assignments in a recruitment."""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.access.grants import permission_for, role_of
from vetting.accounts.models import Account
from vetting.policy.reasons import ASSIGN
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recruitment, RecruitmentGrant

ASSIGNABLE = ("hr_officer", "hr_head")


def assign(case: Case, *, by: Actor, account: Account, role: str, reason: str, once: Once = None) -> None:
    """Let `account` act in `role` in this recruitment. Never oneself: nobody widens her own access."""
    answer = case.require(by, "recruitment.assign")
    if account.person_id == by.person_id:
        raise Denied("recruitment.assign", "excluded:self_gain")
    if role not in ASSIGNABLE:
        raise BadInput(role="choice")
    if reason not in ASSIGN:
        raise BadInput(reason="reason")
    if any(grant.user_id == account.pk and role_of(grant.permission) == role for grant in case.grants):
        raise WrongState("recruitment", "assign", "assigned")
    grant = RecruitmentGrant(
        permission=permission_for(Recruitment, role),
        user=account,
        content_object=case.recruitment,
        granted_by_id=by.person_id,
        since=now(),
        reason=reason,
    )
    grant = case.given(grant)
    with case.act(
        "recruitment.assigned",
        by,
        answer.role,
        once=once,
        target_role=role,
        change="given",
        reason_code=reason,
    ) as entry:
        entry.save(grant)
        if case.recruitment.responsible_id is None:
            case.recruitment.responsible_id = account.person_id
            entry.save(case.recruitment)
    case.grants.append(grant)


def unassign(case: Case, *, by: Actor, grant: RecruitmentGrant, reason: str, once: Once = None) -> None:
    """Take an assignment back; it stops working with the next request."""
    answer = case.require(by, "recruitment.assign")
    if reason not in ASSIGN:
        raise BadInput(reason="reason")
    role = role_of(grant.permission)
    with case.act(
        "recruitment.assigned",
        by,
        answer.role,
        once=once,
        target_role=role,
        change="taken",
        reason_code=reason,
    ) as entry:
        if case.recruitment.responsible_id == grant.user.person_id:
            case.recruitment.responsible_id = None
            entry.save(case.recruitment)
        entry.delete(grant)
    case.grants.remove(grant)
