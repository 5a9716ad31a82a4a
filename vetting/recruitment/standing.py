"""How a person stands to a recruitment: manager, delegate, access manager, performer, or aside from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from vetting.access.actor import Actor
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.places import GUEST
from vetting.recruitment.models import Check, Recruitment, Recusal

if TYPE_CHECKING:
    from vetting.organisation.models import DelegationPoint
    from vetting.recruitment.case import Case

SHUT_OUT = {Recusal.State.DECLARED, Recusal.State.EXCLUDED}
ENDED = {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}
HR = {"hr_officer", "hr_head"}
SECURITY = {"security_officer", "security_head"}
OPINING = SECURITY | {GUEST}
"""Roles in which somebody is let in to give an opinion."""
DRIVING = HR | {"hiring_manager"}


def delegation_point(case: Case, actor: Actor) -> DelegationPoint | None:
    """The point under which `actor` may decide on this post and form today, ordinary delegate before substitute."""
    return _point_of(case, actor.person_id, actor.on)


def point_to_sign_by(case: Case, actor: Actor) -> DelegationPoint | None:
    """As `delegation_point`, or that of somebody the actor stands in for and who does not stand aside here."""
    own = delegation_point(case, actor)
    if own is not None:
        return own
    for absent in actor.absent:
        aside = case.recusal_of(absent.person_id)
        point = _point_of(case, absent.person_id, actor.on)
        if point is not None and (aside is None or not stands_aside(aside)):
            return point
    return None


def _point_of(case: Case, person: UUID, on: date) -> DelegationPoint | None:
    valid = [each for each in delegation_points(case, on) if each.delegate_id == person]
    return min(valid, key=lambda point: (point.is_substitute, -len(point.unit.path)), default=None)


def delegation_points(case: Case, on: date) -> list[DelegationPoint]:
    """The points of delegation that let somebody decide on this post and form on that day."""
    leading = "leading_post" in case.recruitment.profiles or case.position.is_designated_leading
    return [
        point
        for point in case.points
        if point.is_in_force(on)
        and case.recruitment.form in point.forms
        and (point.leading_posts or not leading)
    ]


def have_managed(case: Case) -> set[UUID]:
    """The persons who are or have been the recruitment's manager."""
    earlier = (UUID(each["person"]) for each in case.recruitment.earlier_managers)
    return {case.recruitment.manager_id, *earlier}


def is_access_manager(case: Case, actor: Actor) -> bool:
    """Whether `actor` gives and closes access for the unit; where none is named it is the hiring manager."""
    return (case.unit.access_manager_id or case.recruitment.manager_id) == actor.person_id


def performs(case: Case, actor: Actor, check: Check, assigned: set[str], found: set[str]) -> bool:
    """Whether the catalogue lets this actor perform the check (`performed_by`: roles or relations)."""
    for performer in CHECKPOINTS[check.code].performed_by:
        if performer == "hiring_manager" and "hiring_manager" in found:
            return True
        if performer in {"hr_officer", "external_recorded_by_hr"} and assigned & HR:
            return True
        if performer == "security_officer" and assigned & SECURITY:
            return True
        if performer in {"deciding_delegate", "unit_access_manager"} and performer in found:
            return True
        if performer == "protective_security" and actor.holds("protective_security"):
            return True
    return False


def stands_aside(recusal: Recusal) -> bool:
    """Whether the person takes no part: shut out now, or when the recruitment ended."""
    ended = recusal.state == Recusal.State.ENDED and recusal.excluded_before_end
    return recusal.state in SHUT_OUT or ended
