"""What the room has waiting for somebody, for *Mitt arbete*."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.administration.first_steps import remaining
from vetting.administration.queries.to_confirm import KINDS, signs
from vetting.administration.queries.under_review import is_due, is_over, leads, to_answer
from vetting.recruitment.models import Recruitment
from vetting.web.parts import Link


def waits(actor: Actor) -> list[Link]:
    """Proposals and access to answer for, and that a quarter has passed since the last review."""
    # Who leads a function is asked of the last review first: a query less where none is under way.
    leading = leads(actor)
    there = signs(actor, of_review=leading)
    found = []
    for kind in (KINDS[code] for code in there.kinds):
        number = kind.count(actor)
        if number:
            found.append(Link(_(kind.words), reverse(kind.page), count=number))
    count = 0 if leading and is_over(there.last_review, actor.on) else len(to_answer(actor))
    if count:
        found.append(Link(_("Åtkomster att gå igenom"), reverse("answer_access_review"), count=count))
    if leading and is_due(there.last_review, actor.on):
        found.append(Link(_("Dags för kvartalets genomgång av åtkomst"), reverse("access_review"), count=1))
    # Told here until the first recruitment is under way, and on the roles' page for as long as anything remains.
    first = actor.holds("administrator") and not Recruitment.objects.exclude(opened_on=None).exists()
    if first and (number := len(remaining())):
        found.append(Link(_("Kom igång: återstår att lägga upp"), reverse("first_steps"), count=number))
    return found
