"""*Delegationsordning*: who may decide on what, and changes of it, each with the signatures of two."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.pages import page
from vetting.administration.actions import delegation_order as act
from vetting.administration.delegation_held import facts_of_proposal
from vetting.administration.forms.delegation_order import LastDayForm, PointForm, SectionForm
from vetting.administration.queries import delegation_order as query
from vetting.administration.views.acting import pressed, under
from vetting.administration.views.base import once_of, show
from vetting.administration.views.two_persons import page_of_two
from vetting.organisation.models import DelegationPoint, DelegationProposal
from vetting.recruitment.actions.position import facts_of
from vetting.web.parts import Link


@dataclass(frozen=True, slots=True)
class OpenedPoint:
    """The point of the address, for the door."""

    point: DelegationPoint

    def facts_for(self, actor: Actor) -> Facts:
        """Its unit's place."""
        return facts_of(self.point.unit)


@dataclass(frozen=True, slots=True)
class OpenedProposal:
    """The proposal of the address, for the door."""

    proposal: DelegationProposal

    def facts_for(self, actor: Actor) -> Facts:
        """Its unit's place, who proposed it, and whom it gives something."""
        return facts_of_proposal(self.proposal, actor)


def load_point(point: UUID) -> OpenedPoint:
    """The point of the address. Raises Http404."""
    rows = DelegationPoint.objects.select_related("unit__authority", "delegate", "escalates_to")
    found = rows.filter(pk=point).first()
    if found is None:
        raise Http404
    return OpenedPoint(found)


def load_proposal(proposal: UUID) -> OpenedProposal:
    """The proposal of the address. Raises Http404."""
    rows = DelegationProposal.objects.select_related(
        "unit__authority", "delegate", "escalates_to", "proposed_by"
    )
    found = rows.filter(pk=proposal).first()
    if found is None:
        raise Http404
    return OpenedProposal(found)


@page("delegation_order.view")
def delegation_order(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The points in force and to come, and what waits for an answer."""
    context = {
        "points": query.points_for(actor),
        "proposed": query.proposed_points_for(actor),
        "may_propose": bool(query.units_to_propose_for(actor)),
    }
    return show(request, actor, "administration/delegation_order.html", context, here="delegation_order")


@page("delegation_order.propose", methods=("GET", "HEAD", "POST"))
def propose_point(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Propose a new point."""
    form = PointForm(
        request.POST or None, units=query.units_to_propose_for(actor), initial={"valid_from": actor.on}
    )

    def do() -> None:
        typed, delegate = form.cleaned_data, form.persons["delegate"]
        if delegate is None:
            raise AssertionError("the form has found the person")
        wanted = act.NewPoint(
            unit=form.units[typed["unit"]],
            code=typed["code"],
            forms=tuple(typed["engagement_forms"]),
            leading_posts=typed["leading_posts"],
            delegate=delegate,
            is_substitute=typed["is_substitute"],
            escalates_to=form.persons["escalates_to"],
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
        )
        act.propose_point(wanted, by=actor, once=form.once_key)

    title = _("Föreslå delegationspunkt")
    lead = _("Förslaget gäller inte förrän en annan person har bekräftat det mot nämndens beslut.")
    said = _("Förslaget är lagt. En annan person bekräftar det mot nämndens beslut.")
    shown = {"heading": title, "lead": lead}
    return page_of_two(request, actor, "delegation_order.propose", form, do, shown, back=_list(), said=said)


@page("delegation_order.propose", load=load_point, methods=("GET", "HEAD", "POST"))
def propose_point_end(request: HttpRequest, actor: Actor, opened: OpenedPoint, point: UUID) -> HttpResponse:
    """Propose the last day of a point."""
    form = LastDayForm(request.POST or None, initial={"last_day": actor.on})
    found = opened.point

    def do() -> None:
        act.propose_end(found, by=actor, last_day=form.cleaned_data["last_day"], once=form.once_key)

    shown = {
        "heading": _("Föreslå att punkten upphör"),
        "lead": _("Punkten gäller tills en annan person har bekräftat förslaget."),
        "facts": query.facts_about_point(found),
    }
    said = _("Förslaget är lagt. En annan person bekräftar det mot nämndens beslut.")
    back = _list()
    return page_of_two(
        request, actor, "delegation_order.propose", form, do, shown, back=back, said=said, subject=point
    )


@page("delegation_order.confirm", load=load_proposal, methods=("GET", "HEAD", "POST"))
def confirm_point(request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID) -> HttpResponse:
    """Confirm against the committee's decision."""
    form = SectionForm(request.POST or None)
    found = opened.proposal
    do = under(
        act.locked_proposal(proposal),
        lambda fresh: act.confirm_point(
            fresh, by=actor, section=form.cleaned_data["section"], once=form.once_key
        ),
    )
    shown = {
        "heading": _("Bekräfta delegationspunkt"),
        "lead": _("Läs förslaget mot nämndens beslut. När du bekräftar gäller det från sin första dag."),
        "facts": query.facts_about_point(found),
        "reject_url": reverse("reject_point", kwargs={"proposal": proposal}),
        "answered": found.state != DelegationProposal.State.PROPOSED,
    }
    said = _("Bekräftat. Delegationsordningen är ändrad.")
    back = _list()
    return page_of_two(
        request, actor, "delegation_order.confirm", form, do, shown, back=back, said=said, subject=proposal
    )


@page("delegation_order.confirm", load=load_proposal, methods=("POST",))
def reject_point(request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID) -> HttpResponse:
    """Say no."""
    do = under(
        act.locked_proposal(proposal), lambda fresh: act.reject_point(fresh, by=actor, once=once_of(request))
    )
    return pressed(
        request,
        actor,
        "delegation_order.confirm",
        do,
        said=_("Förslaget är avslaget. Inget har ändrats."),
        back=reverse("delegation_order"),
        subject=proposal,
    )


def _list() -> Link:
    return Link(_("Delegationsordning"), reverse("delegation_order"))
