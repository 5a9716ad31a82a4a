"""The parts of the recruitment's page that concern the recruitment as a whole: head, tabs, what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from audit.models import Entry
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.profiles import PROFILES
from vetting.policy.reasons import CANCEL, HOLD
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import DECIDED, manager_stands_aside, required, state_shown
from vetting.recruitment.engine.rows import expires_on
from vetting.recruitment.labels import CANDIDACY_KIND, RECRUITMENT_KIND, state_label
from vetting.recruitment.models import Candidacy, Check, Recruitment
from vetting.recruitment.queries.beginnings import recruits_for
from vetting.recruitment.queries.timeline import people_acting
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact, Link

# (permission, URL name, words, states of the recruitment in which it can be done; None: any)
MOVES = (
    ("recruitment.join", "join_recruitment", gettext_noop("Ta uppdraget"), None),
    ("note.add", "note_list", gettext_noop("Anteckningar"), None),
    ("candidacy.create", "create_candidacy", gettext_noop("Föreslå slutkandidat"), {"open"}),
    ("candidacy.create", "enter_round", gettext_noop("Lägg in flera"), {"open"}),
    ("candidacy.list", "round_view", gettext_noop("Visa som omgång"), None),
    ("candidacy.rank", "rank_candidacies", gettext_noop("Ändra ordning"), {"open"}),
    (
        "recruitment.edit",
        "edit_recruitment",
        gettext_noop("Ändra start eller platser"),
        {"draft", "open", "decided"},
    ),
    ("recruitment.set_diary", "set_diary", gettext_noop("Ange diarienummer"), None),
    (
        "recruitment.assign",
        "assign_recruitment",
        gettext_noop("Fördela"),
        {"draft", "open", "decided", "onboarding"},
    ),
    ("declaration.give", "give_declaration", gettext_noop("Min jävsförklaring"), None),
    ("declaration.list", "declaration_list", gettext_noop("Jävsförklaringar"), None),
    ("recruitment.copy", "copy_recruitment", gettext_noop("Ny rekrytering som denna"), None),
    (
        "recruitment.hold",
        "hold_recruitment",
        gettext_noop("Pausa"),
        {"draft", "open", "decided", "onboarding"},
    ),
    ("recruitment.settle_places", "settle_places", gettext_noop("Avsluta återstående platser"), {"open"}),
    ("recruitment.reopen", "reopen_recruitment", gettext_noop("Öppna igen"), {"decided", "onboarding"}),
    ("recruitment.close", "close_recruitment", gettext_noop("Avsluta"), {"onboarding"}),
    ("hold.set", "set_legal_hold", gettext_noop("Anspråk inkommet"), None),
    ("hold.view", "hold_view", gettext_noop("Gallringsstopp"), None),
    ("recruitment.print", "print_recruitment", gettext_noop("Skriv ut ärendet"), None),
    (
        "merit_statement.issue",
        "issue_merit_statement",
        gettext_noop("Meritbesked"),
        {"decided", "onboarding", "closed"},
    ),
    (
        "recruitment.cancel",
        "cancel_recruitment",
        gettext_noop("Avbryt rekryteringen"),
        {"draft", "open", "decided"},
    ),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of the page."""

    kind: str
    state: str
    hold: str
    ended: str
    facts: list[Fact]
    profiles: str


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be done with the recruitment; `posts`: at once."""

    label: str
    url: str
    posts: bool = False


def head(case: Case) -> Head:
    """Reference, state, hold and the facts of the recruitment."""
    recruitment = case.recruitment
    profiles = recruitment.profiles or list(required(case).profiles)
    return Head(
        RECRUITMENT_KIND[recruitment.state],
        state_label("recruitment", recruitment.state),
        _paused(recruitment),
        _ended(recruitment),
        _facts(case),
        ", ".join(_(PROFILES[code].name) for code in profiles),
    )


def _facts(case: Case) -> list[Fact]:
    recruitment = case.recruitment
    decided = sum(c.state in DECIDED for c in case.candidacies)
    level = recruitment.level if recruitment.opened_on else required(case).level
    facts = [
        Fact(_("Enhet"), case.unit.name, note=case.authority.name),
        Fact(_("Anställningsform"), _(FORMS[recruitment.form].name)),
        Fact(_("Kontrollnivå"), _("Nivå %(level)s") % {"level": level}),
        Fact(
            _("Platser"),
            _("%(decided)s av %(places)s beslutade") % {"decided": decided, "places": recruitment.places},
        ),
        Fact(_("Ansvarig chef"), case.manager.display_name),
        Fact(_("Handläggare"), _officers(case) or "–"),
        Fact(_("Planerad start"), day_or_dash(recruitment.planned_start)),
    ]
    deadline = deadline_of(case)
    if deadline is not None:
        facts.append(deadline)
    if recruitment.diary_number:
        facts.append(Fact(_("Diarienummer"), recruitment.diary_number))
    return facts


def _paused(recruitment: Recruitment) -> str:
    """Since when and why nothing moves, or ""."""
    if not (recruitment.on_hold and recruitment.hold_since):
        return ""
    return _("Pausad sedan %(day)s: %(why)s.") % {
        "day": day_or_dash(recruitment.hold_since),
        "why": _(HOLD[recruitment.hold_reason]).lower(),
    }


def _ended(recruitment: Recruitment) -> str:
    """When it ended, and why where it was cancelled; "" while it goes on."""
    if recruitment.ended_on is None:
        return ""
    day = day_or_dash(recruitment.ended_on)
    if recruitment.state == Recruitment.State.CANCELLED:
        why = _(CANCEL[recruitment.end_reason]).lower()
        return _("Avbruten %(day)s: %(why)s.") % {"day": day, "why": why}
    return _("Avslutad %(day)s.") % {"day": day}


@dataclass(frozen=True, slots=True)
class Gap:
    """The recruitment has no manager who can act: why, and where another is named (or "")."""

    why: str
    url: str


def manager_gap(case: Case, can: Mapping[str, bool]) -> Gap | None:
    """Told while the recruitment goes on and its manager stands aside, or recruits for the unit no more: one query."""
    if case.recruitment.state in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}:
        return None
    if manager_stands_aside(case):
        why = _("Ansvarig chef deltar inte på grund av jäv. En annan chef behöver utses.")
    elif not recruits_for(case.recruitment.manager_id, case.unit.path, case.today):
        why = _("Ansvarig chef rekryterar inte längre för enheten. En annan chef behöver utses.")
    else:
        return None
    return Gap(why, links.to("change_manager", case) if can["recruitment.assign"] else "")


def _officers(case: Case) -> str:
    """Everybody who has the assignment as HR officer, the one responsible first."""
    responsible = case.recruitment.responsible
    others = [
        grant.user.person
        for grant in case.grants
        if grant.permission.codename == "act_as_hr_officer" and grant.user.person != responsible
    ]
    return ", ".join(dict.fromkeys(each.display_name for each in [responsible, *others] if each is not None))


def deadline_of(case: Case) -> Fact | None:
    """The first day on which something done must be done again, or a candidate's reply is due."""
    days = []
    alive = {c.pk for c in case.candidacies if c.ended_on is None and c.state not in DECIDED} | {None}
    for check in case.checks:
        if check.candidacy_id not in alive:
            continue
        name = _(CHECKPOINTS[check.code].name)
        if check.state == Check.State.TO_ASSESS and check.reply_by is not None and not check.reply_code:
            days.append((check.reply_by, _("svar från kandidaten: %(check)s") % {"check": name}))
        limit = expires_on(CHECKPOINTS[check.code], check) if check.state == Check.State.DONE else None
        if limit is not None and limit >= case.today and case.recruitment.state == Recruitment.State.OPEN:
            days.append((limit, _("då går den här ut: %(check)s") % {"check": name}))
    if not days:
        return None
    day, why = min(days)
    label = _("Dagen har passerat") if day < case.today else _("Nästa dag att passa")
    return Fact(label, day_or_dash(day), note=why)


