"""One check: its page, and every step a person takes with it, each an address of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.access.reveal import open_fields
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment import links
from vetting.recruitment.actions import assessment, checks, protective, reuse, waiver
from vetting.recruitment.actions.checks import candidacy_of
from vetting.recruitment.case import Case
from vetting.recruitment.check_page import context_of, described, opened_facts, row_of
from vetting.recruitment.forms import checks as forms
from vetting.recruitment.models import Check
from vetting.recruitment.outcome_words import outcome_label
from vetting.recruitment.queries.reuse import is_by_exemption, reusable
from vetting.recruitment.views.base import Part, done, load_part, note_reading, show
from vetting.recruitment.views.forming import Once, act_page, saved, status_of, trail
from vetting.recruitment.waiver_page import waiver_form
from vetting.web.forms import BaseForm

Kept = dict[str, Any]


@page("check.view", load=load_part)
def check_view(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The check with its law, its state and the steps this person can take."""
    note_reading(request, actor, part.case, "check.viewed", check=_own(part).code)
    return check_answer(request, actor, part, {})


@page("check.record", load=load_part, methods=("POST",))
def record_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Record the result. When somebody else saved meanwhile both versions are shown and nothing is written."""
    return _record(request, actor, part, "record_check", "check.record")


@page("check.record_access", load=load_part, methods=("GET", "HEAD", "POST"))
def record_access(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The unit's access manager confirms that access is given; sees reference, position and unit only."""
    if request.method != "POST":
        return check_answer(request, actor, part, {})
    return _record(request, actor, part, "record_access", "check.record_access")


@page("check.begin", load=load_part, methods=("POST",))
def begin_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Begin, so that a colleague can tell untouched from unfinished."""
    return _act(request, actor, part, "check.begin", checks.begin_check, _("Kontrollen är påbörjad."))


@page("check.ask_candidate", load=load_part, methods=("POST",))
def ask_candidate(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The check waits for the candidate, who has been told what to hand in."""
    said = _("Kontrollen väntar på kandidaten.")
    return _act(request, actor, part, "check.ask_candidate", checks.ask_candidate, said)


