"""Whose names a participant has had open before her: nobody declares about finalists whom she has not seen."""

from __future__ import annotations

from collections.abc import Collection, Container
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.reveal import MINUTES, open_fields, own_words
from vetting.crypto.sealed import Opening
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy

PURPOSE = "declare_conflict"


def has_name(candidacy: Candidacy) -> bool:
    """Whether there is a name to show. A protected finalist's is not stored: her named handler asks about her."""
    return not candidacy.is_protected and candidacy.name is not None


def to_declare_about(case: Case, person: UUID) -> list[Candidacy]:
    """The named finalists whom the person's declaration is not about yet.

    Numbers rise and none is used twice, so an answer about so many was about those with the lowest.
    """
    own = case.recusal_of(person)
    by_number = sorted(case.candidacies, key=lambda candidacy: int(candidacy.label[1:]))
    return [each for each in by_number[own.finalists_seen if own else 0 :] if has_name(each)]


def open_name(actor: Actor, role: str, case: Case, candidacy: Candidacy) -> Opening:
    """Record that the actor reads the finalist's name, and nothing else, to declare: what it may be opened with."""
    facts = {
        "role": role,
        "reference": case.recruitment.reference,
        "candidacy": candidacy.label,
        "minutes": MINUTES,
    }
    return open_fields(
        actor.who(role),
        "candidacy.revealed",
        subject=case.pk,
        facts=facts,
        fields=["name"],
        purpose=PURPOSE,
    )


def unread(case: Case, actor: Actor, names: Container[UUID]) -> list[Candidacy]:
    """The finalists she would declare about without having had their names open: all but those with an opening."""
    return [each for each in to_declare_about(case, actor.person_id) if each.pk not in names]


def read_names(case: Case, actor: Actor, typed: Collection[UUID] = ()) -> dict[UUID, Opening]:
    """The openings with which `actor` declares about every finalist who is new to her, each reading recorded.

    `typed`: whom she entered herself in this very moment, which is no reading. Raises Denied.
    """
    new = to_declare_about(case, actor.person_id)
    role = case.require(actor, "declaration.give").role if new else ""
    return {
        each.pk: own_words(actor.who(role), each.entry_id)
        if each.pk in typed
        else open_name(actor, role, case, each)
        for each in new
    }
