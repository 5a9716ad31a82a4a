"""*Min åtkomst*: what one has access to by role, assignment and post, and what has been taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from vetting.access.actor import Actor
from vetting.access.models import RoleGrant
from vetting.administration.queries.role_holders import roles_with_names
from vetting.organisation.models import DelegationPoint, Unit
from vetting.recruitment.models import Recruitment, RecruitmentGrant, Recusal, still_holds
from vetting.recruitment.queries.terms import stood_aside
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.relations import ENDED, SHUT_OUT

LATELY = timedelta(days=365)
AT_MOST = 100


@dataclass(frozen=True, slots=True)
class OwnAccess:
    """Everything of one person's, each list in the order it is shown."""

    roles: list[RoleGrant]
    managed: list[Recruitment]
    assignments: list[tuple[RecruitmentGrant, bool]]
    points: list[DelegationPoint]
    units: list[Unit]
    taken: list[RoleGrant]
    aside: list[Recusal]


def own_access(actor: Actor) -> OwnAccess:
    """Seven queries. Of an assignment also whether its recruitment can be opened."""
    roles = [
        grant for grant in _roles(actor).filter(state=RoleGrant.State.ACTIVE) if grant.is_in_force(actor.on)
    ]
    assignments = _assignments(actor)
    named = [grant.content_object_id for grant in assignments]
    listed = reach_of(actor).recruitments.filter(pk__in=named).order_by()
    reached = set(listed.values_list("pk", flat=True))
    managed = Recruitment.objects.filter(manager=actor.person_id).exclude(state__in=sorted(ENDED))
    managed = managed.exclude(pk__in=stood_aside(actor.person_id)).select_related("position")
    points = DelegationPoint.objects.filter(delegate=actor.person_id).select_related("unit")
    return OwnAccess(
        roles,
        list(managed.order_by("reference")[:AT_MOST]),
        [(grant, grant.content_object_id in reached) for grant in assignments],
        [point for point in points.order_by("valid_from") if point.is_in_force(actor.on)],
        list(Unit.objects.filter(access_manager=actor.person_id)),
        [grant for grant in _roles(actor).filter(_ended(actor.on)) if not grant.is_in_force(actor.on)],
        _aside(actor),
    )


def _roles(actor: Actor) -> QuerySet[RoleGrant]:
    return roles_with_names().filter(person=actor.person_id).order_by("valid_from", "role")


def _ended(on: date) -> Q:
    revoked = Q(state=RoleGrant.State.REVOKED, ended_on__gte=on - LATELY)
    passed = Q(valid_to__range=(on - LATELY, on)) | Q(answer_by__range=(on - LATELY, on))
    return revoked | (Q(state=RoleGrant.State.ACTIVE) & passed)


def _assignments(actor: Actor) -> list[RecruitmentGrant]:
    """By this account, the newest first; none in a recruitment one stands aside from."""
    rows = RecruitmentGrant.objects.filter(still_holds(actor.on), user=actor.account_id)
    rows = rows.exclude(content_object__in=stood_aside(actor.person_id))
    shown = rows.select_related("permission", "granted_by", "content_object__position")
    return list(shown.order_by("-since")[:AT_MOST])


def _aside(actor: Actor) -> list[Recusal]:
    """Where one has said oneself that one has an interest. What others set is not told here: it would say too much."""
    rows = Recusal.objects.filter(person=actor.person_id, state__in=sorted(SHUT_OUT))
    shown = rows.filter(interest__isnull=False).select_related("recruitment__position", "decided_by")
    return list(shown.order_by("-declared_on")[:AT_MOST])
