"""*Chefens sida*: at most three things to do, on a phone; everything else folded away under *Mer*.

Mail leads here, and says nothing of why: who is no manager is led on to *Mitt arbete*.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.recruitment import work_tasks
from vetting.recruitment.queries.declarations import declarations_and_matches
from vetting.recruitment.queries.managers import is_manager, lifts_to_decide, steps_of_manager
from vetting.recruitment.queries.my_work import SELECTIONS, work_counts
from vetting.recruitment.queries.reminders import reminders_of
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.views.base import show
from vetting.web.parts import Link, Task

AT_ONCE = 3
FOLDED = ("beslut", "forfallna", "forfaller", "kandidat", "sakerhet", "andra", "vilande")


@page("work.view")
def manager_home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """At most three things; about fifteen queries, however many recruitments she has."""
    if not is_manager(actor):
        return redirect("work")
    reach = reach_of(actor)
    tasks = tasks_of(actor, reach)
    number = work_counts(actor, reach) if may_somewhere(actor, "recruitment.list") else {}
    context = {
        "tasks": tasks[:AT_ONCE],
        "more_tasks": max(0, len(tasks) - AT_ONCE),
        "all_url": reverse("work"),
        "more": [_selection(code, count) for code in FOLDED if (count := number.get(code, 0))],
        "may_create": may_somewhere(actor, "recruitment.create"),
        "lists": may_somewhere(actor, "recruitment.list"),
    }
    return show(request, actor, "recruitment/manager_home.html", context)


def tasks_of(actor: Actor, reach: Reach) -> list[Task]:
    """Everything that waits for her as a manager, what others cannot go on without first."""
    declarations, matches = declarations_and_matches(actor)
    found = [work_tasks.of_lift(opinion) for opinion in lifts_to_decide(actor)]
    found += [work_tasks.of_declaration(recusal) for recusal in declarations]
    if matches:
        found.append(
            Task(_("Svara på avstängningar genom personnummer"), "important", reverse("matches_to_answer"))
        )
    steps = steps_of_manager(actor, reach)
    return found + work_tasks.with_reminders(steps, reminders_of(actor, reach), actor)


def _selection(code: str, count: int) -> Link:
    address = f"{reverse('recruitment_list')}?visa=alla&urval={code}"
    return Link(_(SELECTIONS[code][0]), address, count=count)
