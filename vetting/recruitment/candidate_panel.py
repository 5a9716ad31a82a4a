"""One finalist on the recruitment's page: sign, next step, groups, opinion, decision - and who she is, when opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.reveal import opened_until, opening_of
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import unseal
from vetting.policy.pool import gives_clearance
from vetting.policy.questions import QUESTIONS
from vetting.policy.reasons import NOT_SELECTED
from vetting.recruitment import links
from vetting.recruitment.abilities import abilities, recordable
from vetting.recruitment.cards import OpinionCard, decision_facts, opinion_card
from vetting.recruitment.case import Case
from vetting.recruitment.engine import progress
from vetting.recruitment.engine.progress import DECIDED, Missing
from vetting.recruitment.finalist_questions import ENDED, asked_groups, takes_part
from vetting.recruitment.forms.candidacies import FinalistForm
from vetting.recruitment.forms.reveal import RevealForm
from vetting.recruitment.models import Candidacy
from vetting.recruitment.next_step import NextStep, Seen, next_step
from vetting.recruitment.panels import Move, kind_of
from vetting.recruitment.tasks import Group, disposed_words, groups_of, rows_of
from vetting.recruitment.waiver_page import start_note
from vetting.web.days import day_or_dash
from vetting.web.parts import Fact, Link

FIELDS = {
    "name": gettext_noop("Namn"),
    "contact": gettext_noop("Kontakt"),
    "number": gettext_noop("Nummer"),
}
UNREADABLE = gettext_noop("kan inte läsas")
CLEARS = "pool_clearance.grant"
WITH_A_NAME = {"mark_protected", "candidate_information", "reuse_checks", "add_note"}
"""Moves that there are none of for a person with protected identity."""
REUSED_IN = {"proposed", "checking", "returned", "cleared", "selected"}
# (permission, URL name, words, at once, states)
OWN_MOVES = (
    ("note.add", "add_note", gettext_noop("Skriv anteckning"), False, None),
    ("candidacy.edit", "edit_candidacy", gettext_noop("Ändra uppgifter"), False, None),
    (
        "candidacy.print_information",
        "candidate_information",
        gettext_noop("Skriv ut information"),
        False,
        None,
    ),
    ("candidacy.edit", "print_checklist", gettext_noop("Skriv ut checklista"), False, None),
    ("candidacy.edit", "reuse_checks", gettext_noop("Använd tidigare kontroller"), False, REUSED_IN),
    (
        "candidacy.set_reserve",
        "set_reserve",
        gettext_noop("Sätt som reserv"),
        True,
        {"proposed", "checking", "cleared"},
    ),
    ("candidacy.withdraw", "withdraw_candidacy", gettext_noop("Kandidaten har återtagit"), False, None),
    (
        "candidacy.mark_not_selected",
        "mark_not_selected",
        gettext_noop("Inte aktuell"),
        False,
        {"proposed", "reserve", "checking", "awaiting_security", "returned", "refused", "cleared"},
    ),
    ("candidacy.mark_protected", "mark_protected", gettext_noop("Skyddade personuppgifter"), False, None),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the finalist is: opened fields, or the form that opens them, or a neutral line."""

    opened: list[Fact]
    until: datetime | None
    form: RevealForm | None
    reveal_url: str
    hide_url: str
    alias: str
    kept_at: str
    handlers: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything about one finalist, or about the recruitment before there is one."""

    candidacy: Candidacy | None
    kind: str
    state: str
    ended: str
    progress: tuple[int, int]
    step: NextStep | None
    reuse_url: str
    ready: bool
    is_undecided: bool
    start_note: str
    started: str
    missing: list[Link]
    groups: list[Group]
    identity: Identity | None
    opinion: OpinionCard | None
    decision: list[Fact]
    decision_url: str
    moves: list[Move]
    propose: FinalistForm | None
    propose_url: str


def panel_of(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    candidacy: Candidacy | None,
    can: Mapping[str, bool],
    names: Mapping[UUID, str],
) -> Panel:
    """The panel as `actor` may see it. Without the right to see the finalists only one's own rows are left."""
    rows = rows_of(case, candidacy)
    mine = recordable(actor, case, rows)
    fillable = frozenset(row.spec.stage for row in mine) | asked_groups(actor, case, candidacy, can)
    seen = Seen(case, actor, can, fillable, candidacy)
    linked = can.get("check.view", can["candidacy.list"])
    if not can["candidacy.list"]:
        rows = mine
    kind, state = kind_of(case, candidacy) if candidacy is not None else ("", "")
    in_play = candidacy is not None and candidacy.state not in ENDED
    missing = progress.missing_for_start(case, candidacy) if candidacy is not None and in_play else []
    engagement = case.engagement_of(candidacy) if candidacy is not None else None
    step = next_step(seen)
    proposes = candidacy is None and step is not None and step.url == links.to("create_candidacy", case)
    return Panel(
        candidacy=candidacy,
        kind=kind,
        state=state,
        ended=_ended(candidacy),
        progress=progress.progress(rows),
        step=None if proposes else step,
        reuse_url=_reuse_url(case, candidacy, can),
        ready=candidacy is not None and in_play and progress.may_start(case, candidacy),
        is_undecided=candidacy is not None and case.decision_of(candidacy) is None,
        start_note=start_note(case, candidacy) if candidacy is not None else "",
        started=day_or_dash(engagement.started_on) if engagement and engagement.started_on else "",
        missing=[links.of_missing(case, item, candidacy, can) for item in sorted(missing, key=_turn)],
        groups=groups_of(case, candidacy, rows, set(fillable), linked=linked, can=can),
        identity=_identity(request, actor, case, candidacy, can, names) if candidacy is not None else None,
        opinion=opinion_card(case, candidacy, can) if candidacy is not None else None,
        decision=decision_facts(case, candidacy, can, names) if candidacy is not None else [],
        decision_url=links.if_open(links.to("sign_decision", case, candidacy), can)
        if candidacy is not None
        else "",
        moves=_moves(case, candidacy, can) if candidacy is not None else [],
        propose=FinalistForm(declares=takes_part(case, actor)) if proposes else None,
        propose_url=links.to("create_candidacy", case),
    )


