"""Things to do as the rows of *Mitt arbete* and of the manager's own page: in words, and straight to their form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.reminders import WORDS
from vetting.recruitment import links
from vetting.recruitment.engine.coming import Coming, start_awaited
from vetting.recruitment.engine.progress import owes_declaration, undeclared
from vetting.recruitment.list_words import status, step_label, waits_on
from vetting.recruitment.models import Candidacy, Engagement, Opinion, Recruitment, Recusal
from vetting.recruitment.names_read import to_declare_about
from vetting.recruitment.queries.list_rows import ListRow
from vetting.recruitment.queries.my_work import DAYS_AHEAD
from vetting.recruitment.queries.reminders import Reminder
from vetting.recruitment.queries.seldom import Waits
from vetting.web.parts import Link, Task

BEGUN_OR_ENDED = {Candidacy.State.STARTED, Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}


def of_row(row: ListRow, actor: Actor) -> Task:
    """The next step of a recruitment."""
    recruitment = row.case.recruitment
    kind, words = status(row.case)
    if row.next.code == "decide":
        kind, words = "important", _("Klar för beslut")
    elif kind == "done":
        kind = (
            "started"  # what is left to do is not ticked off, whatever the recruitment as a whole has reached
        )
    start = start_awaited(row.case) or recruitment.planned_start
    note = f"{recruitment.reference} {row.case.position.title} · {row.case.unit.name}"
    note += _for_whom(row, actor)
    when = ""
    if start is not None:
        day = date_format(start, "j b Y")
        when = (_("start skulle ha varit %(day)s") if row.is_late else _("start %(day)s")) % {"day": day}
    if _declares(row, actor):
        return _own_declaration(row, actor, kind, words, note, when)
    return Task(
        step_label(row.case, row.next), kind, _form_of(row, actor), words, note, waits_on(row.next), when
    )


def _declares(row: ListRow, actor: Actor) -> bool:
    """Whether the recruitment waits for her own declaration, now or for what comes later."""
    missing = row.next.missing
    is_next = missing is not None and missing.code == "declarations"
    own = str(actor.person_id) in undeclared(row.case)
    return (is_next and own) or owes_declaration(row.case, actor.person_id)


def _own_declaration(row: ListRow, actor: Actor, kind: str, words: str, note: str, when: str) -> Task:
    """Her declaration; with a button that shows the names she declares about, recorded, and leads to the same page."""
    here = {"pk": row.case.pk}
    shows = Link(_("Visa namnen och svara"), reverse("show_finalists", kwargs=here), "eye")
    return Task(
        _("Lämna din jävsförklaring"),
        kind,
        reverse("give_declaration", kwargs=here),
        words,
        note,
        when=when,
        act=shows if to_declare_about(row.case, actor.person_id) else None,
    )


def _for_whom(row: ListRow, actor: Actor) -> str:
    """Whom one stands in for in this recruitment, where it is not one's own already."""
    case = row.case
    about = {case.manager.pk, case.recruitment.responsible_id}
    about |= {grant.user.person_id for grant in case.grants}
    if actor.person_id in about:
        return ""
    names = [absent.name for absent in actor.absent if absent.person_id in about]
    return " · " + _("som ersättare för %(who)s") % {"who": ", ".join(names)} if names else ""


def _form_of(row: ListRow, actor: Actor) -> str:
    """Straight to the form where it is surely this person's own, her decision; to the grid where the
    next step is one of many finalists'; else the case.
    """
    case, step = row.case, row.next
    if step.missing is not None and step.missing.code == "declarations":
        return links.home(case, step.candidacy)
    if links.is_in_grid(case) and _is_of_finalist(step):
        return links.to("round_view", case)
    if step.code == "decide" and step.candidacy is not None and case.manager.pk == actor.person_id:
        return links.to("sign_decision", case, step.candidacy)
    return links.home(case, step.candidacy)


def _is_of_finalist(step: Coming) -> bool:
    """Whether the step is taken for a finalist; what belongs to the recruitment as a whole is not in the grid."""
    if step.candidacy is None or step.missing is None:
        return step.candidacy is not None
    row = step.missing.row
    return row is not None and row.spec.belongs_to == "candidacy"


def of_declaration(recusal: Recusal) -> Task:
    """A declared interest that somebody else decides on."""
    recruitment = recusal.recruitment
    note = f"{recruitment.reference} {recruitment.position.title} · {recruitment.unit.name}"
    name = _("Bestäm om %(who)s deltar") % {"who": recusal.person.display_name}
    return Task(name, "important", _page_of(recusal), _("Jäv anmält"), note, when=recusal.declared_on)


def of_opinion(opinion: Opinion) -> Task:
    """An opinion to give."""
    recruitment = opinion.recruitment
    note = f"{recruitment.reference} {recruitment.position.title} · {recruitment.unit.name}"
    when = ""
    if opinion.planned_start is not None:
        when = _("start %(day)s") % {"day": date_format(opinion.planned_start, "j b Y")}
    url = reverse("opinion_view", kwargs={"pk": recruitment.pk, "opinion": opinion.pk})
    return Task(_("Lämna säkerhetsyttrande"), "waiting", url, _("Väntar på yttrande"), note, when=when)


