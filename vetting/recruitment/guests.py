"""Posts inside HR and the security function: whose they are, and which place in a round is a guest approver's.

Nobody opines alone on who is to be her colleague (work.md: such posts get a guest approver).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import now
from vetting.access.models import RoleGrant
from vetting.recruitment.models import GuestInvitation, Opinion, Vote
from vetting.recruitment.standing import HR, SECURITY, have_managed

if TYPE_CHECKING:
    from vetting.recruitment.case import Case

HR_POST = "hr_recruitment"
"""The control profile of posts in HR, recruitment and pay."""
UNDER_WAY = frozenset({Opinion.State.REQUESTED, Opinion.State.HALF_GIVEN})
"""The states of a round that waits for votes."""
FUNCTIONS = {"hr_function": HR, "security_function": SECURITY | {"protective_security"}}
"""Reason of an invitation → the roles of the function that the post lies in."""


def functions_of(case: Case) -> set[str]:
    """The functions that the post lies in, as reasons of an invitation: at most two queries.

    By its profile, by its authority being the functions' own, by a manager who works in the function, or by an
    invitation that two heads have signed for that reason. Whoever has been manager here counts, with what she has held
    since the recruitment began: to hand it over and take it back changes nothing.
    """
    if case.authority.is_control_function:
        return set(FUNCTIONS)
    found = {"hr_function"} if HR_POST in {*case.recruitment.profiles, *case.position.profiles} else set()
    roles = _held_by_managers(case)
    found |= {code for code, of_function in FUNCTIONS.items() if roles & of_function}
    signed = GuestInvitation.objects.filter(
        recruitment=case.recruitment, because__in=FUNCTIONS, role_grant__confirmed_by__isnull=False
    )
    return found | set(signed.values_list("because", flat=True))


def needs_guest(case: Case) -> bool:
    """Whether one of those who opine is a guest; what has been found in an earlier round here stands."""
    return any(opinion.needs_guest for opinion in case.opinions) or bool(functions_of(case))


def rows_that_need_guest(case: Case) -> list[Opinion | Vote]:
    """The rounds under way, and their votes, that get to know that a guest is needed: changed, not saved."""
    rows: list[Opinion | Vote] = []
    for opinion in case.opinions:
        if opinion.state not in UNDER_WAY or opinion.needs_guest:
            continue
        opinion.needs_guest, opinion.changed_at = True, now()
        votes = case.votes_of(opinion)
        for vote in votes:
            vote.needs_guest = True
        rows += [opinion, *votes]
    return rows


def _held_by_managers(case: Case) -> set[str]:
    """The roles that anybody who has been manager here has held on some day since the recruitment was begun."""
    began = case.recruitment.created_on
    held = RoleGrant.objects.filter(
        person__in=have_managed(case),
        state__in=[RoleGrant.State.ACTIVE, RoleGrant.State.REVOKED],
        valid_from__lte=case.today,
    )
    lasts = ((grant.role, grant.ended_on or grant.last_day) for grant in held)
    return {role for role, last in lasts if last is None or last >= began}


def is_left_to_guest(case: Case, opinion: Opinion) -> bool:
    """Whether the place that is left in the round is a guest's: one of the house takes at most one of two."""
    if not opinion.needs_guest:
        return False
    return opinion.approvers == 1 or any(not vote.is_guest for vote in case.votes_of(opinion))
