"""What a review of access takes up: roles and assignments that nobody has used, or that lie outside the role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Q

from audit.clock import now
from audit.models import Entry
from audit.ranges import DAYS
from vetting.access.actor import Actor, RoleHeld, roles_in_force
from vetting.access.door import Facts, ask, scopes_held
from vetting.access.grants import role_of
from vetting.access.models import RoleGrant
from vetting.administration.queries.role_holders import roles_with_names
from vetting.administration.roles_held import all_authorities, facts_about
from vetting.organisation.models import ServiceAgreement
from vetting.policy.access_review import AT_MOST, UNUSED_DAYS
from vetting.policy.roles import ROLES
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.queries.visible import reach_of

START, ANSWER = "access_review.start", "access_review.answer"
Caused = list[tuple[RoleGrant | RecruitmentGrant, str]]


def taken_up(actor: Actor) -> Caused:
    """What a review started by `actor` takes up now, with why; roles first, what has been held longest first.

    Left out is what nobody but its holder could answer for: it would lapse, and with the last head go all.
    """
    used = Used()
    people = People(actor)
    found: Caused = [(grant, cause) for grant in _roles(actor) if (cause := _of_role(grant, used, people))]
    found += [(row, cause) for row in _assignments(actor) if (cause := _of_assignment(row, used, people))]
    return found[:AT_MOST]


class Used:
    """What has been used lately, from the log: (person, role) and (person, recruitment).

    The log's ids rise with its time, so the first entry of the period is found by halving, and only the period is read.
    """

    def __init__(self) -> None:
        self.since = now() - timedelta(days=UNUSED_DAYS)
        lately = Q(id__gte=first_entry_since(self.since), id__lt=DAYS) | Q(id__gte=DAYS, time__gte=self.since)
        rows = Entry.objects.filter(lately, actor_person__isnull=False)
        self.roles: set[tuple[UUID, str]] = set()
        self.subjects: set[tuple[UUID, UUID]] = set()
        for person, role, subject in (
            rows.order_by().values_list("actor_person", "actor_role", "subject").distinct()
        ):
            self.roles.add((person, role))
            self.subjects.add((person, subject))


def first_entry_since(moment: datetime) -> int:
    """The id of the first entry at or after `moment`, or one past the last. About twenty look-ups by key."""
    log = Entry.objects.filter(id__lt=DAYS)
    newest = log.order_by("-id").values_list("id", flat=True).first() or 0
    low, high = 0, newest + 1
    while low < high:
        middle = (low + high) // 2
        entry = log.filter(id__gte=middle).order_by("id").values_list("id", "time").first()
        if entry is None or entry[1] >= moment:
            high = middle
        else:
            low = entry[0] + 1
    return low


class People:
    """Everybody's roles in force, and the heads who could answer."""

    def __init__(self, actor: Actor) -> None:
        self.on = actor.on
        self.authorities = all_authorities()
        agreements = list(ServiceAgreement.objects.all())
        grants: dict[UUID, list[RoleGrant]] = {}
        for grant in roles_with_names().filter(state=RoleGrant.State.ACTIVE):
            grants.setdefault(grant.person_id, []).append(grant)
        self.grants = grants
        self._held = {
            person: tuple(roles_in_force(rows, agreements, actor.on)) for person, rows in grants.items()
        }

        self._actors = {person: self._actor(person) for person in grants}
        self._heads = [one for one in self._actors.values() if one.holds("hr_head", "security_head")]
        self._could: dict[tuple[UUID, UUID | None], bool] = {}

    def actor(self, person: UUID) -> Actor:
        """The person with her roles, through no account in particular."""
        return self._actors.get(person) or self._actor(person)

    def _actor(self, person: UUID) -> Actor:
        nothing = (RoleHeld("employee", everywhere=True),)
        return Actor(person, uuid4(), "", self.on, self._held.get(person, nothing))

    def could_answer_for_role(self, grant: RoleGrant) -> bool:
        """Whether some head other than its holder would be let to answer for the role."""
        heads = (head for head in self._heads if head.person_id != grant.person_id)
        return any(ask(head, ANSWER, facts_about(grant, head, self.authorities)).allowed for head in heads)

    def could_answer_there(self, holder: UUID, there: Facts) -> bool:
        """Whether some head other than the holder would be let to answer for an assignment there."""
        key = (holder, there.authority_id)
        if key not in self._could:
            heads = (head for head in self._heads if head.person_id != holder)
            self._could[key] = any(ask(head, ANSWER, there).allowed for head in heads)
        return self._could[key]


def _roles(actor: Actor) -> Iterator[RoleGrant]:
    """Roles in force that the actor may take up and that are in no review."""
    authorities = all_authorities()
    rows = roles_with_names().filter(state=RoleGrant.State.ACTIVE, answer_by__isnull=True)
    for grant in rows.order_by("valid_from", "pk"):
        if grant.is_in_force(actor.on) and ask(actor, START, facts_about(grant, actor, authorities)).allowed:
            yield grant


def _of_role(grant: RoleGrant, used: Used, people: People) -> str:
    """Why the role is taken up, or ""."""
    others = [
        row for row in people.grants[grant.person_id] if row.pk != grant.pk and row.is_in_force(people.on)
    ]
    ended = grant.unit is not None and grant.unit.valid_to is not None and grant.unit.valid_to < people.on
    clash = any(other.role in ROLES[grant.role].incompatible_with for other in others)
    asked_lately = grant.reviewed_on is not None and grant.reviewed_on > people.on - timedelta(
        days=UNUSED_DAYS
    )
    young = grant.valid_from > people.on - timedelta(days=UNUSED_DAYS)
    cause = "outside" if ended or clash else ""
    if not cause and not young and (grant.person_id, grant.role) not in used.roles:
        cause = "unused"
    if not cause or asked_lately or not people.could_answer_for_role(grant):
        return ""
    return cause


def _assignments(actor: Actor) -> Iterator[RecruitmentGrant]:
    """Assignments in the recruitments that the actor may take up, in no review."""
    rows = RecruitmentGrant.objects.filter(
        answer_by__isnull=True,
        until__isnull=True,  # a guest's ends by itself
        content_object__in=reach_of(actor, START).recruitments.order_by(),
    )
    shown = rows.select_related("user__person", "permission", "content_object__unit")
    yield from shown.order_by("since", "pk").iterator(chunk_size=1000)


def _of_assignment(row: RecruitmentGrant, used: Used, people: People) -> str:
    """Why the assignment is taken up, or ""."""
    person, unit = row.user.person_id, row.content_object.unit
    lately = people.on - timedelta(days=UNUSED_DAYS)
    if row.since > used.since or (row.reviewed_on is not None and row.reviewed_on > lately):
        return ""
    there = Facts(unit.authority_id, unit.path, relations=frozenset({"not_protected"}))
    reached = scopes_held(people.actor(person), there).get(role_of(row.permission), frozenset())
    cause = "" if "unit" in reached or "authority" in reached else "outside"
    if not cause and (person, row.content_object_id) not in used.subjects:
        cause = "unused"
    return cause if cause and people.could_answer_there(person, there) else ""
