"""What waits in the room for a person, for *Mitt arbete*: what is due to be put forward, and lots to decide on."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.disposal.models import Due, Lot
from vetting.disposal.queries.lots import WAITING
from vetting.policy.permissions import PERMISSIONS
from vetting.web.parts import Link


def waits(actor: Actor) -> list[Link]:
    """What somebody may put forward, and what she may decide on: a query each, none for whoever may do neither."""
    return [*_to_put_forward(actor), *_to_decide(actor)]


def _to_put_forward(actor: Actor) -> list[Link]:
    """As it was last counted, with the day; a kind of which a lot waits already is nobody's to put forward."""
    rows = _within(actor, "disposal.propose", Due.objects.all())
    if rows is None:
        return []
    waiting = Lot.objects.filter(authority=OuterRef("authority"), row=OuterRef("row"), state__in=WAITING)
    told = rows.exclude(Exists(waiting)).aggregate(number=Sum("count"), day=Min("counted_on"))
    if not told["number"]:
        return []
    note = _("räknat %(day)s") % {"day": date_format(told["day"], "j b Y")}
    url = f"{reverse('disposal_list')}?visa=dags"
    return [Link(_("Dags att lägga fram för gallring"), url, count=told["number"], note=note)]


def _to_decide(actor: Actor) -> list[Link]:
    """Lots that somebody else has put forward."""
    rows = _within(actor, "disposal.confirm", Lot.objects.filter(state=Lot.State.PROPOSED))
    count = rows.exclude(proposed_by=actor.person_id).count() if rows is not None else 0
    if not count:
        return []
    return [Link(_("Gallringar att besluta om"), reverse("disposal_list") + "?visa=beslut", count=count)]


def _within(actor: Actor, permission: str, rows: QuerySet[Any]) -> QuerySet[Any] | None:
    """Of `rows` those of the authorities in which the actor has the permission; None where she has it nowhere."""
    scopes = PERMISSIONS[permission].scopes
    holding = [held for held in actor.roles if scopes[held.role] != "no"]
    if not holding:
        return None
    if any(held.everywhere for held in holding):
        return rows
    return rows.filter(authority__in={pk for held in holding for pk in held.authorities})
