"""*Inställningar*: what the municipality decides for itself, body by body, changed with two signatures and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import NOTHING, Facts, may_somewhere
from vetting.access.pages import page
from vetting.administration.actions import settings as act
from vetting.administration.forms.settings import SettingForm
from vetting.administration.queries import settings as query
from vetting.administration.settings_held import facts_of_setting, in_words, value_of
from vetting.administration.views.acting import pressed, under
from vetting.administration.views.base import once_of, show
from vetting.administration.views.two_persons import page_of_two
from vetting.organisation.models import Authority, SettingProposal
from vetting.policy.own_settings import SETTINGS
from vetting.web.forms import BaseForm
from vetting.web.parts import Fact, Link


@dataclass(frozen=True, slots=True)
class OpenedSetting:
    """The setting of the address; whoever proposes does so for the whole installation."""

    authority: Authority
    setting: str

    def facts_for(self, actor: Actor) -> Facts:
        """Nothing of it decides."""
        return NOTHING


@dataclass(frozen=True, slots=True)
class OpenedProposal:
    """The proposal of the address, for the door."""

    proposal: SettingProposal

    def facts_for(self, actor: Actor) -> Facts:
        """Where it holds, and who proposed it."""
        return facts_of_setting(self.proposal, actor)


def load_setting(authority: UUID, setting: str) -> OpenedSetting:
    """The setting of the address. Raises Http404."""
    found = Authority.objects.filter(pk=authority).first()
    if found is None or setting not in SETTINGS:
        raise Http404
    return OpenedSetting(found, setting)


def load_proposal(proposal: UUID) -> OpenedProposal:
    """The proposal of the address. Raises Http404."""
    found = SettingProposal.objects.select_related("authority", "proposed_by").filter(pk=proposal).first()
    if found is None:
        raise Http404
    return OpenedProposal(found)


@page("setting.view")
def setting_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every body's settings, what waits, and what has been changed and why."""
    context = {
        "bodies": query.bodies(actor),
        "earlier": query.earlier(),
        "may_propose": may_somewhere(actor, "setting.propose"),
    }
    return show(request, actor, "administration/setting_list.html", context, here="setting_list")


@page("setting.propose", load=load_setting, methods=("GET", "HEAD", "POST"))
def propose_setting(
    request: HttpRequest, actor: Actor, opened: OpenedSetting, authority: UUID, setting: str
) -> HttpResponse:
    """Propose another value."""
    body = opened.authority
    form = SettingForm(request.POST or None, authority=body, setting=setting, on=actor.on)

    def do() -> None:
        act.propose_setting(
            body, setting, form.value, form.cleaned_data["reason"], by=actor, once=form.once_key
        )

    said = SETTINGS[setting]
    shown = {
        "heading": _("Föreslå inställning"),
        "lead": _(said.what),
        "facts": [
            Fact(_("Var"), body.name),
            Fact(_(said.name), in_words(setting, value_of(body, setting)), note=_("som det är nu")),
        ],
    }
    return page_of_two(request, actor, "setting.propose", form, do, shown, back=_list(), subject=authority)


@page("setting.confirm", load=load_proposal, methods=("GET", "HEAD", "POST"))
def confirm_setting(
    request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID
) -> HttpResponse:
    """Say yes."""
    form, found = BaseForm(request.POST or None), opened.proposal
    do = under(
        act.locked_setting(proposal), lambda fresh: act.confirm_setting(fresh, by=actor, once=form.once_key)
    )
    said = SETTINGS[found.setting]
    shown = {
        "heading": _("Bekräfta inställning"),
        "lead": _("Läs förslaget och skälet. När du bekräftar gäller det från nu."),
        "facts": [
            Fact(_("Var"), found.authority.name),
            Fact(_(said.name), in_words(said.code, found.value), note=_(said.what)),
            Fact(_("I stället för"), in_words(said.code, found.before)),
            Fact(_("Skäl"), found.reason),
            Fact(_("Föreslaget av"), found.proposed_by.shown_name),
        ],
        "reject_url": reverse("reject_setting", kwargs={"proposal": proposal}),
        "answered": found.state != SettingProposal.State.PROPOSED,
    }
    return page_of_two(request, actor, "setting.confirm", form, do, shown, back=_list(), subject=proposal)


@page("setting.confirm", load=load_proposal, methods=("POST",))
def reject_setting(
    request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID
) -> HttpResponse:
    """Say no."""
    do = under(
        act.locked_setting(proposal),
        lambda fresh: act.reject_setting(fresh, by=actor, once=once_of(request)),
    )
    said = _("Förslaget är avslaget. Inget har ändrats.")
    return pressed(request, actor, "setting.confirm", do, said=said, back=_list().url, subject=proposal)


@page("setting.propose", load=load_proposal, methods=("POST",))
def withdraw_setting(
    request: HttpRequest, actor: Actor, opened: OpenedProposal, proposal: UUID
) -> HttpResponse:
    """Take one's own proposal back."""
    do = under(
        act.locked_setting(proposal),
        lambda fresh: act.withdraw_setting(fresh, by=actor, once=once_of(request)),
    )
    said = _("Förslaget är tillbakataget. Inget har ändrats.")
    return pressed(request, actor, "setting.propose", do, said=said, back=_list().url, subject=proposal)


def _list() -> Link:
    return Link(_("Inställningar"), reverse("setting_list"))