@page("check.record_answer", load=load_part, methods=("POST",))
def record_answer(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The candidate's material has come."""
    said = _("Antecknat att underlaget har kommit.")
    return _act(request, actor, part, "check.record_answer", checks.record_answer, said)


@page("check.resume", load=load_part, methods=("POST",))
def resume_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The wait is over."""
    return _act(request, actor, part, "check.resume", checks.resume_check, _("Kontrollen är återupptagen."))


@page("check.restore", load=load_part, methods=("POST",))
def restore_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The check is needed after all."""
    return _act(request, actor, part, "check.restore", checks.restore_check, _("Kontrollen behövs."))


@page("check.pause", load=load_part, methods=("POST",))
def pause_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Wait for somebody other than the candidate."""
    form = forms.PauseForm(request.POST)
    said = _("Kontrollen är pausad.")
    return _post(
        request, actor, part, "pause_check", "check.pause", form, checks.pause_check, _kept(form), said
    )


@page("check.mark_not_applicable", load=load_part, methods=("POST",))
def mark_not_applicable(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID
) -> HttpResponse:
    """The check is not needed, with a reason from the list."""
    form = forms.NotNeededForm(request.POST)
    key, permission = "mark_not_applicable", "check.mark_not_applicable"
    said = _("Antecknat att kontrollen inte behövs.")
    return _post(request, actor, part, key, permission, form, checks.mark_not_applicable, _kept(form), said)


@page("check.reopen", load=load_part, methods=("POST",))
def reopen_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Open a recorded check for correction."""
    form = forms.ReopenForm(request.POST)
    said = _("Kontrollen är öppen för rättelse.")
    return _post(
        request, actor, part, "reopen_check", "check.reopen", form, checks.reopen_check, _kept(form), said
    )


@page("check.notify_candidate", load=load_part, methods=("POST",))
def notify_candidate(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The candidate has been told what has come up."""
    form = forms.ToldForm(request.POST, today=part.case.today)
    key, permission = "notify_candidate", "check.notify_candidate"
    said = _("Antecknat att kandidaten är informerad. Svar väntas inom fem arbetsdagar.")
    return _post(request, actor, part, key, permission, form, assessment.notify_candidate, _kept(form), said)


@page("check.record_reply", load=load_part, methods=("POST",))
def record_reply(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The candidate has replied, declined, or not been heard from in time."""
    form = forms.ReplyForm(request.POST, today=part.case.today)
    key, permission = "record_reply", "check.record_reply"
    said = _("Kandidatens svar är antecknat.")
    return _post(request, actor, part, key, permission, form, assessment.record_reply, _kept(form), said)


@page("check.assess", load=load_part, methods=("POST",))
def assess_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The three questions and the conclusion."""
    form = forms.AssessForm(request.POST, code=_own(part).code)
    said = _("Bedömningen är sparad och kontrollen är klar.")
    return _post(
        request, actor, part, "assess_check", "check.assess", form, assessment.assess_check, _kept(form), said
    )


@page("check.reuse", load=load_part, methods=("POST",))
def reuse_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Use an earlier check again, as old as it is."""
    earlier = {str(each.check.pk): each.check for each in reusable(part.case, actor, _own(part))}
    form = forms.ReuseForm(
        request.POST, earlier=[(key, row.recruitment.reference) for key, row in earlier.items()]
    )

    def kept() -> Kept:
        return {"earlier": earlier[form.cleaned_data["earlier"]]}

    said = _("Den tidigare kontrollen används.")
    if is_by_exemption(_own(part)):
        said = _("Undantaget är bekräftat.")
    return _post(request, actor, part, "reuse_check", "check.reuse", form, reuse.reuse_check, kept, said)


@page("waiver.propose", load=load_part, methods=("POST",))
def propose_waiver(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The first signature on a waiver; the catalogue says from which checks there may be one."""
    form = waiver_form(part.case, _own(part), request.POST)
    key, permission = "propose_waiver", "waiver.propose"
    said = _("Undantaget är föreslaget och väntar på den andra underskriften.")
    return _post(request, actor, part, key, permission, form, waiver.propose_waiver, form.typed, said)


@page("protective.request", load=load_part, methods=("POST",))
def request_vetting(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """Ask the protective-security function to examine the finalist."""
    said = _("Säkerhetsprövningen är begärd.")
    return _act(request, actor, part, "protective.request", protective.request_vetting, said)


@page("protective.confirm", load=load_part, methods=("POST",))
def confirm_vetting(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """The examination is done; neither level nor content."""
    form = forms.DoneForm(request.POST, today=part.case.today)
    key, permission = "confirm_vetting", "protective.confirm"
    said = _("Säkerhetsprövningen är klar.")
    return _post(request, actor, part, key, permission, form, protective.confirm_vetting, _kept(form), said)


@page("protective.end", load=load_part, methods=("POST",))
def end_vetting(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """End the examination without the row becoming done."""
    said = _("Prövningen är avslutad.")
    return _act(request, actor, part, "protective.end", protective.end_vetting, said)


def _record(request: HttpRequest, actor: Actor, part: Part, key: str, permission: str) -> HttpResponse:
    row = row_of(part.case, _own(part))
    form = forms.ResultForm(request.POST, row=row, today=part.case.today, seen=_own(part).entry_id)

    def do(case: Case, *, by: Actor, check: Check, once: Once, **kept: Any) -> None:
        if form.unchanged(check.entry_id, _saved_by_another(case, by, check, form.seen_value)):
            checks.record_check(case, by=by, check=check, once=once, **kept)

    def kept() -> Kept:
        return {"outcome": form.cleaned_data["outcome"], "evidence": form.evidence()}

    return _post(request, actor, part, key, permission, form, do, kept, _("Kontrollen är antecknad."))


def _saved_by_another(case: Case, actor: Actor, check: Check, seen: str) -> dict[str, str]:
    """What stands there now, field by field. Sealed evidence only for whom the door lets read it, and recorded."""
    if seen == str(check.entry_id) or not check.outcome:
        return {}
    words = {"outcome": outcome_label(row_of(case, check))}
    answer = ask(actor, "check.reveal", case.facts_for(actor, check=check))
    spec = CHECKPOINTS[check.code]
    shown = described(check.code, check.facts)
    if check.evidence is not None and answer:
        candidacy = candidacy_of(case, check)
        facts = {
            "role": answer.role,
            "reference": case.recruitment.reference,
            "candidacy": candidacy.label if candidacy else "",
            "check": check.code,
        }
        opening = open_fields(
            actor.who(answer.role), "check.revealed", subject=case.pk, facts=facts, fields=["evidence"],
            purpose="correct_entry",
        )  # fmt: skip
        shown = opened_facts(check, opening)
    names = [field.name for field in spec.fields]
    return words | dict(zip(names, (str(fact.value) for fact in shown), strict=False))


def _act(
    request: HttpRequest, actor: Actor, part: Part, permission: str, action: Callable[..., Any], said: str
) -> HttpResponse:
    pk = _own(part).pk

    def do(case: Case, once: Once) -> None:
        action(case, by=actor, check=case.check(pk), once=once)

    back = links.to("check_view", part.case, check=pk)
    return act_page(request, actor, part.case, permission, do, said=said, back=back)


def _post(
    request: HttpRequest, actor: Actor, part: Part, key: str, permission: str, form: BaseForm,
    action: Callable[..., Any], kept: Callable[[], Kept], said: str,
) -> HttpResponse:  # fmt: skip
    pk = _own(part).pk

    def do(case: Case) -> None:
        action(case, by=actor, check=case.check(pk), once=form.once_key, **kept())

    answer = saved(request, actor, part.case.pk, permission, form, do)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        done(request, said)
        return redirect(_after(part, permission))
    fresh = load_part(part.case.pk, check=pk)
    return check_answer(request, actor, fresh, {key: form}, status=status_of(request, form))


def _after(part: Part, permission: str) -> str:
    """Back to the recruitment when the check is settled; the check's own page while there is more to do."""
    if permission == "check.reuse" and _own(part).documentation == "note_shown_only":
        return links.to("sign_decision", part.case, candidacy_of(part.case, _own(part)))
    if permission in {"check.record", "check.record_access", "check.assess", "check.reuse"}:
        return links.home(part.case, candidacy_of(part.case, _own(part)))
    return links.to("check_view", part.case, check=_own(part).pk)


def _kept(form: BaseForm) -> Callable[[], Kept]:
    return lambda: {name: form.cleaned_data[name] for name in form.fields if name not in {"once", "seen"}}


def _own(part: Part) -> Check:
    if part.check is None:
        raise Http404
    return part.check


def check_answer(
    request: HttpRequest, actor: Actor, part: Part, bound: dict[str, BaseForm], *, status: int = 200
) -> HttpResponse:
    """The check's page, with the forms in `bound` (by key) as they were sent."""
    check = _own(part)
    context = context_of(request, actor, part.case, check, bound)
    context["breadcrumbs"] = trail(part.case, _(CHECKPOINTS[check.code].name), candidacy_of(part.case, check))
    context["form"] = next(iter(bound.values()), None)
    return show(request, actor, "recruitment/check.html", context, status=status)
