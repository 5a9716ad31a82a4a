"""*Fördela*: give an assignment in a recruitment, or take one back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.grants import role_of
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.roles import ROLES
from vetting.recruitment.actions.assign import ASSIGNABLE, assign, unassign
from vetting.recruitment.case import Case
from vetting.recruitment.forms.assign import AssignForm, UnassignForm
from vetting.recruitment.models import RecruitmentGrant
from vetting.recruitment.queries.readers import access_to, earlier_managers
from vetting.recruitment.views.base import done, load_case, perform, show
from vetting.recruitment.views.forming import trail


@page("recruitment.assign", load=load_case, methods=("GET", "HEAD", "POST"))
def assign_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Who has an assignment, and the form that gives one. Nobody assigns herself."""
    people = [pair for pair in access_to(case).assignable if pair[0].person_id != actor.person_id]
    if request.method != "POST":  # a second click names somebody who has the assignment by now
        has = {(grant.user_id, role_of(grant.permission)) for grant in case.grants}
        people = [(account, role) for account, role in people if (account.pk, role) not in has]
    form = AssignForm(request.POST or None, people=people)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        account, role = form.chosen

        def do(case: Case) -> None:
            assign(
                case,
                by=actor,
                account=account,
                role=role,
                reason=form.cleaned_data["reason"],
                once=form.once_key,
            )

        answer = perform(request, actor, pk, "recruitment.assign", do, form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Uppdraget är givet."))
            return _onwards(actor, pk)
    grants = [(grant, _(ROLES[role_of(grant.permission)].name)) for grant in _takeable(case)]
    context = {
        "case": case,
        "form": form,
        "grants": grants,
        "people": people,
        "earlier": earlier_managers(case),
        "breadcrumbs": trail(case, _("Fördela")),
    }
    return show(request, actor, "recruitment/assign.html", context)


@page("recruitment.assign", load=load_case, methods=("GET", "HEAD", "POST"))
def unassign_recruitment(
    request: HttpRequest, actor: Actor, case: Case, pk: UUID, grant: UUID
) -> HttpResponse:
    """Take an assignment back; it stops working with the next request."""
    found = next((own for own in _takeable(case) if own.pk == grant), None)
    if found is None and request.method != "POST":
        raise Http404
    form = UnassignForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        answer = perform(
            request,
            actor,
            pk,
            "recruitment.assign",
            lambda case: unassign(
                case,
                by=actor,
                grant=_grant(case, grant),
                reason=form.cleaned_data["reason"],
                once=form.once_key,
            ),
            form=form,
        )
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Uppdraget är taget tillbaka."))
            return _onwards(actor, pk)
    if found is None:
        raise Http404
    context = {"case": case, "form": form, "grant": found, "role": _(ROLES[role_of(found.permission)].name)}
    return show(request, actor, "recruitment/unassign.html", context)


def _takeable(case: Case) -> list[RecruitmentGrant]:
    return [grant for grant in case.grants if role_of(grant.permission) in ASSIGNABLE]


def _grant(case: Case, pk: UUID) -> RecruitmentGrant:
    for grant in _takeable(case):
        if grant.pk == pk:
            return grant
    raise Http404


def _onwards(actor: Actor, pk: UUID) -> HttpResponse:
    """Back to the form where that is still open to this person; whoever gave up her own assignment goes home."""
    case = Case.load(pk)
    return (
        redirect("assign_recruitment", pk=pk)
        if ask(actor, "recruitment.assign", case.facts_for(actor))
        else redirect("work")
    )
