"""What one may see, newest 25 with count: our query beside the raw index and guardian's shortcut, for one assigned to
one in twenty: 5,000 among 100,000. That is the size the reaches are of; of fewer the figure stands without one.

Each reads the columns that a row of the list shows, and counts to the end.

Guardian has two models of a grant: a foreign key of its own for each kind of object, as here, and its default, in which
the object is named by a text. The default's rows are made of the same assignments, for the bench alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from unittest.mock import patch
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from guardian.models import UserObjectPermission
from guardian.shortcuts import get_objects_for_user

from audit.prepared import Prepared, PreparedCounting, count_each
from tests.benchmarks import floor, people
from tests.benchmarks.copies import OWN
from tests.benchmarks.floor import SHOWN
from tests.benchmarks.measure import Figure, take_turns
from tests.benchmarks.pages import GROWTH
from vetting.accounts.models import Account
from vetting.recruitment.models import Recruitment, RecruitmentGrant
from vetting.recruitment.queries.own import NEWEST, Asking, Branch, newest, together
from vetting.recruitment.queries.terms import Terms, stood_aside
from vetting.recruitment.queries.visible import reach_of

ROLE = "act_as_security_officer"
ROUNDS = 15
ASKED = 100_000
"""Recruitments, of which 5,000 are visible: what the reaches are asked of."""
Seen = tuple[list[Recruitment], int]


def figures(size: int) -> list[Figure]:
    """For the security officer with most assignments: the scope is *assigned*, as guardian's is."""
    account = people.busiest("security_officer")
    number = assign(account, size // OWN)
    actor = people.actor_of(account)
    terms = reach_of(actor).terms
    if terms is None:
        raise AssertionError("Whoever is assigned stands in for nobody.")
    listed, counted = _prepared(terms)

    def ours() -> Seen:
        values = reach_of(actor).values
        return listed(*values), counted(*values)["seen"]

    def direct() -> Seen:
        seen = get_objects_for_user(account, f"recruitment.{ROLE}", accept_global_perms=False)
        return list(seen.order_by(*NEWEST).only(*SHOWN)[:25]), seen.order_by().count()

    def default() -> Seen:
        with _default_model():
            return direct()

    def raw() -> list[floor.Rows]:
        return floor.newest_granted(account.pk)

    wanted = ([row.pk for row in ours()[0]], number)
    for way in (ours, direct, default):
        rows, count = way()
        if ([row.pk for row in rows], count) != wanted:
            raise AssertionError("Guardian's shortcut gives other recruitments than ours.")
    took = take_turns({"ours": ours, "direct": direct, "default": default, "raw": raw}, ROUNDS)
    ms = {name: seconds * 1000 for name, seconds in took.items()}
    beside = {
        "raw": ("raw index", ("≤", 30)),
        "direct": ("guardian's shortcut, a foreign key of its own", ("≤", round(1 / 30, 3))),
        "default": ("guardian's shortcut, its default model", ("≤", round(1 / 30, 3))),
    }
    what = f"visible to one with {number} assignments"
    return [
        Figure("grants", what, size, "ms", ms["ours"], name, ms[way], reach if size >= ASKED else None)
        for way, (name, reach) in beside.items()
    ]


def growth(found: list[Figure]) -> list[Figure]:
    """Ours at the largest size against itself at the smallest."""
    if len({figure.size for figure in found}) < 2:
        return []
    ordered = sorted(found, key=lambda figure: figure.size)
    first, last = ordered[0], ordered[-1]
    what = f"what one may see, {first.what.split()[-2]} → {last.what.split()[-2]} assignments"
    beside = f"itself at {first.size}"
    return [Figure("growth", what, last.size, "ms", last.ours, beside, first.ours, ("≤", GROWTH))]


def _prepared(terms: Terms) -> tuple[Prepared[Recruitment], PreparedCounting]:
    """As the worklist does it, but counted to the end, as the others count."""

    def within(person: UUID, account: UUID, *units: UUID) -> list[Branch]:
        found = Asking(terms, person, account, units).within()
        if found is None:
            raise AssertionError("Whoever is assigned is let in by her assignments.")
        return found

    def listed(*values: UUID) -> models.QuerySet[Recruitment]:
        return newest(within(*values), NEWEST, 25).only(*SHOWN)

    def counted(*values: UUID) -> Any:
        return count_each({"seen": together(within(*values))})

    return Prepared(listed), PreparedCounting(counted)


def assign(account: Account, number: int) -> int:
    """See that the account has at least so many assignments, spread over all there is; how many it has then. Each is
    there as a row of guardian's default model too."""
    own = RecruitmentGrant.objects.filter(user=account, permission__codename=ROLE)
    have = set(own.values_list("content_object", flat=True))
    others = Recruitment.objects.exclude(pk__in=own.values("content_object"))
    free = list(
        others.exclude(pk__in=stood_aside(account.person_id)).order_by(*NEWEST).values_list("pk", flat=True)
    )
    missing = max(number - len(have), 0)
    chosen = free[:: max(len(free) // missing, 1)][:missing] if missing else []
    like = own[0]
    said = {field.attname: getattr(like, field.attname) for field in like._meta.concrete_fields}
    rows = [RecruitmentGrant(**{**said, "id": None, "content_object_id": pk}) for pk in chosen]
    cast(Any, models.QuerySet(RecruitmentGrant)).bulk_create(rows, batch_size=200)
    kind = ContentType.objects.get_for_model(Recruitment)
    UserObjectPermission.objects.bulk_create(
        [
            UserObjectPermission(
                user=account, permission_id=like.permission_id, content_type=kind, object_pk=str(pk)
            )
            for pk in (*have, *chosen)
        ],
        batch_size=200,
    )
    if connection.vendor == "postgresql":
        # What autovacuum does by itself in an installation.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return len(have) + len(chosen)


@contextmanager
def _default_model() -> Iterator[None]:
    with patch("guardian.shortcuts.get_user_obj_perms_model", return_value=UserObjectPermission):
        yield