def _turn(item: Missing) -> int:
    """In which turn a blocker is met: what stops everything, her checks, going on, the decision's, the rest."""
    if item.row is not None:
        stage = item.row.spec.stage
        return 4 if item.row.spec.intrusive else {"before_advert": 1, "finalist": 2}.get(stage, 5)
    if item.kind == "question":
        return {"opening": 1, "candidacy": 2}.get(QUESTIONS[item.code].asked_when[0], 5)
    if item.code == "proceed":
        return 3
    return 6 if item.code == "decision" else 0


def onward(actor: Actor, pk: UUID, candidacy: UUID | None = None) -> str:
    """Where a person goes on after a step: the next form that is hers to fill in, otherwise the recruitment's page."""
    case = Case.load(pk)
    own = next((c for c in case.candidacies if c.pk == candidacy), None) or first_in_it(case)
    can = abilities(actor, case, own)
    rows = recordable(actor, case, rows_of(case, own))
    fillable = frozenset(row.spec.stage for row in rows) | asked_groups(actor, case, own, can)
    step = next_step(Seen(case, actor, can, fillable, own))
    forms = {links.to(name, case, own) for name in ("open_recruitment", "sign_decision")}
    forms |= {links.group(case, group, own) for group in links.GROUPS}
    if step is not None and step.url in forms and not step.posts:
        return step.url
    return links.home(case, own)


def first_in_it(case: Case) -> Candidacy | None:
    """The first finalist who is still in it, or the first of all."""
    return next((c for c in case.candidacies if c.ended_on is None), next(iter(case.candidacies), None))


def _identity(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    candidacy: Candidacy,
    can: Mapping[str, bool],
    names: Mapping[UUID, str],
) -> Identity:
    handles = str(actor.person_id) in candidacy.handlers
    until = opened_until(request, candidacy.pk) if can["candidacy.reveal"] else None
    opened = _opened(request, candidacy) if until is not None else []
    may = can["candidacy.reveal"] and not candidacy.is_protected and candidacy.name is not None
    shown = candidacy.is_protected and handles
    return Identity(
        opened=opened,
        until=until if opened else None,
        form=RevealForm() if may and not opened else None,
        reveal_url=links.to("reveal_candidacy", case, candidacy),
        hide_url=links.to("hide_candidacy", case, candidacy),
        alias=candidacy.alias if shown else "",
        kept_at=candidacy.kept_at if shown else "",
        handlers=", ".join(names.get(UUID(p), "–") for p in candidacy.handlers) if shown else "",
    )


def _opened(request: HttpRequest, candidacy: Candidacy) -> list[Fact]:
    facts = []
    for field, label in FIELDS.items():
        opening = opening_of(request, candidacy.pk, field)
        if opening is None or getattr(candidacy, field) is None:
            continue
        try:
            facts.append(Fact(_(label), unseal(candidacy, field, opening)))
        except SealError:
            # Damaged or without its key: one marked value, not a fault of the whole page.
            facts.append(Fact(_(label), _(UNREADABLE)))
    return facts


def _moves(case: Case, candidacy: Candidacy, can: Mapping[str, bool]) -> list[Move]:
    if candidacy.state in ENDED or candidacy.disposed_on is not None:
        return []
    found = []
    if candidacy.state in DECIDED and gives_clearance(case.recruitment.form) and can.get(CLEARS):
        found.append(Move(_("Klar för pool"), links.to("grant_clearance", case, candidacy), False))
    if candidacy.state == Candidacy.State.STARTED:
        return found
    for permission, name, label, posts, states in OWN_MOVES:
        if not can.get(permission) or (states is not None and candidacy.state not in states):
            continue
        if candidacy.is_protected and name in WITH_A_NAME:
            continue
        url = links.to(name, case, candidacy)
        if url:
            found.append(Move(_(label), url, posts))
    return found


def _reuse_url(case: Case, candidacy: Candidacy | None, can: Mapping[str, bool]) -> str:
    """At an internal move only the difference is done: what holds already stands first."""
    if candidacy is None or case.recruitment.form != "internal_move" or candidacy.is_protected:
        return ""
    may = can.get("candidacy.edit") and candidacy.state in REUSED_IN
    return links.to("reuse_checks", case, candidacy) if may else ""


def _ended(candidacy: Candidacy | None) -> str:
    if candidacy is not None and candidacy.disposed_on is not None:
        return f"{disposed_words(candidacy.disposed_on)}."
    if candidacy is None or candidacy.ended_on is None:
        return ""
    if candidacy.state == Candidacy.State.WITHDRAWN:
        return _("Kandidaten återtog %(day)s.") % {"day": day_or_dash(candidacy.ended_on)}
    why = _(NOT_SELECTED.get(candidacy.end_reason, "")) if candidacy.end_reason else ""
    return _("Avslutad %(day)s. %(why)s") % {
        "day": day_or_dash(candidacy.ended_on),
        "why": f"{why}." if why else "",
    }
