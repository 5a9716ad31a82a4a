"""Keeping what a person chooses for herself: her selections of the list, and since when she counts what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.clock import now
from vetting.access.actor import Actor
from vetting.policy.own_choices import KEPT_FILTERS, MOST_VIEWS
from vetting.recruitment.models import OwnChoices, SavedView
from vetting.recruitment.queries.worklist import Choice

OLDEST = timedelta(days=365)


class NameTaken(Exception):
    """The person has another selection by that name."""


class TooMany(Exception):
    """The person has as many selections as there is room for."""


def saved_views(actor: Actor) -> list[SavedView]:
    """The person's own selections, by name. One query."""
    return sorted(
        SavedView.objects.filter(person=actor.person_id)[:MOST_VIEWS], key=lambda view: view.name.casefold()
    )


def kept_of(choice: Choice) -> dict[str, str]:
    """What of a choice is kept: codes that the program knows, and nothing that somebody typed."""
    given = {name: str(getattr(choice, name)) for name in KEPT_FILTERS}
    return {name: value for name, value in given.items() if value}


def choice_of(view: SavedView, actor: Actor) -> Choice:
    """The selection as an address: read anew, so that what the program no longer knows is as if it were not there."""
    filters: Mapping[str, str] = view.filters if isinstance(view.filters, dict) else {}
    return Choice.read({name: filters.get(name, "") for name in KEPT_FILTERS}, actor)


def save_view(actor: Actor, name: str, choice: Choice) -> None:
    """Keep the selection; the same name again is the same selection changed. Raises TooMany."""
    own = SavedView.objects.filter(person=actor.person_id)
    with transaction.atomic():
        changed = own.filter(name__iexact=name).update(name=name, filters=kept_of(choice))
        if changed:
            return
        if own.count() >= MOST_VIEWS:
            raise TooMany
        try:
            with transaction.atomic():
                own.create(person_id=actor.person_id, name=name, filters=kept_of(choice), created_on=actor.on)
        except IntegrityError:  # the same button twice at once
            own.filter(name__iexact=name).update(filters=kept_of(choice))


def rename_view(actor: Actor, pk: UUID, name: str) -> bool:
    """Whether she has such a selection, by another name now. Raises NameTaken."""
    own = SavedView.objects.filter(person=actor.person_id)
    if own.filter(name__iexact=name).exclude(pk=pk).exists():
        raise NameTaken
    try:
        with transaction.atomic():
            return bool(own.filter(pk=pk).update(name=name))
    except IntegrityError:
        raise NameTaken from None


def remove_view(actor: Actor, pk: UUID) -> bool:
    """Whether there was such a selection of hers to remove."""
    return bool(SavedView.objects.filter(person=actor.person_id, pk=pk).delete()[0])


def choose_mail(actor: Actor, mail: str) -> None:
    """How she is mailed from now on (`policy.own_choices.MAILS`)."""
    OwnChoices.objects.update_or_create(person_id=actor.person_id, defaults={"mail": mail})


def mark_seen(actor: Actor, until: datetime) -> None:
    """What was done until then (UTC) is not new to her any more. Never later than now, and never back in time."""
    moment = max(min(until, now()), now() - OLDEST)
    row, _made = OwnChoices.objects.get_or_create(person_id=actor.person_id)
    if row.new_since is None or row.new_since < moment:
        OwnChoices.objects.filter(pk=row.pk).update(new_since=moment)
