"""The roles of two who turn out to be one: those that one person cannot have, or has given herself, end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from vetting.access.models import RoleGrant
from vetting.administration.linking.pair import Pair
from vetting.administration.roles_held import OPEN, clashing

ONE_PERSON = "one_person"


def roles_after(pair: Pair, by: UUID, on: date) -> list[RoleGrant]:
    """The role rows to be saved: moved to the person who is kept, or ended by `by` on the day `on`."""
    named = Q(person__in=pair.both) | Q(proposed_by__in=pair.both) | Q(confirmed_by__in=pair.both)
    rows = list(RoleGrant.objects.filter(named, state__in=OPEN).select_related("unit"))
    changed = {grant.pk: grant for grant in rows if _changes(grant, pair, by, on)}
    held = [grant for grant in rows if grant.person_id == pair.kept and grant.state == RoleGrant.State.ACTIVE]
    for grant in held:
        others = [other for other in held if other is not grant]
        if clashing(others, grant.role, grant.valid_from, grant.valid_to):
            changed[grant.pk] = grant
    for grant in [each for each in held if each.pk in changed and _clashes(each, held)]:
        _end(grant, by, on)
    return list(changed.values())


def ended(rows: list[RoleGrant]) -> list[RoleGrant]:
    """Those of `rows` that end."""
    return [grant for grant in rows if grant.reason == ONE_PERSON]


def _clashes(grant: RoleGrant, held: list[RoleGrant]) -> bool:
    others = [other for other in held if other is not grant]
    return bool(clashing(others, grant.role, grant.valid_from, grant.valid_to))


def _changes(grant: RoleGrant, pair: Pair, by: UUID, on: date) -> bool:
    """Move or end one role; whether anything of it changed."""
    if pair.within(grant.person_id, grant.proposed_by_id, grant.confirmed_by_id):
        _end(grant, by, on)
        return True
    changed = False
    if grant.person_id == pair.gone:
        grant.person_id, changed = pair.kept, True
    if grant.state == RoleGrant.State.PROPOSED and grant.proposed_by_id == pair.gone:
        grant.proposed_by_id, changed = pair.kept, True
    return changed


def _end(grant: RoleGrant, by: UUID, on: date) -> None:
    is_given = grant.state == RoleGrant.State.ACTIVE
    grant.state = RoleGrant.State.REVOKED if is_given else RoleGrant.State.REJECTED
    grant.ended_by_id, grant.ended_on, grant.reason = by, on, ONE_PERSON
