"""What a reach is made of: what each role gives, in columns of the recruitment and by assignments.

Written apart from who asks, so that a query of it can be made once and asked by many (`audit.prepared`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from vetting.access.actor import Actor
from vetting.policy.permissions import PERMISSIONS, Permission
from vetting.recruitment.models import ListedGrant, Recruitment, RecruitmentGrant, Recusal, still_holds
from vetting.recruitment.standing import ENDED, SHUT_OUT

NOTHING = Q(pk__in=[])
EVERYTHING = Q(pk__isnull=False)
RUNNING = Q(state__in=sorted(set(Recruitment.State.values) - ENDED))
"""Those that have not ended, said in the way that an index by state can answer."""
#: Relations whose list form is known. Another one in the policy gives an empty list until it is written here.
REQUIRED = {"closed_object": Q(state__in=sorted(ENDED))}


@dataclass(frozen=True, slots=True)
class Part:
    """What one role gives: those one manages (`own`), those one is assigned to by guardian's permission `number`
    (`assigned`), `all`, or those of so many units (`inside`)."""

    role: str
    by: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a reach on one day is made of, but for who asks and which units those are: the same for many."""

    permission: str
    parts: tuple[Part, ...]
    on: date

    def all_but(self, person: UUID) -> Q | None:
        """Where everything is within reach: rows about another recruitment than those the person stands aside from."""
        declared = PERMISSIONS[self.permission]
        wide = [part for part in self.parts if part.by == "all"]
        if not any(required(declared, part.role) == EVERYTHING for part in wide):
            return None
        return ~Q(recruitment__in=stood_aside(person)) if is_shut(declared) else EVERYTHING

    def recruitments(self, person: UUID, account: UUID, *units: UUID) -> QuerySet[Recruitment]:
        """Those within reach of this person; `units`: the parts' own, one part's after the other's."""
        declared = PERMISSIONS[self.permission]
        return within(declared, person, *by_parts(declared, self, account, person, units))

    def seen(self, person: UUID, account: UUID, units: Sequence[UUID], key: str = "pk") -> Q:
        """As `recruitments`, of rows that have the recruitment's `state` and `unit`, and the recruitment as `key`."""
        declared = PERMISSIONS[self.permission]
        columns, others = by_parts(declared, self, account, person, units, key)
        found = EVERYTHING if columns == EVERYTHING else reduce(or_, others, columns)
        if not is_shut(declared):
            return found
        aside = ~Q(**{f"{key}__in": stood_aside(person)})
        return aside if found == EVERYTHING else found & aside


def picked(condition: Q, rows: QuerySet[Recruitment]) -> QuerySet[Recruitment]:
    """Those of `rows` that few meet the condition of: found by it, and each asked whether it is among `rows`.

    Where both are conditions of one query, SQLite goes through all of `rows`, however few meet the condition.
    """
    return Recruitment.objects.filter(condition).filter(Exists(rows.order_by().filter(pk=OuterRef("pk"))))


def mine(actor: Actor) -> Q:
    """Recruitments that the actor, or somebody she stands in for, manages, is responsible for or is assigned to.

    Whether she sees them is another question (`reach_of`).
    """
    theirs = [absent.person_id for absent in actor.absent]
    if not theirs:
        return mine_of(actor.person_id, actor.account_id, actor.on)
    accounts = Q(user=actor.account_id) | Q(user__person__in=theirs)
    return _own([actor.person_id, *theirs], accounts, actor.on)


def mine_of(person: UUID, account: UUID, on: date) -> Q:
    """As `mine`, of one who stands in for nobody."""
    return _own([person], account, on)


def _own(people: list[UUID], accounts: Q | UUID, on: date) -> Q:
    """Ids from each of the three, by an index of its own: `OR` would go through every recruitment within reach."""
    rows = Recruitment.objects.order_by()
    managed, led = rows.filter(manager__in=people), rows.filter(responsible__in=people)
    return Q(pk__in=managed.values("pk").union(led.values("pk"), _granted(accounts, on)))


def by_parts(
    declared: Permission,
    terms: Terms,
    account: Q | UUID,
    person: UUID,
    units: Sequence[UUID],
    key: str = "pk",
) -> tuple[Q, list[Q]]:
    """What the roles give: in columns of the recruitment, and by assignments of the account, or of those that `account`
    says; `key`: the column that names the recruitment, where it is not its own row."""
    columns, others = NOTHING, []
    left = [*units]
    for part in terms.parts:
        condition = EVERYTHING
        if part.by == "own":
            managed = Recruitment.objects.order_by().filter(manager=person)
            condition = Q(manager=person) if key == "pk" else Q(**{f"{key}__in": managed.values("pk")})
        elif part.by == "assigned":
            condition = Q(**{f"{key}__in": _granted(account, terms.on, permission=part.number)})
        elif part.by == "inside":
            condition, left = Q(unit__in=left[: part.number]), left[part.number :]
        asked = required(declared, part.role)
        if asked != EVERYTHING:
            condition = asked if condition == EVERYTHING else condition & asked
        if part.by == "assigned":
            others.append(condition)
        elif EVERYTHING in (columns, condition):
            columns = EVERYTHING
        else:
            columns = condition if columns == NOTHING else columns | condition
    return columns, others


def within(declared: Permission, person: UUID, columns: Q, others: list[Q]) -> QuerySet[Recruitment]:
    """The recruitments, without those that the person stands aside from."""
    rows = Recruitment.objects.filter(_either(columns, others))
    return rows.exclude(pk__in=stood_aside(person)) if is_shut(declared) else rows


def is_shut(declared: Permission) -> bool:
    """Whether the permission is shut to whoever stands aside."""
    return any(rule.effect == "excludes" and rule.relation == "recused" for rule in declared.rules)


def required(declared: Permission, role: str) -> Q:
    """What the policy requires of the role on top of its scope."""
    found = EVERYTHING
    for rule in declared.rules:
        if rule.effect == "requires" and rule.role in ("all", role):
            found &= REQUIRED.get(rule.relation, NOTHING)
    return found


def _granted(account: Q | UUID, on: date, **columns: int) -> QuerySet[Any, Any]:
    """Of one account by the index that has all that is asked; of those of somebody else by guardian's table."""
    if isinstance(account, UUID):
        listed = ListedGrant.objects.filter(still_holds(on), account=account, **columns)
        return listed.values("recruitment")
    return RecruitmentGrant.objects.filter(account, still_holds(on), **columns).values("content_object")


def stood_aside(person_id: UUID) -> QuerySet[Any, Any]:
    """The recruitments that the person is shut out from, by her own declaration or by what was decided."""
    # The states first and by themselves: most have declared nothing, and an index by state passes them over.
    states = sorted({*SHUT_OUT, Recusal.State.ENDED})
    shut_out = Q(state__in=sorted(SHUT_OUT)) | Q(excluded_before_end=True)
    rows = Recusal.objects.filter(shut_out, person=person_id, state__in=states)
    return rows.values("recruitment")


def _either(columns: Q, others: list[Q]) -> Q:
    """Own columns, assignments and posts one is a delegate of, together.

    An `OR` of a column and a subquery makes PostgreSQL walk the whole table; ids from each, by an index of its own,
    do not.
    """
    if columns == EVERYTHING or not others:
        return columns
    parts = others if columns == NOTHING else [columns, *others]
    if len(parts) == 1:
        return parts[0]
    first, *rest = (Recruitment.objects.order_by().filter(part).values("pk") for part in parts)
    return Q(pk__in=first.union(*rest))
