"""Whom a lifted question goes to, and how that person reaches the recruitment."""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.grants import permission_for
from vetting.accounts.models import Account
from vetting.recruitment.case import Case
from vetting.recruitment.models import Opinion, Recruitment, RecruitmentGrant
from vetting.recruitment.relations import have_managed

ESCALATION = "escalation"


def direct_lift(case: Case, by: Actor, opinion: Opinion) -> list[RecruitmentGrant]:
    """Point the opinion to whoever the delegation order names (nobody fit: the committee); unsaved grants let her in.

    Whoever manages or has managed the recruitment, or prepared the opinion, is passed over. The caller saves all.
    """
    passed_over = {opinion.manager_id, opinion.preparer_id, *have_managed(case), None}
    named = (point.escalates_to_id for point in case.points if point.is_in_force(by.on))
    opinion.escalated_to_id = next((person for person in named if person not in passed_over), None)
    opinion.changed_at = now()
    if opinion.escalated_to_id is None:
        return []
    permission = permission_for(Recruitment, "hiring_manager")
    inside = {grant.user_id for grant in case.grants if grant.permission_id == permission.pk}
    accounts = Account.objects.filter(person_id=opinion.escalated_to_id, is_active=True)
    return [
        case.given(
            RecruitmentGrant(
                permission=permission,
                user=account,
                content_object=case.recruitment,
                granted_by_id=by.person_id,
                since=now(),
                reason=ESCALATION,
            )
        )
        for account in accounts
        if account.pk not in inside
    ]
