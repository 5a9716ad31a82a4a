"""What waits in the room for a person, for *Mitt arbete*: lots to decide on."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.disposal.models import Lot
from vetting.policy.permissions import PERMISSIONS
from vetting.web.parts import Link


def waits(actor: Actor) -> list[Link]:
    """Lots that somebody else has put forward, for whoever may decide on them: one query, none for others."""
    scopes = PERMISSIONS["disposal.confirm"].scopes
    deciding = [held for held in actor.roles if scopes[held.role] != "no"]
    if not deciding:
        return []
    rows = Lot.objects.filter(state=Lot.State.PROPOSED).exclude(proposed_by=actor.person_id)
    if not any(held.everywhere for held in deciding):
        rows = rows.filter(authority__in={pk for held in deciding for pk in held.authorities})
    count = rows.count()
    if not count:
        return []
    return [Link(_("Gallringar att besluta om"), reverse("disposal_list") + "?visa=beslut", count=count)]
