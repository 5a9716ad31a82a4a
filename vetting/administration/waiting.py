"""What the room has waiting for somebody, for *Mitt arbete*."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.administration.queries.under_review import is_due, to_answer
from vetting.web.parts import Link


def waits(actor: Actor) -> list[Link]:
    """Access to answer for, and that a quarter has passed since the last review."""
    found = []
    count = len(to_answer(actor))
    if count:
        found.append(Link(_("Åtkomster att gå igenom"), reverse("answer_access_review"), count=count))
    if is_due(actor):
        found.append(Link(_("Dags för kvartalets genomgång av åtkomst"), reverse("access_review"), count=1))
    return found
