"""*Enheter*: the tree, a new authority or unit, one unit and what can be changed of it where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import NOTHING, Facts, may_somewhere
from vetting.access.pages import page
from vetting.accounts.models import Account
from vetting.administration.actions import units as act
from vetting.administration.actions.tree_proposals import propose_edit
from vetting.administration.forms.units import AuthorityForm, EditUnitForm, UnitForm
from vetting.administration.queries import units as query
from vetting.administration.queries.tree_proposals import waiting_changes
from vetting.administration.unit_page import facts_about_unit
from vetting.administration.unit_tree import below, in_force, locked_unit
from vetting.administration.views.acting import saved, under
from vetting.administration.views.base import show, status_of, trail
from vetting.organisation.models import Organisation, TreeProposal, Unit
from vetting.web.parts import Link
from vetting.web.text import has_hidden


@dataclass(frozen=True, slots=True)
class OpenedUnit:
    """The unit of the address, for the door: whoever may see one unit sees them all."""

    unit: Unit

    def facts_for(self, actor: Actor) -> Facts:
        """Nothing of the unit decides: the agreed cells are *no* or *all*."""
        return NOTHING


def load_unit(unit: UUID) -> OpenedUnit:
    """The unit of the address. Raises Http404."""
    rows = Unit.objects.select_related("authority", "parent", "successor", "access_manager")
    found = rows.filter(pk=unit).first()
    if found is None:
        raise Http404
    return OpenedUnit(found)


@page("unit.list")
def unit_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The tree of units under their authorities and companies, or the ended ones."""
    typed = request.GET.get("q", "").strip()[:80]
    words = "" if has_hidden(typed) else typed
    ended = request.GET.get("visa") == "avslutade"
    found = Paginator(query.units(actor.on, words=words, ended=ended), query.PER_PAGE).get_page(
        request.GET.get("sida")
    )
    context = {
        "page": found,
        "rows": [(unit, query.profiles_of(unit)) for unit in found],
        "bodies": [] if words or ended else query.authorities(),
        "words": words,
        "ended": ended,
        "may_create": may_somewhere(actor, "unit.create"),
        "has_bodies": query.authorities().exists(),
        "may_edit": may_somewhere(actor, "unit.edit"),
        "waiting": waiting_changes(actor),
    }
    return show(request, actor, "administration/unit_list.html", context, here="unit_list")


@page("unit.list", load=load_unit)
def unit_one(request: HttpRequest, actor: Actor, opened: OpenedUnit, unit: UUID) -> HttpResponse:
    """One unit: where it stands, what kind of workplace it is, what is below it."""
    found = opened.unit
    is_open = found.valid_to is None or found.valid_to >= actor.on
    context = {
        "unit": found,
        "facts": facts_about_unit(found),
        "below": below(found).filter(in_force(actor.on)),
        "came": Unit.objects.filter(successor=found).order_by("name"),
        "may": {
            name: is_open and may_somewhere(actor, f"unit.{name}")
            for name in ("create", "edit", "move", "end")
        },
        "waiting": [row for row in waiting_changes(actor) if row.proposal.unit_id == found.pk],
        "breadcrumbs": trail(units_link(), found.name),
    }
    return show(request, actor, "administration/unit.html", context)


@page("unit.create", methods=("GET", "HEAD", "POST"))
def create_authority(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A committee or a company; with the first one the municipality itself."""
    kind = Organisation.Kind.MUNICIPALITY
    form = AuthorityForm(request.POST or None, is_first=not Organisation.objects.filter(kind=kind).exists())

    def do() -> None:
        typed = form.cleaned_data
        wanted = act.NewAuthority(
            typed["name"], typed["entity"], typed["diary_prefix"], typed.get("municipality", "")
        )
        act.create_authority(wanted, by=actor, once=form.once_key)

    back = reverse("unit_list")
    answer = saved(request, actor, "unit.create", form, do, back=back)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Det är upplagt. Lägg nu upp enheterna under det."))
        return redirect(back)
    context = {"form": form, "breadcrumbs": trail(units_link(), _("Ny nämnd eller nytt bolag"))}
    return show(
        request, actor, "administration/create_authority.html", context, status=status_of(request, form)
    )


@page("unit.create", methods=("GET", "HEAD", "POST"))
def create_unit(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new unit, below the one that the address names where it does."""
    initial = {"valid_from": actor.on, "place": request.GET.get("under", "")[:36]}
    form = UnitForm(
        request.POST or None,
        authorities=query.authorities(),
        units=query.places(actor.on),
        initial=initial,
    )

    def do() -> None:
        typed, (authority, parent) = form.cleaned_data, form.chosen
        wanted = act.NewUnit(authority, parent, typed["name"], tuple(typed["profiles"]), typed["valid_from"])
        act.create_unit(wanted, by=actor, once=form.once_key)

    answer = saved(request, actor, "unit.create", form, do, back=reverse("unit_list"))
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Enheten är upplagd."))
        return redirect("unit_list")
    context = {"form": form, "breadcrumbs": trail(units_link(), _("Ny enhet"))}
    return show(request, actor, "administration/create_unit.html", context, status=status_of(request, form))


@page("unit.edit", load=load_unit, methods=("GET", "HEAD", "POST"))
def edit_unit(request: HttpRequest, actor: Actor, opened: OpenedUnit, unit: UUID) -> HttpResponse:
    """What the unit is called, what kind of workplace it is, who closes access there."""
    found = opened.unit
    form = EditUnitForm(request.POST or None, seen=found.entry_id, initial=_typed(found))
    back = reverse("unit_one", kwargs={"unit": unit})

    proposed: list[TreeProposal] = []

    def do(fresh: Unit) -> None:
        typed = form.cleaned_data
        if form.unchanged(fresh.entry_id, _typed(fresh)):
            proposal = propose_edit(
                fresh,
                by=actor,
                name=typed["name"],
                profiles=typed["profiles"],
                access_manager=form.person,
                once=form.once_key,
            )
            proposed.extend([proposal] if proposal else [])

    answer = saved(request, actor, "unit.edit", form, under(locked_unit(unit), do), back=back, subject=unit)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        said = _("Förslaget är lagt. En annan systemförvaltare bekräftar det.")
        messages.success(request, said if proposed else _("Uppgifterna är sparade."))
        return redirect(back)
    context = {"form": form, "unit": found, "back": back, "breadcrumbs": unit_trail(found, _("Ändra enhet"))}
    return show(request, actor, "administration/edit_unit.html", context, status=status_of(request, form))


def _typed(unit: Unit) -> dict[str, object]:
    """The unit as its form has it. An account that is closed is not told: its person can close no access."""
    username = ""
    if unit.access_manager_id is not None:
        rows = Account.objects.filter(person=unit.access_manager_id, is_active=True)
        username = rows.order_by("created_at").values_list("username", flat=True).first() or ""
    return {"name": unit.name, "profiles": unit.profiles, "access_manager": username}


def units_link() -> Link:
    """The way back to the tree."""
    return Link(_("Enheter"), reverse("unit_list"))


def unit_trail(unit: Unit, here: str) -> list[Link]:
    """The way to a page about one unit."""
    return trail(units_link(), Link(unit.name, reverse("unit_one", kwargs={"unit": unit.pk})), here)
