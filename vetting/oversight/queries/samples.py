"""Samples as their readers see them, who may be named to look through them, and whether a draw was kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.organisation.models import Authority
from vetting.oversight.actions.samples import facts_of, facts_of_sampled
from vetting.oversight.models import Sample, Sampled
from vetting.policy.lots import is_drawn, second_ticket
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.models import Candidacy, DrawKey, Vote
from vetting.recruitment.queries.cases import light_cases
from vetting.recruitment.queries.visible import reach_of

SHOWN = 50
QUARTERS = 8


def authorities_of(actor: Actor, permission: str) -> list[Authority]:
    """The authorities in which the actor's roles give the permission, by name: one query."""
    scopes = PERMISSIONS[permission].scopes
    rows = Authority.objects.order_by("name")
    wide = [held for held in actor.roles if scopes[held.role] in ("all", "authority")]
    if any(scopes[held.role] == "all" or held.everywhere for held in wide):
        return list(rows)
    reached = {pk for held in wide for pk in held.authorities}
    return list(rows.filter(pk__in=reached))


def samples_visible_to(actor: Actor) -> list[Sample]:
    """The newest samples that the door would show the actor, with how many are looked through: two queries."""
    rows = Sample.objects.filter(
        Q(authority__in=[each.pk for each in authorities_of(actor, "sample.list")])
        | Q(reviewer=actor.person_id)
    )
    counted = rows.annotate(left=Count("drawn", filter=Q(drawn__result="")))
    newest = (
        counted.select_related("authority").defer("population").order_by("-drawn_on", "-changed_at")[:SHOWN]
    )
    return [sample for sample in newest if ask(actor, "sample.list", facts_of(sample, actor)).allowed]


def open_to(actor: Actor, sample: Sample, rows: list[Sampled]) -> set[UUID]:
    """Those of the sampled that the door lets the actor look through: not where she has had a hand. Six queries."""
    if not ask(actor, "sample.review", facts_of(sample, actor)).allowed:
        return set()
    cases = {case.pk: case for case in light_cases([row.recruitment for row in rows])}
    for vote in Vote.objects.filter(recruitment__in=list(cases)).defer("ballot"):
        cases[vote.recruitment_id].votes.append(vote)
    return {
        row.pk
        for row in rows
        if ask(actor, "sample.review", facts_of_sampled(row, cases[row.recruitment_id], actor)).allowed
    }


def results(actor: Actor) -> dict[str, int]:
    """What reviews have found, over the samples that the actor may list: one query beside the authorities'."""
    within = [each.pk for each in authorities_of(actor, "sample.list")]
    rows: QuerySet[Any] = Sample.objects.filter(Q(authority__in=within) | Q(reviewer=actor.person_id))
    told = rows.order_by().values_list("drawn__result").annotate(number=Count("drawn__pk"))
    return {code: number for code, number in told if number}


def officers() -> list[Person]:
    """Who may be named to look through a sample: security officers who can sign in, by name."""
    able = Exists(Account.objects.filter(person=OuterRef("pk"), is_active=True))
    holds = Exists(
        RoleGrant.objects.filter(person=OuterRef("pk"), role="security_officer", state=RoleGrant.State.ACTIVE)
    )
    return list(Person.objects.filter(able, holds, is_protected=False).order_by("display_name"))


def quarters() -> list[DrawKey]:
    """The keys of second approvers' draws, newest first."""
    return list(DrawKey.objects.filter(draw__startswith="second-").order_by("-draw")[:QUARTERS])


def disclosed(actor: Actor, draw: str) -> DrawKey | None:
    """The key of a quarter that is over, or None."""
    return DrawKey.objects.filter(draw=draw, draw__startswith="second-").exclude(seed="").first()


def kept(actor: Actor, key: DrawKey) -> tuple[int, int, int]:
    """(drawn among, drawn, otherwise than their tickets say) within the actor's reach. Only for a disclosed key."""
    within = reach_of(actor, "sample.export").recruitments
    rows = Candidacy.objects.filter(draw=key.draw, recruitment__in=within)
    seed, number, drawn, wrong = bytes.fromhex(key.seed), 0, 0, 0
    for reference, label, percent, sampled in rows.values_list(
        "recruitment__reference", "label", "draw_percent", "sampled"
    ):
        number += 1
        drawn += sampled
        wrong += is_drawn(second_ticket(seed, reference, label), percent or 0) != sampled
    return number, drawn, wrong
