"""Posts inside HR and the security function: whose they are, and which place in a round is a guest approver's.

Nobody opines alone on who is to be her colleague (work.md: such posts get a guest approver).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.access.models import RoleGrant
from vetting.recruitment.models import GuestInvitation, Opinion
from vetting.recruitment.standing import HR, SECURITY

if TYPE_CHECKING:
    from vetting.recruitment.case import Case

HR_POST = "hr_recruitment"
"""The control profile of posts in HR, recruitment and pay."""
FUNCTIONS = {"hr_function": HR, "security_function": SECURITY | {"protective_security"}}
"""Reason of an invitation → the roles of the function that the post lies in."""


def functions_of(case: Case) -> set[str]:
    """The functions that the post lies in, as reasons of an invitation: at most two queries.

    By its profile, by its authority being the functions' own, by a manager who works in the function, or by an
    invitation that two heads have signed for that reason.
    """
    if case.authority.is_control_function:
        return set(FUNCTIONS)
    found = {"hr_function"} if HR_POST in {*case.recruitment.profiles, *case.position.profiles} else set()
    held = RoleGrant.objects.filter(person=case.recruitment.manager_id, state=RoleGrant.State.ACTIVE)
    roles = {grant.role for grant in held if grant.is_in_force(case.today)}
    found |= {code for code, of_function in FUNCTIONS.items() if roles & of_function}
    signed = GuestInvitation.objects.filter(
        recruitment=case.recruitment, because__in=FUNCTIONS, role_grant__confirmed_by__isnull=False
    )
    return found | set(signed.values_list("because", flat=True))


def is_left_to_guest(case: Case, opinion: Opinion) -> bool:
    """Whether the place that is left in the round is a guest's: one of the house takes at most one of two."""
    if not opinion.needs_guest:
        return False
    return opinion.approvers == 1 or any(not vote.is_guest for vote in case.votes_of(opinion))
