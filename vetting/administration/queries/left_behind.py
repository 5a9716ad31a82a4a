"""Recruitments that stand without somebody responsible, because a role has ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from vetting.access.actor import Actor
from vetting.access.models import RoleGrant
from vetting.recruitment.models import Recruitment, RecruitmentGrant, still_holds
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.relations import ENDED


def work_of(grant: RoleGrant, on: date) -> QuerySet[Recruitment]:
    """The recruitments that go on and that the person works in by this role alone: none while she has it elsewhere."""
    held = RoleGrant.objects.filter(person=grant.person_id, role=grant.role, state=RoleGrant.State.ACTIVE)
    if any(other.is_in_force(on) for other in held.exclude(pk=grant.pk)):
        return Recruitment.objects.none()
    if grant.role == "hiring_manager":
        mine = Q(manager=grant.person_id)
    else:
        given = RecruitmentGrant.objects.filter(
            still_holds(on), user__person=grant.person_id, permission__codename=f"act_as_{grant.role}"
        )
        mine = Q(pk__in=given.values("content_object"))
    return Recruitment.objects.filter(mine).exclude(state__in=sorted(ENDED))


def without_anybody(actor: Actor) -> list[Recruitment]:
    """The recruitments that `actor` may hand out and whose manager, or responsible officer, has the role no longer."""
    open_ones = reach_of(actor, "recruitment.assign").recruitments.exclude(state__in=sorted(ENDED))
    managers, officers = (
        _holding("hiring_manager", on=actor.on),
        _holding("hr_officer", "hr_head", on=actor.on),
    )
    lost = ~Q(manager__in=managers) | (Q(responsible__isnull=False) & ~Q(responsible__in=officers))
    return list(open_ones.filter(lost).select_related("position").order_by("reference"))


def _holding(*roles: str, on: date) -> set[UUID]:
    rows = RoleGrant.objects.filter(role__in=roles, state=RoleGrant.State.ACTIVE, valid_from__lte=on)
    return {grant.person_id for grant in rows if grant.is_in_force(on)}
