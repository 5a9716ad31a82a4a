"""Rounds of a recruitment: which there are, who came in with each, and what number the next finalist gets."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Max

from vetting.recruitment.case import Case
from vetting.recruitment.models import BlindIndex, Round, RoundPerson


def next_number(case: Case) -> int:
    """The number of the next finalist's label. One that has been given is not given again, though it was undone."""
    there = max((int(candidacy.label[1:]) for candidacy in case.candidacies), default=0)
    undone = Round.objects.filter(recruitment=case.pk, undone_on__isnull=False)
    last = undone.aggregate(last=Max(F("first") + F("count")))["last"] or 1
    return max(there, last - 1) + 1


def rounds_of(case: Case) -> list[Round]:
    """The recruitment's rounds with who entered them, newest first."""
    rows = Round.objects.filter(recruitment=case.pk).select_related("added_by", "undone_by")
    return list(rows.order_by("-first"))


def round_with(case: Case, digest: str) -> Round | None:
    """The round in which the very same list was entered and still stands, or None."""
    return next((r for r in rounds_of(case) if r.digest == digest and r.undone_on is None), None)


def people_of(made: Round) -> set[UUID]:
    """The candidacies that came in with the round and are left."""
    return set(RoundPerson.objects.filter(round=made).values_list("candidacy_id", flat=True))


def known_in(case: Case, digests: Iterable[bytes]) -> dict[bytes, str]:
    """Digest of a person in a list → label of the finalist of this recruitment who is the same."""
    found = RoundPerson.objects.filter(candidacy__recruitment=case.pk, digest__in=list(digests))
    return {bytes(digest): label for digest, label in found.values_list("digest", "candidacy__label")}


def numbered_in(case: Case, digests: Iterable[bytes]) -> dict[bytes, str]:
    """Digest of a personal number → label of the finalist of this recruitment who has it."""
    found = BlindIndex.objects.filter(candidacy__recruitment=case.pk, digest__in=list(digests))
    return {bytes(digest): label for digest, label in found.values_list("digest", "candidacy__label")}
