"""*Uppdrag åt andra*: which function works for which other authority, and changes of that, with two signatures."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import NOTHING, Facts, may_somewhere
from vetting.access.pages import page
from vetting.administration.actions import agreements as act
from vetting.administration.delegation_held import facts_of_agreement
from vetting.administration.forms.delegation_order import AgreementForm, LastDayForm, SectionForm
from vetting.administration.queries import delegation_order as query
from vetting.administration.queries.units import authorities
from vetting.administration.views.acting import pressed, under
from vetting.administration.views.base import once_of, show
from vetting.administration.views.two_persons import page_of_two
from vetting.organisation.models import AgreementProposal, ServiceAgreement
from vetting.web.parts import Link


@dataclass(frozen=True, slots=True)
class OpenedAgreement:
    """The agreement of the address, for the door: whoever proposes does so for the whole installation."""

    agreement: ServiceAgreement

    def facts_for(self, actor: Actor) -> Facts:
        """Nothing of it decides."""
        return NOTHING


@dataclass(frozen=True, slots=True)
class OpenedProposal:
    """The proposal of the address, for the door."""

    proposal: AgreementProposal

    def facts_for(self, actor: Actor) -> Facts:
        """Whose recruitments are reached by it, and who proposed it."""
        return facts_of_agreement(self.proposal, actor)


def load_agreement(agreement: UUID) -> OpenedAgreement:
    """The agreement of the address. Raises Http404."""
    found = ServiceAgreement.objects.select_related("provider", "receiver").filter(pk=agreement).first()
    if found is None:
        raise Http404
    return OpenedAgreement(found)


def load_proposal(proposal: UUID) -> OpenedProposal:
    """The proposal of the address. Raises Http404."""
    rows = AgreementProposal.objects.select_related("provider", "receiver", "proposed_by")
    found = rows.filter(pk=proposal).first()
    if found is None:
        raise Http404
    return OpenedProposal(found)


@page("unit.list")
def agreement_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every agreement in force or to come, and what waits for an answer."""
    may_propose = may_somewhere(actor, "service_agreement.propose")
    waiting = query.proposed_agreements(actor)
    ending = {row.agreement_id for row, _may in waiting}
    context = {
        "rows": [
            (
                row,
                query.function_name(row.function),
                may_propose and not row.valid_to and row.pk not in ending,
            )
            for row in query.agreements(actor.on)
        ],
        "proposed": [(row, query.function_name(row.function), may) for row, may in waiting],
        "may_propose": may_propose,
    }
    return show(request, actor, "administration/agreement_list.html", context, here="agreement_list")


@page("service_agreement.propose", methods=("GET", "HEAD", "POST"))
def propose_agreement(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Propose that a function works for another authority."""
    form = AgreementForm(request.POST or None, authorities=authorities(), initial={"valid_from": actor.on})

    def do() -> None:
        typed = form.cleaned_data
        wanted = act.NewAgreement(
            typed["function"],
            form.bodies[typed["provider"]],
            form.bodies[typed["receiver"]],
            typed["valid_from"],
            typed["valid_to"],
        )
        act.propose_agreement(wanted, by=actor, once=form.once_key)

    shown = {
        "heading": _("Föreslå uppdrag åt annan"),
        "lead": _(
            "Ingen når något genom förslaget. HR-chefen eller registratorn hos den som uppdraget utförs åt "
            "bekräftar det med sitt beslut."
        ),
    }
    return page_of_two(request, actor, "service_agreement.propose", form, do, shown, back=_list(actor))


@page("service_agreement.propose", load=load_agreement, methods=("GET", "HEAD", "POST"))
def propose_agreement_end(
    request: HttpRequest, actor: Actor, opened: OpenedAgreement, agreement: UUID
) -> HttpResponse:
    """Propose the last day of an agreement."""
    form = LastDayForm(request.POST or None, initial={"last_day": actor.on})
    found = opened.agreement

    def do() -> None:
        act.propose_agreement_end(found, by=actor, last_day=form.cleaned_data["last_day"], once=form.once_key)

    shown = {
        "heading": _("Föreslå att uppdraget upphör"),
        "lead": _("Uppdraget gäller tills en annan person har bekräftat förslaget."),
        "facts": query.facts_about_agreement(found),
    }
    return page_of_two(
        request, actor, "service_agreement.propose", form, do, shown, back=_list(actor), subject=agreement
    )


@page("service_agreement.confirm", load=load_proposal, methods=("GET", "HEAD", "POST"))
def confirm_agreement(
    request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID
) -> HttpResponse:
    """Confirm by the decision it rests on."""
    form = SectionForm(request.POST or None)
    found = opened.proposal
    do = under(
        act.locked_agreement(proposal),
        lambda fresh: act.confirm_agreement(
            fresh, by=actor, section=form.cleaned_data["section"], once=form.once_key
        ),
    )
    shown = {
        "heading": _("Bekräfta uppdrag åt annan"),
        "lead": _("Läs förslaget mot beslutet. När du bekräftar gäller det från sin första dag."),
        "facts": query.facts_about_agreement(found),
        "reject_url": reverse("reject_agreement", kwargs={"proposal": proposal}),
        "answered": found.state != AgreementProposal.State.PROPOSED,
    }
    return page_of_two(
        request, actor, "service_agreement.confirm", form, do, shown, back=_list(actor), subject=proposal
    )


@page("service_agreement.confirm", load=load_proposal, methods=("POST",))
def reject_agreement(
    request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID
) -> HttpResponse:
    """Say no."""
    do = under(
        act.locked_agreement(proposal),
        lambda fresh: act.reject_agreement(fresh, by=actor, once=once_of(request)),
    )
    return pressed(
        request,
        actor,
        "service_agreement.confirm",
        do,
        said=_("Förslaget är avslaget. Inget har ändrats."),
        back=reverse("agreement_list"),
        subject=proposal,
    )


def _list(actor: Actor) -> Link:
    """Where one comes from; a registrar of a company has no list of units and agreements."""
    name = "agreement_list" if may_somewhere(actor, "unit.list") else "role_list"
    return Link(_("Uppdrag åt andra"), reverse(name))
