"""*Anställningar*: what is to be renewed and when, and the exit; never a new look-up in a register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment import links
from vetting.recruitment.actions import engagement as actions
from vetting.recruitment.case import Case
from vetting.recruitment.ended.standing import Standing, feed_standing
from vetting.recruitment.engine.progress import may_start, missing_for_start
from vetting.recruitment.engine.rows import candidacy_rows
from vetting.recruitment.engine.undated import undated
from vetting.recruitment.forms.engagement import BeginExitForm, CancelExitForm, CompleteExitForm, RenewalForm
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import Candidacy, Engagement
from vetting.recruitment.pool_card import clearance_card
from vetting.recruitment.queries import engagements
from vetting.recruitment.tasks import task_of
from vetting.recruitment.views.base import Part, done, gone, load_part, note_reading, perform, show
from vetting.recruitment.views.naming import candidacy_in, crumbs
from vetting.recruitment.waiver_page import start_note
from vetting.web.days import day_or_dash
from vetting.web.forms import BaseForm
from vetting.web.parts import Fact, Link

PER_PAGE = 25
KINDS = {
    "planned": "waiting",
    "not_started": "withdrawn",
    "active": "done",
    "exiting": "started",
    "ended": "closed",
}


@page("engagement.list")
def engagement_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who is about to begin, what is due, and who is leaving."""
    rows = engagements.followed(actor)
    counts = engagements.counts(rows)
    tab = request.GET.get("visa", "pagar")
    tab = tab if tab in engagements.TABS else "pagar"
    found = Paginator(engagements.of_page(rows.filter(engagements.TABS[tab]), actor.on), PER_PAGE).get_page(
        request.GET.get("sida")
    )
    feed = feed_standing(actor.on)
    labels = (
        ("borjar", _("Väntar på start")),
        ("pagar", _("Pågår")),
        ("avslutas", _("Avslutas")),
        ("avslutade", _("Avslutade")),
    )
    context = {
        "rows": [_row(each, actor.on) for each in _shown(found.object_list, actor, feed)],
        "feed": feed,
        "page": found,
        "tabs": [
            Link(words, f"?visa={code}", count=counts[code], current=code == tab) for code, words in labels
        ],
    }
    return show(request, actor, "recruitment/engagement_list.html", context)


def _shown(rows: Iterable[Engagement], actor: Actor, feed: Standing) -> list[engagements.Followed]:
    return engagements.shown(list(rows), actor.on, knows_who_left=not feed.is_old)


def _row(each: engagements.Followed, on: date) -> dict[str, Any]:
    engagement = each.engagement
    return {
        "engagement": engagement,
        "state": state_label("engagement", engagement.state),
        "kind": KINDS[engagement.state],
        "form": _(FORMS[engagement.form].name),
        "due": [(_(CHECKPOINTS[code].name), day, day < on) for code, day in each.due],
        "is_late": each.is_late,
        "is_undated": each.is_undated and engagement.state == Engagement.State.ACTIVE,
    }


