"""The same for those ticked in the grid: who it can be done for, one confirmation, an entry for each, one notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.rounds import MOST_TOGETHER, TOGETHER
from vetting.recruitment import links
from vetting.recruitment.actions import together as acts
from vetting.recruitment.case import Case
from vetting.recruitment.forms.together import (
    DecideTogetherForm,
    NoteTogetherForm,
    StartTogetherForm,
    TogetherForm,
)
from vetting.recruitment.kept_list import with_query
from vetting.recruitment.models import Candidacy
from vetting.recruitment.rounds import judging, telling
from vetting.recruitment.rounds.grid import PARTS, grid_of
from vetting.recruitment.rounds.undeclared import WAIT, wanted
from vetting.recruitment.standing import point_to_sign_by
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.base import done, load_case, show
from vetting.recruitment.views.forming import saved, status_of, trail

BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that is done for several. `judge`: why not for one of them, or "".

    `concerns`: the state of those who are named with the reason, also where all of the filter were chosen.
    """

    permission: str
    heading: str
    verb: str
    form: Any
    judge: Callable[[Candidacy], str]
    do: Callable[[Case, Sequence[Candidacy]], acts.Outcome]
    context: dict[str, Any]
    concerns: str = ""


@page("check.view", load=load_case, methods=BOTH)
def note_together(request: HttpRequest, actor: Actor, case: Case, pk: UUID, code: str) -> HttpResponse:
    """The same result of one of the municipality's own checks for those ticked; a statutory one has no such page."""
    if code not in TOGETHER:
        raise Http404
    form = NoteTogetherForm(
        request.POST or None, code=code, today=case.today, version=case.recruitment.catalogue_on
    )
    name = _(CHECKPOINTS[code].name)

    def do(fresh: Case, people: Sequence[Candidacy]) -> acts.Outcome:
        typed = form.cleaned_data
        return acts.note_together(
            fresh, by=actor, people=people, code=code, outcome=typed["outcome"], evidence=form.evidence(),
            once=form.once_key,
        )  # fmt: skip

    doing = Doing(
        "check.record", name, _("Anteckna"), form,
        lambda candidacy: judging.not_noted(case, actor, candidacy, code), do,
        {"legal": legal_of(CHECKPOINTS[code])},
    )  # fmt: skip
    return _together(request, actor, case, doing)


