"""The review under way: what waits for an answer, by whom it may be given, and when the last review was started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import ask, may_somewhere
from vetting.access.models import RoleGrant
from vetting.administration.queries.role_holders import roles_with_names
from vetting.administration.queries.unused import ANSWER, START
from vetting.administration.roles_held import all_authorities, facts_about
from vetting.policy.access_review import ANSWER_DAYS, QUARTER_DAYS, REVIEWS
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.queries.visible import reach_of

SHOWN_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one person's reach, and whether each recruitment may be named to her."""

    roles: list[RoleGrant]
    assignments: list[RecruitmentGrant]
    named: frozenset[object] = frozenset()

    def __len__(self) -> int:
        return len(self.roles) + len(self.assignments)


def to_answer(actor: Actor) -> Waiting:
    """What `actor` may answer today, the shortest time left first. Five queries, one where nothing waits."""
    if not may_somewhere(actor, ANSWER) or not _anything(actor.on):
        return Waiting([], [])
    return _waiting(actor, ANSWER)


def to_follow(actor: Actor) -> Waiting:
    """What waits for anybody's answer where `actor` may start reviews."""
    return _waiting(actor, START) if may_somewhere(actor, START) else Waiting([], [])


def last_started(actor: Actor) -> date | None:
    """The day of the newest review, or None."""
    newest = Entry.objects.filter(subject=REVIEWS).order_by("-id").values_list("time", flat=True).first()
    return localtime(newest).date() if newest is not None else None


def leads(actor: Actor) -> bool:
    """Whether she leads a function, and so is to see that reviews are started."""
    return actor.holds("hr_head", "security_head")


def is_due(last: date | None, on: date) -> bool:
    """Whether a quarter has passed since the last review (None: there has been none)."""
    return last is None or last <= on - timedelta(days=QUARTER_DAYS)


def is_over(last: date | None, on: date) -> bool:
    """Whether the time to answer in the last review has run out: nothing waits then."""
    return last is None or last + timedelta(days=ANSWER_DAYS) < on


def _anything(on: date) -> bool:
    """Whether any review is under way at all: one query over two small indexes."""
    roles = RoleGrant.objects.filter(answer_by__gte=on).order_by().values_list("pk")
    assignments = RecruitmentGrant.objects.filter(answer_by__gte=on).order_by().values_list("pk")
    return bool(roles.union(assignments, all=True)[:1])


def _waiting(actor: Actor, permission: str) -> Waiting:
    roles = list(roles_with_names().filter(state=RoleGrant.State.ACTIVE, answer_by__gte=actor.on))
    authorities = all_authorities() if roles else []
    roles = [
        grant for grant in roles if ask(actor, permission, facts_about(grant, actor, authorities)).allowed
    ]
    rows = RecruitmentGrant.objects.filter(answer_by__gte=actor.on)
    if not rows.exists():
        return Waiting(sorted(roles, key=_order)[:SHOWN_AT_MOST], [])
    within = rows.filter(content_object__in=reach_of(actor, permission).recruitments.order_by())
    if permission == ANSWER:
        within = within.exclude(user__person=actor.person_id)
    shown = within.select_related(
        "user__person",
        "permission",
        "granted_by",
        "content_object__position",
        "content_object__unit__authority",
    )
    assignments = list(shown.order_by("answer_by", "since", "pk")[:SHOWN_AT_MOST])
    listed = reach_of(actor).recruitments.filter(pk__in=[row.content_object_id for row in assignments])
    return Waiting(
        sorted(roles, key=_order)[:SHOWN_AT_MOST],
        assignments,
        frozenset(listed.order_by().values_list("pk", flat=True)),
    )


def _order(grant: RoleGrant) -> tuple[date, str]:
    return grant.answer_by or date.max, str(grant.pk)
