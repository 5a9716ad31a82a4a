"""*Närmaste chef*: proposed for a person by one who administers, answered by a head."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.models import AccountProposal
from vetting.access.pages import page
from vetting.accounts.models import Account, Person
from vetting.administration.actions import nearest_manager as act
from vetting.administration.actions.proposals import locked_proposal
from vetting.administration.forms.accounts import ManagerForm
from vetting.administration.views.accounts import Opened, load_account
from vetting.administration.views.acting import pressed, under
from vetting.administration.views.base import once_of
from vetting.administration.views.proposals import Proposed, load_manager
from vetting.administration.views.two_persons import page_of_two
from vetting.web.forms import BaseForm
from vetting.web.parts import Fact, Link

BOTH = ("GET", "HEAD", "POST")


@page("account.create", load=load_account, methods=BOTH)
def propose_manager(request: HttpRequest, actor: Actor, opened: Opened, account: UUID) -> HttpResponse:
    """Propose who decides on the person's conflicts of interest."""
    found = opened.account
    form = ManagerForm(request.POST or None)

    def do() -> None:
        act.propose_manager(found, form.line_manager, by=actor, once=form.once_key)

    shown = {
        "heading": _("Föreslå närmaste chef"),
        "lead": _("Chefen tar ställning till personens jäv. Lämna tomt om ingen ska vara chef."),
        "facts": [_whose(found), Fact(_("Närmaste chef"), _name(found.person.line_manager))],
    }
    back = Link(found.username, reverse("account_one", kwargs={"account": account}))
    return page_of_two(request, actor, "account.create", form, do, shown, back=back, subject=account)


@page("setting.confirm", load=load_manager, methods=BOTH)
def confirm_manager(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Say yes."""
    form, found = BaseForm(request.POST or None), proposed.proposal
    do = under(
        locked_proposal(proposal), lambda fresh: act.confirm_manager(fresh, by=actor, once=form.once_key)
    )
    shown = {
        "heading": _("Bekräfta närmaste chef"),
        "lead": _("Chefen tar ställning till personens jäv, också i det som redan väntar."),
        "facts": [
            _whose(found.account),
            Fact(_("Närmaste chef"), _name(found.other_person)),
            Fact(_("I stället för"), _name(found.account.person.line_manager)),
            Fact(_("Föreslaget av"), found.proposed_by.shown_name),
        ],
        "reject_url": reverse("reject_nearest_manager", kwargs={"proposal": proposal}),
        "answered": found.state != AccountProposal.State.PROPOSED,
    }
    return page_of_two(request, actor, "setting.confirm", form, do, shown, back=_list(), subject=proposal)


@page("setting.confirm", load=load_manager, methods=("POST",))
def reject_manager(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Say no."""
    do = under(
        locked_proposal(proposal), lambda fresh: act.reject_manager(fresh, by=actor, once=once_of(request))
    )
    said = _("Förslaget är avslaget. Inget har ändrats.")
    return pressed(request, actor, "setting.confirm", do, said=said, back=_list().url, subject=proposal)


@page("account.create", load=load_manager, methods=("POST",))
def withdraw_manager(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    do = under(
        locked_proposal(proposal), lambda fresh: act.withdraw_manager(fresh, by=actor, once=once_of(request))
    )
    said = _("Förslaget är tillbakataget. Inget har ändrats.")
    return pressed(request, actor, "account.create", do, said=said, back=_list().url, subject=proposal)


def _whose(account: Account) -> Fact:
    return Fact(_("Person"), account.person.shown_name, note=account.username)


def _name(person: Person | None) -> str:
    return person.shown_name if person is not None else "–"


def _list() -> Link:
    return Link(_("Behörigheter"), reverse("role_list"))
