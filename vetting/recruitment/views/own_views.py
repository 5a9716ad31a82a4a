"""*Mina urval*: selections of the list kept under names of one's own; and what is new, marked as seen."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.own_choices import MOST_VIEWS
from vetting.recruitment.forms.own_choices import ViewForm
from vetting.recruitment.own_choices import (
    NameTaken,
    TooMany,
    choice_of,
    kept_of,
    mark_seen,
    remove_view,
    rename_view,
    save_view,
    saved_views,
)
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.queries.worklist import Choice, units_to_choose
from vetting.recruitment.views.base import done, show
from vetting.recruitment.views.worklist import chips_of
from vetting.web.parts import Link

KEEPS = "work.save_view"
POST_TOO = ("GET", "HEAD", "POST")


@page(KEEPS)
def view_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own selections: open, rename, remove."""
    if not may_somewhere(actor, "recruitment.list"):
        return redirect("work")
    names = _unit_names(actor)
    items = []
    for view in saved_views(actor):
        choice = choice_of(view, actor)
        words = [chip.label for chip in chips_of(choice, names, tab=True)]
        items.append((view, reverse("recruitment_list") + choice.address(), words))
    context = {"items": items, "breadcrumbs": _trail(_("Mina urval"))}
    return show(request, actor, "recruitment/own_views.html", context)


@page(KEEPS, methods=POST_TOO)
def keep_view(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the selection of the address under a name; the filters come along in the address, also of the post."""
    if not may_somewhere(actor, "recruitment.list"):
        return redirect("work")  # no list, nothing to select from
    choice = Choice.read(request.GET, actor)
    if not (choice.filters or choice.ordning or "visa" in request.GET):
        return redirect("recruitment_list")  # nothing is chosen
    form = ViewForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        try:
            save_view(actor, form.cleaned_data["name"], choice)
        except TooMany:
            form.add_error(None, _("Du har redan %(n)s urval. Ta bort ett först.") % {"n": MOST_VIEWS})
        else:
            done(request, _("Urvalet är sparat."))
            return redirect(reverse("recruitment_list") + Choice.read(kept_of(choice), actor).address())
    context = {
        "form": form,
        "words": [chip.label for chip in chips_of(choice, _unit_names(actor), tab=True, searched=False)],
        "searched": bool(choice.q),
        "back_url": reverse("recruitment_list") + choice.address(),
        "breadcrumbs": _trail(_("Spara urval")),
    }
    return show(request, actor, "recruitment/own_view_keep.html", context)


@page(KEEPS, methods=POST_TOO)
def rename_own_view(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Another name for the selection that the address names (`?urval=`); somebody else's does not exist here."""
    view = next((one for one in saved_views(actor) if one.pk == _pk(request.GET.get("urval"))), None)
    if view is None:
        return redirect("own_views")
    form = ViewForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        try:
            rename_view(actor, view.pk, form.cleaned_data["name"])
        except NameTaken:
            form.add_error("name", _("Du har redan ett urval som heter så."))
        else:
            done(request, _("Urvalet har fått ett nytt namn."))
            return redirect("own_views")
    context = {"form": form, "view": view, "breadcrumbs": _trail(_("Byt namn"))}
    return show(request, actor, "recruitment/own_view_rename.html", context)


@page(KEEPS, methods=("POST",))
def remove_own_view(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Remove one's own selection; the list itself is untouched."""
    pk = _pk(request.POST.get("urval"))
    if not is_resumed(request) and pk is not None and remove_view(actor, pk):
        done(request, _("Urvalet är borttaget."))
    return redirect("own_views")


@page(KEEPS, methods=("POST",))
def mark_news_seen(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What stood in *Nytt sedan sist* when its page was shown is not new any more; what came since then is."""
    if not is_resumed(request):
        mark_seen(actor, _moment(request.POST.get("value", "")))
        done(request, _("Det du har sett är inte längre nytt."))
    return redirect("work")


def _moment(text: str) -> datetime:
    """When the page was shown (UTC); now, where the field says nothing that can be read."""
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found is not None and found.tzinfo is not None else now()
    except (ValueError, OverflowError):  # no such day; one before the first or after the last there is in UTC
        return now()


def _pk(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _unit_names(actor: Actor) -> dict[str, str]:
    return {str(unit.pk): unit.name for unit in units_to_choose(reach_of(actor))}


def _trail(here: str) -> list[Link]:
    return [Link(_("Rekryteringar"), reverse("recruitment_list")), Link(here)]
