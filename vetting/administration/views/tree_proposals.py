"""Changes of units and authorities with two signatures: an authority's own page, and the answer to what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import NOTHING, Facts
from vetting.access.pages import page
from vetting.administration.actions import tree_proposals as act
from vetting.administration.forms.units import ConfirmForm, EditAuthorityForm
from vetting.administration.queries.tree_proposals import facts_about_change
from vetting.administration.views.acting import pressed, saved, under
from vetting.administration.views.base import once_of, show, status_of, trail
from vetting.administration.views.units import units_link
from vetting.organisation.models import Authority, TreeProposal


@dataclass(frozen=True, slots=True)
class Opened:
    """What the address names, for the door: whoever administers does so in the whole installation."""

    authority: Authority | None = None
    proposal: TreeProposal | None = None

    def facts_for(self, actor: Actor) -> Facts:
        """Nothing of it decides: the agreed cells are *no* or *all*."""
        return NOTHING


def load_authority(authority: UUID) -> Opened:
    """The authority of the address. Raises Http404."""
    found = Authority.objects.select_related("organisation").filter(pk=authority).first()
    if found is None:
        raise Http404
    return Opened(authority=found)


def load_change(proposal: UUID) -> Opened:
    """The proposal of the address. Raises Http404."""
    rows = TreeProposal.objects.select_related("unit__parent", "authority", "proposed_by")
    found = rows.filter(pk=proposal).first()
    if found is None:
        raise Http404
    return Opened(proposal=found)


@page("unit.edit", load=load_authority, methods=("GET", "HEAD", "POST"))
def edit_authority(request: HttpRequest, actor: Actor, opened: Opened, authority: UUID) -> HttpResponse:
    """What it is called, and whether posts in it are the functions' own: another administrator confirms."""
    found = opened.authority
    if found is None:
        raise Http404
    now = {name: getattr(found, name) for name in ("name", "diary_prefix", "is_control_function")}
    form = EditAuthorityForm(request.POST or None, initial=now)
    proposed: list[TreeProposal] = []

    def do() -> None:
        typed = form.cleaned_data
        proposal = act.propose_authority(
            found,
            by=actor,
            name=typed["name"],
            diary_prefix=typed["diary_prefix"],
            is_control_function=typed["is_control_function"],
            once=form.once_key,
        )
        proposed.extend([proposal] if proposal else [])

    back = reverse("unit_list")
    answer = saved(request, actor, "unit.edit", form, do, back=back, subject=authority)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        said = _("Förslaget är lagt. En annan systemförvaltare bekräftar det.")
        messages.success(request, said if proposed else _("Inget har ändrats."))
        return redirect(back)
    heading = _("Ändra nämnd eller bolag")
    lead = _("%(name)s. Ändringen gäller när en annan systemförvaltare har bekräftat den.") % {
        "name": found.name
    }
    context = {"form": form, "back": back, "heading": heading, "lead": lead}
    context["breadcrumbs"] = trail(units_link(), heading)
    return show(
        request, actor, "administration/two_signatures.html", context, status=status_of(request, form)
    )


@page("unit.edit", load=load_change, methods=("GET", "HEAD", "POST"))
def confirm_change(request: HttpRequest, actor: Actor, opened: Opened, proposal: UUID) -> HttpResponse:
    """Confirm what another administrator has proposed; one's own can be taken back."""
    found = opened.proposal
    if found is None:
        raise Http404
    form = ConfirmForm(request.POST or None)
    back = reverse("unit_list")
    do = under(
        act.locked_change(proposal), lambda fresh: act.confirm_change(fresh, by=actor, once=form.once_key)
    )
    answer = saved(
        request, actor, act.PERMISSION[act.Kind(found.kind)], form, do, back=back, subject=proposal
    )
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Bekräftat. Ändringen gäller nu."))
        return redirect(back)
    heading = _("Föreslagen ändring")
    context = {
        "form": form,
        "back": back,
        "heading": heading,
        "is_own": found.proposed_by_id == actor.person_id,
        "facts": facts_about_change(found),
        "reject_url": reverse("reject_change", kwargs={"proposal": proposal}),
        "answered": found.state != TreeProposal.State.PROPOSED,
        "breadcrumbs": trail(units_link(), heading),
    }
    return show(request, actor, "administration/tree_change.html", context, status=status_of(request, form))


@page("unit.edit", load=load_change, methods=("POST",))
def reject_change(request: HttpRequest, actor: Actor, opened: Opened, proposal: UUID) -> HttpResponse:
    """Say no, or take one's own back."""
    do = under(
        act.locked_change(proposal), lambda fresh: act.reject_change(fresh, by=actor, once=once_of(request))
    )
    return pressed(
        request,
        actor,
        "unit.edit",
        do,
        said=_("Förslaget är borta. Inget har ändrats."),
        back=reverse("unit_list"),
        subject=proposal,
    )