@page("candidacy.proceed", load=load_case, methods=BOTH)
def proceed_together(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The decision to go on to the final checks, for those ticked."""
    form = TogetherForm(request.POST or None)
    doing = Doing(
        "candidacy.proceed", _("Gå vidare till slutkontroll"), _("Gå vidare"), form,
        lambda candidacy: judging.not_proceeding(case, actor, candidacy),
        lambda fresh, people: acts.proceed_together(fresh, by=actor, people=people, once=form.once_key),
        {},
    )  # fmt: skip
    return _together(request, actor, case, doing)


@page("decision.sign", load=load_case, methods=BOTH)
def decide_together(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The decision for those ticked, on the same terms; each is one decision of its own."""
    initial = {
        "planned_start": case.recruitment.planned_start,
        # The last day that was decided here, so that it is typed once for all of a round.
        "planned_end": next((e.planned_end for e in reversed(case.engagements) if e.planned_end), None),
        "case_number": case.recruitment.diary_number,
    }
    form = DecideTogetherForm(request.POST or None, initial=initial, of=case.recruitment.form)

    def do(fresh: Case, people: Sequence[Candidacy]) -> acts.Outcome:
        return acts.decide_together(
            fresh, by=actor, people=people, terms=form.terms(), once=form.once_key
        )  # fmt: skip

    kind = FORMS[case.recruitment.form]
    doing = Doing(
        "decision.sign", _(kind.decision_name), _("Besluta"), form,
        lambda candidacy: judging.not_decided(case, actor, candidacy), do,
        {"point": point_to_sign_by(case, actor), "form_name": _(kind.name)},
    )  # fmt: skip
    return _together(request, actor, case, doing)


@page("engagement.confirm_start", load=load_case, methods=BOTH)
def start_together(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Har börjat* for those ticked who may begin, on the same day; the others are named with what is missing."""
    form = StartTogetherForm(request.POST or None, initial={"started_on": case.today})
    doing = Doing(
        "engagement.confirm_start", _("Har börjat"), _("Anteckna start"), form,
        lambda candidacy: judging.not_starting(case, actor, candidacy),
        lambda fresh, people: acts.start_together(
            fresh, by=actor, people=people, started_on=form.cleaned_data["started_on"], once=form.once_key
        ),
        {}, concerns=Candidacy.State.SELECTED,
    )  # fmt: skip
    return _together(request, actor, case, doing)


def _together(request: HttpRequest, actor: Actor, case: Case, doing: Doing) -> HttpResponse:
    outcome: acts.Outcome = []
    form = doing.form

    def do(fresh: Case) -> None:
        outcome.extend(doing.do(fresh, _named(fresh, form.labels())))

    answer = saved(request, actor, case.pk, doing.permission, form, do)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        _tell(request, outcome)
        return redirect(_back(case, request))
    picked = _picked(request, case, doing)
    if not picked:
        alone = _("Ingen finns kvar i urvalet.") if request.GET.get("alla") else _("Kryssa i minst en rad.")
        messages.warning(request, alone)
        return redirect(_back(case, request))
    reasons = [(candidacy, doing.judge(candidacy)) for candidacy in picked]
    can = [candidacy for candidacy, reason in reasons if not reason]
    others = _unpicked(request, case, doing, picked)
    form.initial["pick"] = " ".join(candidacy.label for candidacy in can)
    context = {
        "case": case,
        "form": form,
        "doing": doing,
        "people": telling.labels(can, most=60),
        "count": len(can),
        "left_out": telling.by_reason(pair for pair in [*reasons, *others] if pair[1]),
        "back": _back(case, request),
        "breadcrumbs": [*trail(case, _("Omgång"))[:-1], *_way(case, doing.heading)],
        "undeclared": wanted(case, actor) if doing.permission in WAIT else None,
        **doing.context,
    }
    return show(
        request, actor, "recruitment/round_together.html", context, status=status_of(request, form)
    )  # fmt: skip


def _way(case: Case, here: str) -> list[Any]:
    return [links.Link(_("Omgång"), links.to("round_view", case)), links.Link(here)]


def _picked(request: HttpRequest, case: Case, doing: Doing) -> list[Candidacy]:
    """Those ticked, or - where all of the filter were chosen - the first for whom it can be done, in order."""
    if request.method == "POST":
        return _named(case, request.POST.get("pick", "").split())[:MOST_TOGETHER]
    if request.GET.get("alla"):
        part = request.GET.get("visa", "")
        lines = grid_of(case).part(part if part in PARTS else "alla")
        found: list[Candidacy] = []
        for line in lines:
            if len(found) == MOST_TOGETHER:
                break
            if line.part and not doing.judge(line.candidacy):
                found.append(line.candidacy)
        return found or [line.candidacy for line in lines if line.part][:MOST_TOGETHER]
    return _named(case, request.GET.getlist("k"))[:MOST_TOGETHER]


def _unpicked(
    request: HttpRequest, case: Case, doing: Doing, picked: Sequence[Candidacy]
) -> list[tuple[Candidacy, str]]:
    """Those it concerns and cannot be done for, where nobody ticked them one by one."""
    if request.method == "POST" or not request.GET.get("alla") or not doing.concerns:
        return []
    rest = [c for c in case.candidacies if c.state == doing.concerns and c not in picked]
    return [(candidacy, doing.judge(candidacy)) for candidacy in rest]


def _named(case: Case, labels: Sequence[str]) -> list[Candidacy]:
    """The finalists with these references, in order; what is not here is left out."""
    wanted = set(labels)
    return [candidacy for candidacy in case.candidacies if candidacy.label in wanted]


def _back(case: Case, request: HttpRequest) -> str:
    part = request.GET.get("visa", "")
    url = links.to("round_view", case)
    return with_query(url, f"visa={part}") if part in PARTS else url


def _tell(request: HttpRequest, outcome: acts.Outcome) -> None:
    """One notice: for how many it was done, and who was left out and why."""
    given = [candidacy for candidacy, error in outcome if error is None]
    if not outcome:
        done(request, _("Det är redan gjort."))
        return
    if given:
        said = ngettext("Gjort för %(n)s person: %(who)s.", "Gjort för %(n)s personer: %(who)s.", len(given))
        done(request, said % {"n": len(given), "who": telling.labels(given)})
    for fact in telling.left_out(outcome):
        messages.warning(
            request, _("Inte gjort för %(who)s: %(why)s") % {"who": fact.label, "why": fact.value}
        )
