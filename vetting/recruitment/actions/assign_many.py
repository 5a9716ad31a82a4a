"""Assignments in several recruitments with one reason: each by the ordinary act, with its own entry and transaction.

Each is judged on its own, and one that is refused says nothing of the others. The keys of the acts follow from the
page's, so that a second click has no further effect and says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID, uuid5

from django.db import IntegrityError

from audit.errors import AlreadyDone
from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.access.grants import role_of
from vetting.accounts.models import Account
from vetting.recruitment.actions.assign import ASSIGNABLE, assign, unassign
from vetting.recruitment.actions.errors import Refused, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.queries.assignable import assignable_among

Outcome = list[tuple[UUID, Refused | Denied | None]]
"""Recruitment → why it was refused, or None where it was done."""


def assign_many(
    by: Actor, recruitments: Sequence[UUID], *, account: Account, role: str, reason: str, once: UUID
) -> Outcome:
    """Let `account` act in `role` in each recruitment where it holds that role; elsewhere it is refused."""

    def do(case: Case, key: UUID) -> None:
        people = assignable_among([case])
        if case.pk not in people.get((account.pk, role), frozenset()):
            raise WrongState("recruitment", "assign", "no_role_there")
        assign(case, by=by, account=account, role=role, reason=reason, once=key)

    return [(pk, _one(pk, uuid5(once, str(pk)), do)) for pk in recruitments]


def release_many(by: Actor, recruitments: Sequence[UUID], *, reason: str, once: UUID) -> Outcome:
    """Give back one's own assignment in each recruitment; refused where one has none."""

    def do(case: Case, key: UUID) -> None:
        own = own_assignments(case, by)
        if not own:
            raise WrongState("recruitment", "assign", "not_assigned")
        for place, grant in enumerate(own):
            unassign(
                case, by=by, grant=grant, reason=reason, once=uuid5(key, str(grant.pk)) if place else key
            )

    return [(pk, _one(pk, uuid5(once, str(pk)), do)) for pk in recruitments]


def own_assignments(case: Case, by: Actor) -> list[RecruitmentGrant]:
    """The assignments to handle the case that the person has, whichever account they were given to."""
    return [
        grant
        for grant in case.grants
        if grant.user.person_id == by.person_id and role_of(grant.permission) in ASSIGNABLE
    ]


def _one(pk: UUID, key: UUID, do: Callable[[Case, UUID], None]) -> Refused | Denied | None:
    try:
        with Case.locked(pk) as case:
            if not Entry.objects.filter(once=key).exists():
                do(case, key)
    except AlreadyDone:
        return None
    except (Refused, Denied) as error:
        return error
    except IntegrityError:  # given by somebody else in the same moment
        return WrongState("recruitment", "assign", "assigned")
    return None