def of_guest(one: Waits) -> Task:
    """A round that waits for a guest approver."""
    note = f"{one.reference} {one.post} · {one.unit}"
    url = reverse("propose_guest", kwargs={"pk": one.recruitment})
    return Task(_("Föreslå gästyttrare"), "waiting", url, _("Väntar på gästyttrare"), note)


def of_waiver(one: Waits) -> Task:
    """A waiver that waits for its second signature."""
    note = f"{one.reference} {one.post} · {one.unit}"
    url = reverse("waiver_view", kwargs={"pk": one.recruitment, "waiver": one.pk})
    until = _("gäller till %(day)s") % {"day": date_format(one.day, "j b Y")} if one.day else ""
    return Task(_("Skriv under undantag"), "waiting", url, _("Väntar på underskrift"), note, when=until)


def of_hold(one: Waits) -> Task:
    """A legal hold that somebody proposes to lift."""
    note = f"{one.reference} {one.post} · {one.unit}"
    url = reverse("hold_view", kwargs={"pk": one.recruitment})
    return Task(
        _("Ta ställning till gallringsstopp"), "waiting", url, _("Föreslås hävas"), note, when=one.day or ""
    )


def _page_of(recusal: Recusal) -> str:
    pk = recusal.recruitment_id
    for page_name, kwargs in (
        ("decide_declaration", {"pk": pk, "recusal": recusal.pk}),
        ("declaration_list", {"pk": pk}),
        ("recruitment_view", {"pk": pk}),
    ):
        try:
            return reverse(page_name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


def of_lift(opinion: Opinion) -> Task:
    """An adverse opinion that was lifted to this person."""
    recruitment = opinion.recruitment
    note = f"{recruitment.reference} {recruitment.position.title} · {recruitment.unit.name}"
    url = reverse("decide_escalation", kwargs={"pk": recruitment.pk, "opinion": opinion.pk})
    return Task(_("Besluta efter lyft"), "important", url, _("Väntar på dig"), note)


def of_reminder(one: Reminder, on: date) -> Task:
    """Something to do about an engagement under way by a given day; overdue after it."""
    words = WORDS.get(one.code) if not one.is_renewal else None
    name = _(words) if words else _("Förnya: %(what)s") % {"what": _(CHECKPOINTS[one.code].name)}
    alone = one.people == 1
    who = one.label if alone else ngettext("%(n)s person", "%(n)s personer", one.people) % {"n": one.people}
    url = reverse("engagement_list") if not alone else ""
    url = url or reverse("engagement_view", kwargs={"pk": one.recruitment, "candidacy": one.candidacy})
    is_late = one.day < on
    when = _("senast %(day)s") % {"day": date_format(one.day, "j b Y")}
    return Task(
        name,
        "assess" if is_late else "waiting",
        url,
        _("Försenat") if is_late else _("Att göra"),
        f"{one.told} · {who}",
        when=when,
    )


def with_reminders(
    rows: Iterable[ListRow], reminders: Sequence[Reminder], actor: Actor, most: int | None = None
) -> list[Task]:
    """What presses most first: a start within a week; her own declaration, which stops everybody else; a decision, what
    is late, other steps, what has a day to come, what waits for somebody else, and last what only waits to be closed.

    The same thing is said once, and of one engagement that has several things late the others give way to other work.
    `reminders`: soonest first. `most`: how many are asked for at all, None for everything.
    """
    said = {(one.recruitment, one.code) for one in reminders}
    steps = [
        (_rank(row, actor), of_row(row, actor))
        for row in rows
        if row.next.code != "await_start"
        and (row.next.missing is None or (row.case.pk, row.next.missing.code) not in said)
    ]
    late: set[tuple[UUID, str]] = set()
    ranked = []
    for one in reminders:
        about = (one.recruitment, one.label)
        presses = one.day < actor.on and about not in late
        late |= {about} if presses else set()
        ranked.append((3 if presses else 5, one))
    # Hundreds may wait in a round: only those that are shown are made.
    first = sorted(ranked, key=lambda each: each[0])[:most]
    dated = [(rank, of_reminder(one, actor.on)) for rank, one in first]
    return [task for _place, task in sorted([*steps, *dated], key=lambda each: each[0])][:most]


def _rank(row: ListRow, actor: Actor) -> int:
    """How much the next step of a recruitment presses: 0 most."""
    before = row.case.recruitment.state in {Recruitment.State.DRAFT, Recruitment.State.OPEN}
    if not before and all(one.state in BEGUN_OR_ENDED for one in row.case.candidacies):
        return 7
    soon = actor.on + timedelta(days=DAYS_AHEAD)
    planned = [each.planned_start for each in row.case.engagements if each.state == Engagement.State.PLANNED]
    start = row.case.recruitment.planned_start
    if any(day <= soon for day in planned) or (before and start is not None and actor.on <= start <= soon):
        return 0
    if _declares(row, actor):
        return 1
    if _is_others(row, actor):
        return 6
    return 2 if row.next.code == "decide" else 4


def _is_others(row: ListRow, actor: Actor) -> bool:
    """Whether an officer only follows the step: it waits for somebody else, and she is not its manager."""
    waits = set(row.next.on) - {"nobody"}
    return (
        actor.holds("hr_officer")
        and bool(waits)
        and "hr" not in waits
        and row.case.manager.pk != actor.person_id
    )
