"""Finalists' names as good as open, for those who declare in a test that is about something else."""

from __future__ import annotations

from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.reveal import own_words
from vetting.crypto.sealed import Opening
from vetting.recruitment.case import Case


def names_open(case: Case, actor: Actor) -> dict[UUID, Opening]:
    """An opening of every finalist's name; no reading is recorded, so that what a test counts is its own."""
    role = actor.roles[0].role
    return {each.pk: own_words(actor.who(role), each.entry_id) for each in case.candidacies}
