"""*Mitt arbete*: what to do now, what waits for me, what lapses, what waits for others; each number is a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.recruitment import work_tasks
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import Opinion, Recusal
from vetting.recruitment.navigation import ways_of
from vetting.recruitment.queries import decisions, pool
from vetting.recruitment.queries.declarations import declarations_and_matches
from vetting.recruitment.queries.emergencies import HEADS, told_to
from vetting.recruitment.queries.list_rows import ListRow, read_rows
from vetting.recruitment.queries.managers import is_hers
from vetting.recruitment.queries.my_work import (
    SELECTIONS,
    first_to_do,
    work_counts,
)
from vetting.recruitment.queries.opinions import open_to, queue
from vetting.recruitment.queries.reminders import Reminder, reminders_of
from vetting.recruitment.queries.seldom import Seldom, seldom
from vetting.recruitment.queries.visible import Reach, reach_of
from vetting.recruitment.views.base import show
from vetting.recruitment.waiting import elsewhere
from vetting.web.parts import Link, Task

CHIEF_SEES = 3
OTHERS_SEE = 6
MARKED = 100
LOOKED_AT = 12
DUE = ("forfallna", "forfaller", "fornyelser")
FOLLOW = ("hiring_manager", "hr_officer")
PAUSED = ("kandidat", "andra", "sakerhet", "vilande")


@page("work.view")
def work(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page one comes to after signing in: at most fifteen queries, whatever there is to do."""
    reach = reach_of(actor)
    works = may_somewhere(actor, "recruitment.list")
    number = work_counts(actor, reach) if works else {}
    chief_only = actor.holds("hiring_manager") and not actor.holds("hr_officer", "hr_head")
    rows = read_rows(first_to_do(actor, reach, LOOKED_AT), actor.on) if number.get("att-gora") else []
    declarations, matches = declarations_and_matches(actor)
    waiting = open_to(actor, queue(actor, reach)) if may_somewhere(actor, "opinion.decide") else None
    # How many there are comes with the first of them, in the same query.
    counted = waiting.annotate(total=Window(Count("pk"))) if waiting is not None else None
    opinions = list(counted[:OTHERS_SEE]) if counted is not None else []
    to_give = None if waiting is None else opinions[0].total if opinions else 0
    rare = seldom(actor, reach, OTHERS_SEE)
    reminders = reminders_of(actor, reach) if works and _follows(actor) else []
    # Whoever has no recruitments of her own is not shown a row of noughts.
    own = works and (any(number.values()) or actor.holds("hiring_manager", "hr_officer"))
    tasks = _tasks(actor, rows, declarations, opinions, rare, reminders, chief_only)
    waits = [
        *_waiting(actor, number, declarations, matches, to_give),
        *_free(actor, reach),
        *elsewhere(actor),
    ]
    ways = [] if own or tasks else ways_of(actor)
    context = {
        **_beginning(waits, ways, works=works, is_idle=not own and not tasks),
        "works": works,
        "tasks": tasks,
        "all_to_do": _selection("att-gora", number) if works else None,
        "news": [_selection("nytt", number)] if own else [],
        "due": [_selection(code, number) for code in DUE] if own else [],
        "paused": [_selection(code, number) for code in PAUSED] if own else [],
        "books": not works and _only_books(actor),
        "emergencies": _emergencies(actor, reach) if rare.is_glass else [],
        "is_chief": chief_only,
        "absent": actor.absent,
        "may_create": may_somewhere(actor, "recruitment.create"),
    }
    return _only_door(context) or show(request, actor, "recruitment/work.html", context)


def _only_door(context: dict[str, Any]) -> HttpResponse | None:
    """Whoever works in one other room alone is led there: an alarm that waits in it is not a press away."""
    told = (context["books"], context["emergencies"], context["absent"])
    if context["has_doors_only"] and len(context["ways"]) == 1 and not any(told):
        return redirect(context["ways"][0].url)
    return None


def _beginning(waits: list[Link], ways: list[Link], *, works: bool, is_idle: bool) -> dict[str, Any]:
    """Whoever has nothing else to do begins with what waits for her: it is not said beside it that nothing does."""
    begin = [link for link in waits if link.count] if is_idle else []
    return {
        "begin": begin,
        "waiting": [] if begin else waits,
        "ways": ways,
        "has_doors_only": bool(ways) and not works and not begin,
    }