def tabs(case: Case, current: Candidacy | None) -> list[Link]:
    """One tab for each finalist, in order; never a name. Many stand in the grid of the round instead."""
    if len(case.candidacies) < 2:
        return []
    if links.is_in_grid(case):
        grid = Link(_("Alla i omgången"), links.to("round_view", case), count=len(case.candidacies))
        return [grid, *([Link(current.label, links.home(case, current), current=True)] if current else [])]
    return [
        Link(
            f"{candidacy.label} · {state_label('candidacy', state_shown(case, candidacy))}",
            links.home(case, candidacy),
            current=current is candidacy,
        )
        for candidacy in case.candidacies
    ]


def kind_of(case: Case, candidacy: Candidacy) -> tuple[str, str]:
    """(kind of tag, words) of the candidacy's state as it is now."""
    state = state_shown(case, candidacy)
    return CANDIDACY_KIND[state], state_label("candidacy", state)


def moves(case: Case, can: Mapping[str, bool]) -> list[Move]:
    """What this person may do with the recruitment, and that its state allows."""
    found = []
    for permission, name, label, states in MOVES:
        if not can.get(permission) or (states is not None and case.recruitment.state not in states):
            continue
        if name == "join_recruitment" and case.recruitment.responsible_id is not None:
            continue
        if name in {"rank_candidacies", "round_view"} and len(case.candidacies) < 2:
            continue
        if name == "rank_candidacies" and links.is_in_grid(case):
            continue
        if name == "create_candidacy" and (not case.candidacies or case.recruitment.on_hold):
            continue
        if name == "hold_recruitment" and case.recruitment.on_hold:
            name, label = "resume_recruitment", gettext_noop("Återuppta")
        if name in {"set_legal_hold", "hold_view"} and case.recruitment.is_held != (name == "hold_view"):
            continue
        if name in {"settle_places", "cancel_recruitment"} and _stands(case) != (name == "settle_places"):
            continue
        url = links.to(name, case)
        if url:
            found.append(Move(_(label), url, posts=name == "join_recruitment"))
    return found


def people(case: Case, entries: Iterable[Entry]) -> set[UUID]:
    """Everybody whose name the page shows and that the case does not hold already."""
    found = {person for person in people_acting(entries) if person}
    found |= {d.decided_by_id for d in case.decisions if d.decided_by_id}
    found |= {c.proceeded_by_id for c in case.candidacies if c.proceeded_by_id}
    found |= {UUID(person) for c in case.candidacies for person in c.handlers}
    return found


def _stands(case: Case) -> bool:
    return any(c.state in DECIDED for c in case.candidacies)
