"""Proposing that a sign-in begins anew or that two accounts are one person's, and answering that."""

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
from django.utils.translation import ngettext_lazy

from vetting.access.actor import Actor
from vetting.access.door import Facts, may_somewhere
from vetting.access.models import AccountProposal
from vetting.access.pages import page
from vetting.accounts.models import Account
from vetting.administration.account_page import address_of
from vetting.administration.accounts_held import facts_of_proposal
from vetting.administration.actions import proposals as act
from vetting.administration.actions.link import Consequences, confirm_link, consequences
from vetting.administration.forms.proposals import LinkForm, ResetForm, SeenForm
from vetting.administration.linking.pair import pair_of
from vetting.administration.queries.proposals import proposals
from vetting.administration.views.accounts import Opened, load_account
from vetting.administration.views.acting import pressed, saved, under
from vetting.administration.views.base import once_of, show, status_of, trail
from vetting.web.forms import BaseForm

# What is said of so many, by the name of what a link takes back (Consequences), in the order it is told.
FOLLOWS = {
    "opinions": ngettext_lazy(
        "%(n)s säkerhetsyttrande där båda har agerat återtas och begärs på nytt.",
        "%(n)s säkerhetsyttranden där båda har agerat återtas och begärs på nytt.",
        "n",
    ),
    "waivers": ngettext_lazy(
        "%(n)s undantag som en och samma person skrev under upphör, och kontrollen krävs igen.",
        "%(n)s undantag som en och samma person skrev under upphör, och kontrollerna krävs igen.",
        "n",
    ),
    "holds": ngettext_lazy(
        "%(n)s gallringsstopp som en och samma person hävde gäller igen.",
        "%(n)s gallringsstopp som en och samma person hävde gäller igen.",
        "n",
    ),
    "roles": ngettext_lazy(
        "%(n)s roll upphör: en person kan inte ha den, eller har gett den till sig själv.",
        "%(n)s roller upphör: en person kan inte ha dem, eller har gett dem till sig själv.",
        "n",
    ),
    "decided": ngettext_lazy(
        "%(n)s beslut vilar redan på ett sådant yttrande. Det står fast och behöver granskas av revisorn.",
        "%(n)s beslut vilar redan på sådana yttranden. De står fast och behöver granskas av revisorn.",
        "n",
    ),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """The proposal of the address, for the door."""

    proposal: AccountProposal

    def facts_for(self, actor: Actor) -> Facts:
        """Whom it is about, who proposed it, and where."""
        return facts_of_proposal(self.proposal, actor)


def load_proposal(proposal: UUID) -> Proposed:
    """The proposal of the address. Raises Http404."""
    found = proposals().filter(pk=proposal).first()
    if found is None:
        raise Http404
    return Proposed(found)


def load_reset(proposal: UUID) -> Proposed:
    """The same, of a lost sign-in. Raises Http404."""
    return _of_kind(load_proposal(proposal), "reset")


def load_link(proposal: UUID) -> Proposed:
    """The same, of two accounts. Raises Http404."""
    return _of_kind(load_proposal(proposal), "link")


def load_manager(proposal: UUID) -> Proposed:
    """The same, of a nearest manager. Raises Http404."""
    return _of_kind(load_proposal(proposal), "manager")


def _of_kind(found: Proposed, kind: str) -> Proposed:
    if found.proposal.kind != kind:
        raise Http404
    return found


@page("account.propose_reset", load=load_account, methods=("GET", "HEAD", "POST"))
def propose_reset(request: HttpRequest, actor: Actor, opened: Opened, account: UUID) -> HttpResponse:
    """Propose that somebody who cannot sign in begins anew."""
    form = ResetForm(request.POST or None)

    def do() -> None:
        act.propose_reset(opened.account, by=actor, once=form.once_key)

    return _proposing(request, actor, opened.account, "account.propose_reset", form, do)


@page("person.propose_link", load=load_account, methods=("GET", "HEAD", "POST"))
def propose_link(request: HttpRequest, actor: Actor, opened: Opened, account: UUID) -> HttpResponse:
    """Propose that this account and another belong to one person."""
    form = LinkForm(request.POST or None)

    def do() -> None:
        act.propose_link(opened.account, form.account, by=actor, once=form.once_key)

    return _proposing(request, actor, opened.account, "person.propose_link", form, do)


@page("account.confirm_reset", load=load_reset, methods=("GET", "HEAD", "POST"))
def confirm_reset(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Having seen the person: a first password, shown to who confirms, this once."""
    form = SeenForm(request.POST or None)
    secret: list[str] = []
    do = under(
        act.locked_proposal(proposal),
        lambda fresh: secret.append(act.confirm_reset(fresh, by=actor, once=form.once_key)),
    )
    back = reverse("role_list")
    answer = saved(request, actor, "account.confirm_reset", form, do, back=back, subject=proposal)
    if isinstance(answer, HttpResponse):
        return answer
    if answer and not secret:
        messages.success(request, _("Inloggningen är redan återställd. Lösenordet visas inte igen."))
        return redirect(back)
    if answer:
        shown = {"account": proposed.proposal.account, "secret": secret[0], "back": back}
        return show(request, actor, "administration/first_password.html", shown)
    return _answering(request, actor, proposed.proposal, form)


@page("person.confirm_link", load=load_link, methods=("GET", "HEAD", "POST"))
def confirm_link_page(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Count two as one: what follows is told before, and again after."""
    form = ResetForm(request.POST or None)
    told: list[Consequences] = []
    do = under(
        act.locked_proposal(proposal),
        lambda fresh: told.append(confirm_link(fresh, by=actor, once=form.once_key)),
    )
    answer = saved(
        request, actor, "person.confirm_link", form, do, back=reverse("role_list"), subject=proposal
    )
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        words = _("De två kontona räknas nu som en person överallt.")
        messages.success(request, " ".join([words, *_in_words(told[0] if told else Consequences())]))
        return redirect("role_list")
    one = proposed.proposal
    is_open = one.other is not None and one.account.person_id != one.other.person_id
    found = consequences(pair_of(one.account, one.other), actor) if is_open and one.other else Consequences()
    return _answering(request, actor, one, form, follows=_in_words(found))


@page("account.confirm_reset", load=load_reset, methods=("POST",))
def reject_reset(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Say no to a reset."""
    return _rejecting(request, actor, "account.confirm_reset", proposal)


@page("person.confirm_link", load=load_link, methods=("POST",))
def reject_link(request: HttpRequest, actor: Actor, proposed: Proposed, proposal: UUID) -> HttpResponse:
    """Say no to a link."""
    return _rejecting(request, actor, "person.confirm_link", proposal)


def _rejecting(request: HttpRequest, actor: Actor, permission: str, proposal: UUID) -> HttpResponse:
    do = under(
        act.locked_proposal(proposal),
        lambda fresh: act.reject_proposal(fresh, by=actor, once=once_of(request)),
    )
    said = _("Förslaget är avslaget.")
    return pressed(request, actor, permission, do, said=said, back=reverse("role_list"), subject=proposal)


def _proposing(
    request: HttpRequest,
    actor: Actor,
    account: Account,
    permission: str,
    form: BaseForm,
    do: Callable[[], Any],
) -> HttpResponse:
    back = address_of(account)
    answer = saved(request, actor, permission, form, do, back=back, subject=account.pk)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Förslaget är lagt. Inget har ändrats; en annan person svarar på det."))
        return redirect(back)
    kind = "reset" if permission == "account.propose_reset" else "link"
    shown = {"form": form, "account": account, "kind": kind, "back": back}
    context = shown | {"breadcrumbs": trail(account.username)}
    return show(request, actor, "administration/propose.html", context, status=status_of(request, form))


def _answering(
    request: HttpRequest, actor: Actor, proposal: AccountProposal, form: BaseForm, **context: object
) -> HttpResponse:
    shown = {
        "form": form,
        "proposal": proposal,
        "waits": proposal.state == AccountProposal.State.PROPOSED,
        "back": reverse("account_list" if may_somewhere(actor, "account.list") else "role_list"),
        "breadcrumbs": trail(_("Svara på förslag")),
        **context,
    }
    return show(request, actor, "administration/answer.html", shown, status=status_of(request, form))


def _in_words(found: Consequences) -> list[str]:
    """One sentence for each kind of thing that the link takes back."""
    counts = {name: getattr(found, name) for name in FOLLOWS}
    return [FOLLOWS[name] % {"n": count} for name, count in counts.items() if count]
