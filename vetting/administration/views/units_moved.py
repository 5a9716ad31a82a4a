"""A reorganisation: a unit is moved, replaced or ended; what stands in the way is told before anything is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.administration.actions import units_moved as act
from vetting.administration.actions.tree_proposals import propose_move, propose_replacement
from vetting.administration.forms.units import EndUnitForm, MoveForm, ReplaceForm
from vetting.administration.queries.in_the_way import InTheWay, in_the_way
from vetting.administration.queries.units import places
from vetting.administration.unit_tree import locked_unit
from vetting.administration.views.acting import saved, under
from vetting.administration.views.base import show, status_of
from vetting.administration.views.units import OpenedUnit, load_unit, unit_trail
from vetting.organisation.models import Unit
from vetting.web.forms import BaseForm

WHERE = {
    "units": ("unit.list", "unit_list", gettext_noop("Till enheterna")),
    "posts": ("position.list", "position_list", gettext_noop("Till befattningarna")),
    "roles": ("role.list", "role_list", gettext_noop("Till rollerna")),
    "points": ("delegation_order.view", "delegation_order", gettext_noop("Till delegationsordningen")),
}
"""What stands in the way → who may go where it is dealt with. Recruitments are ended by those who answer for them."""


@page("unit.move", load=load_unit, methods=("GET", "HEAD", "POST"))
def move_unit(request: HttpRequest, actor: Actor, opened: OpenedUnit, unit: UUID) -> HttpResponse:
    """The unit, with all below it, goes under another of the same authority."""
    found = opened.unit
    form = MoveForm(
        request.POST or None,
        units=_others(found, actor),
        authority=found.authority,
        initial={"on": actor.on},
    )

    def do(fresh: Unit) -> None:
        propose_move(fresh, by=actor, parent=form.chosen, on=form.cleaned_data["on"], once=form.once_key)

    said = _("Förslaget är lagt. En annan systemförvaltare bekräftar det.")
    return _answer(request, actor, found, "unit.move", form, do, said, {"kind": "move"})


@page("unit.move", load=load_unit, methods=("GET", "HEAD", "POST"))
def replace_unit(request: HttpRequest, actor: Actor, opened: OpenedUnit, unit: UUID) -> HttpResponse:
    """Another unit takes its place; what goes on in it is finished."""
    found = opened.unit
    form = ReplaceForm(request.POST or None, units=_others(found, actor), initial={"on": actor.on})

    def do(fresh: Unit) -> None:
        successor = form.chosen
        if successor is not None:
            propose_replacement(
                fresh, by=actor, successor=successor, on=form.cleaned_data["on"], once=form.once_key
            )

    said = _("Förslaget är lagt. En annan systemförvaltare bekräftar det.")
    return _answer(request, actor, found, "unit.move", form, do, said, {"kind": "replace"})


@page("unit.end", load=load_unit, methods=("GET", "HEAD", "POST"))
def end_unit(request: HttpRequest, actor: Actor, opened: OpenedUnit, unit: UUID) -> HttpResponse:
    """The unit's last day, when nothing stands in it any more."""
    found = opened.unit
    form = EndUnitForm(request.POST or None, initial={"last_day": actor.on})

    def do(fresh: Unit) -> None:
        act.end_unit(fresh, by=actor, last_day=form.cleaned_data["last_day"], once=form.once_key)

    stands = [_with_way(each, actor) for each in in_the_way(found, actor.on)]
    shown = {"kind": "end", "in_the_way": stands}
    said = _("Enhetens sista dag är sparad.")
    return _answer(request, actor, found, "unit.end", form, do, said, shown)


def _answer(
    request: HttpRequest,
    actor: Actor,
    found: Unit,
    permission: str,
    form: BaseForm,
    do: Callable[[Unit], None],
    said: str,
    shown: dict[str, Any],
) -> HttpResponse:
    back = reverse("unit_one", kwargs={"unit": found.pk})
    run = under(locked_unit(found.pk), do)
    answer = saved(request, actor, permission, form, run, back=back, subject=found.pk)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, said)
        return redirect(back)
    titles = {"move": _("Flytta enhet"), "replace": _("Ersätt enhet"), "end": _("Avsluta enhet")}
    title = titles[shown["kind"]]
    context = {
        "form": form,
        "unit": found,
        "back": back,
        "heading": title,
        "breadcrumbs": unit_trail(found, title),
        **shown,
    }
    return show(request, actor, "administration/change_unit.html", context, status=status_of(request, form))


def _others(unit: Unit, actor: Actor) -> list[Unit]:
    """The units of the same authority that are not in this one."""
    return [
        each for each in places(actor.on, authority=unit.authority) if not each.path.startswith(unit.path)
    ]


def _with_way(each: InTheWay, actor: Actor) -> InTheWay:
    """With a link to where it is dealt with, for whoever may open that page."""
    permission, name, label = WHERE.get(each.code, ("", "", ""))
    if not permission or not may_somewhere(actor, permission):
        return each
    return replace(each, label=_(label), url=reverse(name))
