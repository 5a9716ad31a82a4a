"""Every earlier check that holds taken over with one confirmation: each by the ordinary act, with its own entry.

The keys of the acts follow from the page's, so that a second click has no further effect and says the same.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid5

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.recruitment.actions.errors import Refused, WrongState
from vetting.recruitment.actions.reuse import reuse_check
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Check
from vetting.recruitment.queries.reuse_all import offers

Pair = tuple[UUID, UUID]
"""A check and the earlier one that it takes over."""
Outcome = list[tuple[Check, Refused | Denied | None]]


def reuse_together(
    case: Case, *, by: Actor, candidacy: Candidacy, pairs: Collection[Pair], once: UUID
) -> Outcome:
    """Take over each of `pairs` that is still offered to `by`; the error of each that could not be, else None.

    What a statute never lets be used again is never offered, and what it exempts from is confirmed by itself, by
    whoever decides: neither is taken over here, whatever was sent. Each is judged on its own.
    """
    now = {(each.row.check.pk, each.earlier.pk): each.earlier for each in offers(case, by, candidacy)
           if each.row.check is not None and each.earlier is not None}  # fmt: skip
    before = _done_before(once, [check for check, _earlier in pairs])
    outcome: Outcome = []
    for pair in pairs:
        check = case.check(pair[0])
        error: Refused | Denied | None = None
        if check.candidacy_id != candidacy.pk or (pair not in now and check.pk not in before):
            error = WrongState("check", "reuse", "not_offered")
        elif check.pk not in before:
            try:
                reuse_check(case, by=by, check=check, earlier=now[pair], once=key_of(once, check.pk))
            except (Refused, Denied) as refusal:
                error = refusal
        outcome.append((check, error))
    return outcome


def key_of(once: UUID, check: UUID) -> UUID:
    """The key of one check's act."""
    return uuid5(once, str(check))


def _done_before(once: UUID, checks: Collection[UUID]) -> set[UUID]:
    keys = {key_of(once, check): check for check in checks}
    found = Entry.objects.filter(once__in=list(keys)).values_list("once", flat=True)
    return {keys[key] for key in found if key is not None}
