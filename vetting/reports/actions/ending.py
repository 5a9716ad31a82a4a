"""The end of a recipient's key: nothing new is sealed to it at once, and it is destroyed when nobody needs it more.

A report must not become unreadable because a key ends: its slots stay while some living report has too few other
readers. The parts on paper open nothing of a key that is revoked: restoring one takes a certified key.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.access.models import RoleGrant
from vetting.crypto import slots
from vetting.reports import sealing
from vetting.reports.actions.closing import require_reason
from vetting.reports.actions.keys import record_key
from vetting.reports.case import Once, moved
from vetting.reports.days import today
from vetting.reports.directory import ROLE_OF
from vetting.reports.models import Member, RecipientKey
from vetting.reports.vault import facts_for

OVER = ("disposed", "transferred")
REVOKED = RecipientKey.State.REVOKED


def facts_of(key: RecipientKey, by: Actor) -> Facts:
    """What the door needs to know of who wants to revoke it: the owner, a colleague, the heads of her authority."""
    role = ROLE_OF[str(key.directory)]
    grant = RoleGrant.objects.filter(person_id=key.person_id, role=role, state="active").first()
    own = facts_for(key, by)
    colleague = frozenset({role}) if by.holds(role) else frozenset[str]()
    return Facts(
        authority_id=grant.authority_id if grant is not None else None,
        is_own=own.is_own,
        assigned=own.assigned | colleague,
        relations=own.relations,
    )


def revoke_key(key: RecipientKey, *, by: Actor, reason: str, once: Once = None) -> None:
    """Nothing new is sealed to the key from now on. Raises Denied, BadInput, WrongState."""
    answer = require(by, "recipient_key.revoke", facts_of(key, by))
    key.state = moved("recipient_key", "revoke", key.state)
    require_reason("recipient_key", "revoke", reason)
    key.revoked_by_id, key.revoked_on, key.reason = by.person_id, today(), reason
    record_key("recipient_key.revoked", by, answer.role, key, once, key)
    forget_keys([key])


def forget_keys(keys: Iterable[RecipientKey]) -> None:
    """Destroy what opens these revoked keys, but for those that are still needed.

    One that was replaced opens what its owner handles until that is over; one that was lost, exposed or left behind
    only what has too few other readers.
    """
    for key in keys:
        if key.state != REVOKED:
            continue
        is_needed = living(key).exists() if key.reason == "replaced" else bool(lonely_reports(key))
        if not is_needed:
            slots.destroy(key.pk)


def living(key: RecipientKey) -> QuerySet[Member]:
    """The key's places in reports that are not over."""
    return Member.objects.filter(key=key, state="member").exclude(report__state__in=OVER)


def lonely_reports(key: RecipientKey) -> list[UUID]:
    """Living reports that nobody, or of those read by two only one, could read without this key."""
    needed = {
        report: sealing.THRESHOLD if by_two else 1
        for report, by_two in living(key).values_list("report_id", "report__two_persons")
    }
    others = Member.objects.filter(report__in=needed, state="member").exclude(key=key)
    for report in others.exclude(key__state=REVOKED).values_list("report_id", flat=True):
        needed[report] -= 1
    return [report for report, missing in needed.items() if missing > 0]
