"""Samples: drawn with a key that was committed to beforehand, then looked through by somebody with no hand in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.clock import now
from audit.errors import AlreadyDone
from audit.models import Entry
from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.access.grants import role_of
from vetting.crypto import keystore
from vetting.crypto.sealed import seal_into
from vetting.organisation.models import Authority
from vetting.oversight.models import Sample, Sampled
from vetting.policy import workflow
from vetting.policy.lots import population_digest, population_text, ranked
from vetting.policy.reasons import SAMPLE_REVIEWED
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.draws import committed, disclose, next_sample, secret_of
from vetting.recruitment.models import DrawKey, Recruitment
from vetting.recruitment.standing import OPINING, have_managed, stands_aside

Once = UUID | None
MOST = 200
SHORTEST = 10
"""Letters of a note that somebody else can understand."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn: so many of the recruitments that the authority decided between two days, both included."""

    authority: Authority
    first: date
    last: date
    size: int
    reviewer: UUID | None = None


def facts_of(sample: Sample, actor: Actor) -> Facts:
    """What the door needs to know of a sample: its authority, and whether the actor was named to look it through."""
    mine = sample.reviewer_id == actor.person_id
    return Facts(
        authority_id=sample.authority_id,
        assigned=frozenset({"security_officer"}) if mine else frozenset(),
    )


def facts_of_sampled(sampled: Sampled, case: Case, actor: Actor) -> Facts:
    """As `facts_of`, with the relations in which the actor stands to the recruitment, herself or by a substitution."""
    known = facts_of(sampled.sample, actor)
    tied = set(actor.tied_since(case.recruitment.created_on)) if actor.ties else set()
    hands = hands_in(case)
    relations = {name for name, persons in hands.items() if persons & ({actor.person_id} | tied)}
    return Facts(known.authority_id, assigned=known.assigned, relations=frozenset(relations))


def hands_in(case: Case) -> dict[str, set[UUID]]:
    """Who has had which hand in the recruitment, at any time: the relations of the agreed table."""
    checks = case.checks
    participants = {grant.user.person_id for grant in case.grants} | {row.person_id for row in case.recusals}
    participants |= {check.recorded_by_id for check in checks} | {check.assessed_by_id for check in checks}
    participants |= {decision.decided_by_id for decision in case.decisions}
    participants.add(case.recruitment.responsible_id)
    approvers = {vote.person_id for vote in case.votes} | {row.escalation_by_id for row in case.opinions}
    approvers |= {grant.user.person_id for grant in case.grants if role_of(grant.permission) in OPINING}
    found: dict[str, set[UUID | None]] = {
        "hiring_manager": set(have_managed(case)),
        "preparer": {opinion.preparer_id for opinion in case.opinions},
        "approver": approvers,
        "participant": participants,
        "recused": {row.person_id for row in case.recusals if stands_aside(row)},
    }
    return {name: {person for person in persons if person is not None} for name, persons in found.items()}


def draw_sample(wanted: Wanted, *, by: Actor, once: Once = None) -> Sample:
    """Draw with the key that waits, publish it, and commit to the next one's: three acts in one transaction.

    Raises Denied, BadInput, AlreadyDone.
    """
    with transaction.atomic():
        answer = require(by, "sample.draw", Facts(authority_id=wanted.authority.pk))
        if once is not None and Entry.objects.filter(once=once).exists():
            raise AlreadyDone("sample.drawn has been done.")
        _require_sound(wanted, by.on)
        rows = population_of(wanted)
        if not rows:
            raise BadInput(first="no_recruitments")
        key = DrawKey.objects.select_for_update().get(pk=committed(next_sample()).pk)
        if key.disclosed_on is not None:
            raise AlreadyDone("Another sample was drawn with the key at the same moment.")
        seed = secret_of(key)
        text = population_text(rows)
        sample = Sample(
            number=f"S-{key.draw.removeprefix('sample-')}", authority=wanted.authority, first=wanted.first,
            last=wanted.last, size=min(wanted.size, len(rows)), draw_key=key, seed=seed.hex(), population=text,
            population_digest=population_digest(text), drawn_by_id=by.person_id, drawn_on=by.on,
            reviewer_id=wanted.reviewer, changed_at=now(),
        )  # fmt: skip
        facts = {"role": answer.role, "sample": sample.number, "count": sample.size, "seed": sample.seed}
        with act("sample.drawn", by.who(answer.role), subject=sample.pk, facts=facts, once=once) as entry:
            entry.save(sample)
            for place, (ticket, reference) in enumerate(ranked(seed, rows)[: sample.size], start=1):
                entry.save(Sampled(sample=sample, recruitment_id=rows[reference], place=place, ticket=ticket))
        disclose(key)
        committed(next_sample())
    return sample


def population_of(wanted: Wanted) -> dict[str, UUID]:
    """Reference → id of every recruitment that the authority decided in the period."""
    rows = Recruitment.objects.filter(
        unit__authority=wanted.authority, decided_on__range=(wanted.first, wanted.last)
    )
    return dict(rows.order_by("reference").values_list("reference", "pk"))


def review_sampled(pk: UUID, *, by: Actor, result: str, note: str, once: Once = None) -> Sampled:
    """Note what was found in one of them. The last one makes the sample reviewed.

    Raises Sampled.DoesNotExist, Denied, AlreadyDone, WrongState, BadInput.
    """
    with transaction.atomic():
        found = Sampled.objects.select_for_update(of=("self",)).select_related("sample").get(pk=pk)
        sample = Sample.objects.select_for_update().get(pk=found.sample_id)
        case = Case.load(found.recruitment_id)
        answer = require(by, "sample.review", facts_of_sampled(found, case, by))
        if once is not None and Entry.objects.filter(once=once).exists():
            raise AlreadyDone("sample.reviewed has been done.")
        if found.result:
            raise WrongState("sample", "review_one", "reviewed")
        if result not in SAMPLE_REVIEWED:
            raise BadInput(result="choice")
        if len(note.strip()) < SHORTEST:
            raise BadInput(note="too_short")
        keystore.create(found.pk)
        found.result, found.reviewed_by_id, found.reviewed_on = result, by.person_id, by.on
        seal_into(found, "note", note.strip())
        hands = set().union(*hands_in(case).values())
        found.barred = " ".join(sorted(person.hex for person in hands))
        left = Sampled.objects.filter(sample=sample, result="").exclude(pk=found.pk).exists()
        step = "review_one" if left else "review_last"
        sample.state, sample.changed_at = workflow.next_state("sample", step, sample.state), now()
        facts = {"role": answer.role, "sample": sample.number, "reference": case.recruitment.reference}
        with act(
            "sample.reviewed",
            by.who(answer.role),
            subject=case.pk,
            facts=facts | {"result": result},
            once=once,
        ) as entry:
            entry.save(found)
            entry.save(sample)
    return found


def _require_sound(wanted: Wanted, on: date) -> None:
    if wanted.first > wanted.last:
        raise BadInput(last="before_first")
    if wanted.last >= on:
        raise BadInput(last="period_runs")
    if not 1 <= wanted.size <= MOST:
        raise BadInput(size="choice")
