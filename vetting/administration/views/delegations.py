"""Substitutes: who stands in for whom, naming one, ending one early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, may_somewhere
from vetting.access.models import Delegation
from vetting.access.pages import page
from vetting.administration.actions import delegations as act
from vetting.administration.delegations_held import facts_about, grants_of, with_names
from vetting.administration.forms.delegations import SubstituteForForm, SubstituteForm
from vetting.administration.queries.delegations import substitutes_for
from vetting.administration.views.acting import pressed, saved, under
from vetting.administration.views.base import once_of, show, status_of
from vetting.web.parts import Link


@dataclass(frozen=True, slots=True)
class Named:
    """The delegation of the address, for the door."""

    row: Delegation

    def facts_for(self, actor: Actor) -> Facts:
        """Whose it is, and where she has her roles."""
        return facts_about(self.row, actor, grants_of([self.row.absent_id]).get(self.row.absent_id, []))


def load_delegation(delegation: UUID) -> Named:
    """The delegation of the address. Raises Http404."""
    found = with_names().filter(pk=delegation).first()
    if found is None:
        raise Http404
    return Named(found)


@page("delegation.list")
def delegation_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who stands in for whom now and later, where one may see it."""
    context = {
        "substitutes": substitutes_for(actor),
        "may_create": may_somewhere(actor, "delegation.create"),
        "may_create_for": may_somewhere(actor, "delegation.create_for"),
    }
    return show(request, actor, "administration/delegation_list.html", context, here="delegation_list")


@page("delegation.create", methods=("GET", "HEAD", "POST"))
def create_delegation(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name one's own substitute."""
    form = SubstituteForm(request.POST or None, initial={"valid_from": actor.on})

    def do() -> None:
        typed = form.cleaned_data
        period = act.Period(typed["valid_from"], typed["valid_to"])
        act.create_delegation(by=actor, substitute=form.person, period=period, once=form.once_key)

    return _form(request, actor, "delegation.create", form, do, _("Utse ersättare"))


@page("delegation.create_for", methods=("GET", "HEAD", "POST"))
def create_delegation_for(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name a substitute for somebody absent; asks who one is once more."""
    form = SubstituteForForm(request.POST or None, initial={"valid_from": actor.on})

    def do() -> None:
        typed = form.cleaned_data
        act.create_delegation_for(
            by=actor,
            absent=form.absent_account.person,
            substitute=form.person,
            period=act.Period(typed["valid_from"], typed["valid_to"]),
            reason=typed["reason"],
            once=form.once_key,
        )

    return _form(request, actor, "delegation.create_for", form, do, _("Utse ersättare åt någon"))


def _form(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    form: SubstituteForm,
    do: Callable[[], Any],
    heading: str,
) -> HttpResponse:
    back = reverse("delegation_list")
    answer = saved(request, actor, permission, form, do, back=back)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Ersättaren är utsedd. Det börjar och slutar av sig självt."))
        return redirect("delegation_list")
    context = {
        "form": form,
        "heading": heading,
        "is_for_another": permission == "delegation.create_for",
        "breadcrumbs": [Link(_("Ersättare"), back), Link(heading)],
    }
    return show(
        request, actor, "administration/delegation_form.html", context, status=status_of(request, form)
    )


@page("delegation.end", load=load_delegation, methods=("POST",))
def end_delegation(request: HttpRequest, actor: Actor, named: Named, delegation: UUID) -> HttpResponse:
    """End it early, at once."""
    return pressed(
        request,
        actor,
        "delegation.end",
        under(
            act.locked_delegation(delegation),
            lambda row: act.end_delegation(row, by=actor, once=once_of(request)),
        ),
        said=_("Ersättningen är avslutad."),
        back=reverse("delegation_list"),
        subject=delegation,
    )
