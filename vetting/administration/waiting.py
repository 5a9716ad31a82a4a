"""What the room has waiting for somebody, for *Mitt arbete*."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.administration.queries.under_review import is_due, is_over, last_started, leads, to_answer
from vetting.web.parts import Link


def waits(actor: Actor) -> list[Link]:
    """Access to answer for, and that a quarter has passed since the last review."""
    found = []
    # Who leads a function is asked of the last review first: a query less where none is under way.
    leading = leads(actor)
    last = last_started(actor) if leading else None
    count = 0 if leading and is_over(last, actor.on) else len(to_answer(actor))
    if count:
        found.append(Link(_("Åtkomster att gå igenom"), reverse("answer_access_review"), count=count))
    if leading and is_due(last, actor.on):
        found.append(Link(_("Dags för kvartalets genomgång av åtkomst"), reverse("access_review"), count=1))
    return found