@page("engagement.view", load=load_part)
def engagement_view(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """One engagement: the sign before the start, renewals during, and the exit."""
    case, candidacy = part.case, candidacy_in(part)
    if case.engagement_of(candidacy) is None:
        raise Http404
    note_reading(request, actor, case, "engagement.viewed", engagement=actions.name_of(case, candidacy))
    return _page(request, actor, case, candidacy)


def _renewals(case: Case, engagement: Engagement) -> list[dict[str, Any]]:
    on = case.today
    rows = []
    for code, day in sorted(engagement.renewals.items(), key=lambda pair: pair[1]):
        due = date.fromisoformat(day)
        rows.append(
            {
                "code": code,
                "name": _(CHECKPOINTS[code].name),
                "day": due,
                "is_late": due < on,
                "is_due": (due - on).days <= 30,
            }
        )
    return rows


def _due_choices(case: Case, candidacy: Candidacy, engagement: Engagement) -> list[tuple[str, str]]:
    days = sorted(engagement.renewals.items(), key=lambda pair: pair[1])
    words = _("%(name)s – senast %(day)s")
    without = [
        (code, _("%(name)s – saknar datum") % {"name": _(CHECKPOINTS[code].name)})
        for code in undated(case, candidacy)
    ]
    told = {code: date_format(date.fromisoformat(day), "j b Y") for code, day in days}
    return without + [
        (code, words % {"name": _(CHECKPOINTS[code].name), "day": day}) for code, day in told.items()
    ]


def _page(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    candidacy: Candidacy,
    bound: BaseForm | None = None,
) -> HttpResponse:
    engagement = case.engagement_of(candidacy)
    if engagement is None:
        raise Http404
    facts = case.facts_for(actor, candidacy=candidacy)
    offered = _forms(case, actor, candidacy, engagement, facts, bound)
    if bound is not None and bound not in offered.values():
        answer = gone(request, actor, case.pk, "engagement.view", bound)
        if answer is not None:
            return answer
    context = {
        "case": case,
        "candidacy": candidacy,
        "engagement": engagement,
        "state": state_label("engagement", engagement.state),
        "kind": KINDS[engagement.state],
        "facts": _facts(case, candidacy, engagement),
        "renewals": _renewals(case, engagement),
        "undated": [_(CHECKPOINTS[code].name) for code in undated(case, candidacy)],
        "is_told_yearly": engagement.state == "active" and "annual_declaration" not in engagement.renewals,
        "ready": may_start(case, candidacy),
        "start_note": start_note(case, candidacy),
        "missing": [links.of_missing(case, m, candidacy) for m in missing_for_start(case, candidacy)],
        "may_start": engagement.state == "planned" and ask(actor, "engagement.confirm_start", facts).allowed,
        "clearance": clearance_card(case, candidacy, actor, facts),
        "may_change_manager": engagement.ended_on is None and ask(actor, "recruitment.assign", facts).allowed,
        "breadcrumbs": [
            *crumbs(case, _("Anställning"))[:-1],
            Link(_("Anställning") + f" {candidacy.label}"),
        ],
        **offered,
        **_tasks(case, candidacy, engagement, linked=ask(actor, "check.view", facts).allowed),
    }
    return show(request, actor, "recruitment/engagement.html", context)


def _forms(
    case: Case,
    actor: Actor,
    candidacy: Candidacy,
    engagement: Engagement,
    facts: Facts,
    bound: BaseForm | None,
) -> dict[str, BaseForm | None]:
    """The forms open to this person in this state, with `bound` as typed in the place of its own kind."""

    def form(permission: str, state: str, kind: type[BaseForm], **kwargs: Any) -> BaseForm | None:
        if engagement.state != state or not ask(actor, permission, facts).allowed:
            return None
        return bound if type(bound) is kind else kind(**kwargs)

    due = _due_choices(case, candidacy, engagement)
    return {
        "renew_form": form("engagement.record_renewal", "active", RenewalForm, due=due) if due else None,
        "begin_form": form("engagement.begin_exit", "active", BeginExitForm),
        "cancel_form": form("engagement.cancel_exit", "exiting", CancelExitForm),
        "complete_form": form("engagement.complete_exit", "exiting", CompleteExitForm),
    }


def _tasks(case: Case, candidacy: Candidacy, engagement: Engagement, *, linked: bool) -> dict[str, Any]:
    """The checks from the start on, those of the exit once it has begun, and the way to what the exit waits for."""
    rows = [
        row for row in candidacy_rows(case, candidacy) if row.spec.stage in {"start", "employment", "exit"}
    ]
    shown = [row for row in rows if row.spec.stage != "exit" or engagement.state in {"exiting", "ended"}]
    waits = [row for row in rows if row.spec.code == "exit"][:1]
    return {
        "tasks": [task_of(case, row, candidacy, linked=linked) for row in shown],
        "exit_missing": [
            Link(_("Avslut"), links.of_row(case, row, candidacy)) for row in waits if not row.is_settled
        ],
    }


def _facts(case: Case, candidacy: Candidacy, engagement: Engagement) -> list[Fact]:
    return [
        Fact(_("Kandidat"), candidacy.label),
        Fact(_("Form"), _(FORMS[engagement.form].name)),
        Fact(_("Enhet"), case.unit.name),
        Fact(_("Första dag"), day_or_dash(engagement.started_on or engagement.planned_start)),
        Fact(_("Sista dag"), day_or_dash(engagement.ended_on or engagement.planned_end)),
    ]


def _post(
    request: HttpRequest,
    actor: Actor,
    part: Part,
    permission: str,
    form: BaseForm,
    act: Callable[..., None],
    names: tuple[str, ...],
    sentence: str,
) -> HttpResponse:
    """Show the form again, or do the act with what was typed in `names`."""
    case, candidacy = part.case, candidacy_in(part)
    if is_resumed(request) or not form.is_valid():
        return _page(request, actor, case, candidacy, form)
    typed = {name: form.cleaned_data[name] for name in names}
    answer = perform(
        request,
        actor,
        case.pk,
        permission,
        lambda now: act(now, by=actor, candidacy=now.candidacy(candidacy.pk), once=form.once_key, **typed),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _page(request, actor, case, candidacy, form)
    done(request, sentence)
    return redirect("engagement_view", pk=case.pk, candidacy=candidacy.pk)


@page("engagement.record_renewal", load=load_part, methods=("POST",))
def renew(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Note a renewed declaration, licence, permit, training or access review."""
    candidacy = candidacy_in(part)
    engagement = part.case.engagement_of(candidacy)
    due = _due_choices(part.case, candidacy, engagement) if engagement else []
    form = RenewalForm(request.POST, due=due)
    act, words = actions.record_renewal, _("Förnyelsen är antecknad.")
    names = tuple(name for name in ("code", "done_on", "valid_until") if name in form.fields)
    return _post(request, actor, part, "engagement.record_renewal", form, act, names, words)


@page("engagement.begin_exit", load=load_part, methods=("POST",))
def begin(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The engagement will end on a given day."""
    form, words = BeginExitForm(request.POST), _("Avslutet är påbörjat.")
    return _post(
        request, actor, part, "engagement.begin_exit", form, actions.begin_exit, ("last_day",), words
    )


@page("engagement.cancel_exit", load=load_part, methods=("POST",))
def cancel(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The engagement goes on after all."""
    form, words = CancelExitForm(request.POST), _("Anställningen eller uppdraget fortsätter.")
    return _post(
        request, actor, part, "engagement.cancel_exit", form, actions.cancel_exit, ("reason",), words
    )


@page("engagement.complete_exit", load=load_part, methods=("POST",))
def complete(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Access is closed and the reminder given."""
    form, words = CompleteExitForm(request.POST), _("Anställningen eller uppdraget är avslutat.")
    return _post(
        request, actor, part, "engagement.complete_exit", form, actions.complete_exit, ("ended_on",), words
    )