def waits_for(actor: Actor) -> list[str]:
    """What waits for her here, as marks of what and how many: to see whether anything is new, and told to nobody."""
    reach = reach_of(actor)
    works = may_somewhere(actor, "recruitment.list")
    opines = may_somewhere(actor, "opinion.decide")
    rows = first_to_do(actor, reach, MARKED) if works else []
    number = work_counts(actor, reach) if works else {}
    declarations, matches = declarations_and_matches(actor)
    rare = seldom(actor, reach, OTHERS_SEE)
    links = _waiting(
        actor, number, declarations, matches, open_to(actor, queue(actor, reach)).count() if opines else None
    )
    return sorted(
        [
            *(str(row.pk) for row in rows),
            *(f"{link.url}={link.count}" for link in [*links, *elsewhere(actor)] if link.count),
            *(str(one.pk) for one in [*rare.guests, *rare.waivers, *rare.holds]),
        ]
    )


def _only_books(actor: Actor) -> bool:
    """Whether the one thing she has here is an assignment to book: asked only of whoever has no role."""
    return not any(held.role != "employee" for held in actor.roles) and bool(pool.booked_paths(actor))


def _follows(actor: Actor) -> bool:
    """Whether engagements are hers to follow up, or those of somebody she stands in for."""
    theirs = {held.role for absent in actor.absent for held in absent.roles}
    return actor.holds(*FOLLOW) or bool(theirs & set(FOLLOW))


def _tasks(
    actor: Actor,
    rows: list[ListRow],
    declarations: list[Recusal],
    opinions: list[Opinion],
    rare: Seldom,
    reminders: list[Reminder],
    chief_only: bool,
) -> list[Task]:
    """The first things to do; a chief sees three, and only what is hers to do."""
    tasks = [work_tasks.of_declaration(recusal) for recusal in declarations[:OTHERS_SEE]] + [
        work_tasks.of_opinion(one) for one in opinions
    ]
    tasks += [
        *(work_tasks.of_guest(one) for one in rare.guests),
        *(work_tasks.of_waiver(one) for one in rare.waivers),
        *(work_tasks.of_hold(one) for one in rare.holds),
    ]
    ours = [row for row in rows if not chief_only or is_hers(row, actor)]
    most = CHIEF_SEES if chief_only else OTHERS_SEE
    return [*tasks, *work_tasks.with_reminders(ours, reminders, actor, most)][:most]


def _emergencies(actor: Actor, reach: Reach) -> list[Task]:
    """What others have opened without an assignment in recruitments one works in or heads, for a week."""
    found = []
    for glass in told_to(actor, reach):
        recruitment = glass.recruitment
        state = glass.state(now())
        who = _("Någon med skyddade uppgifter") if glass.person.is_protected else glass.person.display_name
        url = (
            reverse("break_glass_list")
            if actor.holds(*HEADS)
            else reverse("recruitment_view", kwargs={"pk": recruitment.pk})
        )
        found.append(
            Task(
                _("%(who)s läste utan uppdrag") % {"who": who},
                "important" if state == "open" else "info",
                url,
                state_label("break_glass", state),
                f"{recruitment.reference} {recruitment.position.title} · {recruitment.unit.name}",
                when=glass.opened_at,
            )
        )
    return found


def _waiting(
    actor: Actor,
    number: dict[str, int],
    declarations: list[Recusal],
    matches: list[Recusal],
    to_give: int | None,
) -> list[Link]:
    """What others cannot go on without: opinions for the security function, decisions for the manager."""
    found = []
    if to_give is not None:
        url = f"{reverse('opinion_list')}?visa=oppna"
        found.append(Link(_("Säkerhetsyttranden att lämna"), url, count=to_give))
    if actor.holds("hiring_manager"):
        found.append(_selection("beslut", number))
    if actor.holds("registrar"):
        to_report, to_date = decisions.unreported(actor).count(), decisions.undated(actor).count()
        found += [
            Link(_("Beslut att anmäla till nämnd"), reverse("report_to_board"), count=to_report),
            Link(_("Anmälda beslut utan protokollets dagar"), reverse("record_dates"), count=to_date),
        ]
    if matches:
        url = reverse("matches_to_answer")
        found.append(Link(_("Avstängda genom personnummer att svara på"), url, count=len(matches)))
    if declarations:
        url = reverse("declarations_to_decide")
        found.append(Link(_("Jävsanmälningar att ta ställning till"), url, count=len(declarations)))
    return found


def _free(actor: Actor, reach: Reach) -> list[Link]:
    """Recruitments of one's unit that wait for an HR officer."""
    if not may_somewhere(actor, "recruitment.join"):
        return []
    condition = SELECTIONS["lediga"][1](actor)
    count = reach.recruitments.filter(condition).order_by().count()
    return [Link(_("Utan handläggare i dina enheter"), _address("lediga"), count=count)]


def _selection(code: str, number: dict[str, int]) -> Link:
    return Link(_(SELECTIONS[code][0]), _address(code), count=number[code])


def _address(code: str) -> str:
    return f"{reverse('recruitment_list')}?visa=alla&urval={code}"
