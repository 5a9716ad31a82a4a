"""Opinions in which both acted: two pairs of eyes that were one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from audit.covered import Covered
from vetting.administration.linking.pair import Pair, person_columns
from vetting.administration.linking.signed import with_void_waivers
from vetting.policy.workflow import transition
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Opinion, Recruitment, RecruitmentGrant
from vetting.recruitment.relations import ENDED, have_managed

STANDS = frozenset(transition("opinion", "invalidate_by_link").sources)


def cases_of(pair: Pair, *, lock: bool = False) -> list[Case]:
    """Every recruitment that goes on and names the person who goes, in the order of their ids (for the locks)."""
    named = _named_in(pair.gone) | with_void_waivers(pair)
    return [Case.load(pk, lock=lock) for pk in sorted(named, key=str)]


def mixed(case: Case, pair: Pair, states: frozenset[str] = STANDS) -> Iterator[Candidacy]:
    """The candidacies whose newest round, in one of `states`, rests on both as if they were two."""
    for candidacy in case.candidacies:
        opinion = case.current_opinion(candidacy)
        if opinion is not None and opinion.state in states and _is_mixed(case, candidacy, opinion, pair):
            yield candidacy


def _is_mixed(case: Case, candidacy: Candidacy, opinion: Opinion, pair: Pair) -> bool:
    voters = {vote.person_id for vote in case.votes_of(opinion)}
    asking = {opinion.preparer_id, opinion.manager_id, *have_managed(case)}
    recorders = {check.recorded_by_id for check in case.checks_of(candidacy)}
    if pair.both <= voters:
        return True
    for vote in case.votes_of(opinion):
        # Whom the vote had to be apart from, substitutes included (the row's own constraint).
        if vote.person_id in pair.both and any(person.hex in vote.barred for person in pair.both):
            return True
    if opinion.escalation_by_id in pair.both and any(
        person.hex in opinion.escalation_barred for person in pair.both
    ):
        return True
    apart = ((voters, asking | recorders), ({opinion.escalation_by_id}, voters | asking))
    return any(pair.both & one and pair.both & other for one, other in apart)


def _named_in(person: UUID) -> set[UUID]:
    found: set[UUID] = set()
    going = Recruitment.objects.exclude(state__in=sorted(ENDED))
    for model, name in person_columns():
        if model is Recruitment:
            found |= set(going.filter(**{name: person}).values_list("pk", flat=True))
        elif issubclass(model, Covered) and any(field.name == "recruitment" for field in model._meta.fields):
            rows = model._base_manager.filter(**{name: person}, recruitment__in=going)
            found |= set(rows.values_list("recruitment", flat=True))
    let_in = RecruitmentGrant.objects.filter(user__person=person, content_object__in=going)
    found |= set(let_in.values_list("content_object", flat=True))
    # Ids in JSON, as they are written there.
    before = going.annotate(told=Cast("earlier_managers", TextField())).filter(told__contains=str(person))
    found |= set(before.values_list("pk", flat=True))
    handled = Candidacy.objects.annotate(told=Cast("handlers", TextField())).filter(
        told__contains=str(person)
    )
    return found | set(handled.filter(recruitment__in=going).values_list("recruitment", flat=True))
