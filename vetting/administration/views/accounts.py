"""*Konton*: who can sign in, a new account with its first password, and closing one at once."""

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
from vetting.access.door import Facts, ask, may_somewhere
from vetting.access.pages import page
from vetting.accounts.models import Account, Person
from vetting.administration.account_page import address_of, facts_about_account
from vetting.administration.accounts_held import closable, facts_of_account
from vetting.administration.actions import accounts as act
from vetting.administration.forms.accounts import AccountForm, CloseForm, PersonForm
from vetting.administration.queries.accounts import PER_PAGE, accounts, others_of, roles_of
from vetting.administration.queries.proposals import waiting_about
from vetting.administration.views.acting import saved, under
from vetting.administration.views.base import show, status_of, trail
from vetting.policy.roles import ROLES
from vetting.web.parts import Link
from vetting.web.text import has_hidden


@dataclass(frozen=True, slots=True)
class Opened:
    """The account of the address, for the door."""

    account: Account

    def facts_for(self, actor: Actor) -> Facts:
        """Whose it is, and where its person works."""
        return facts_of_account(self.account, actor)


def load_account(account: UUID) -> Opened:
    """The account of the address. Raises Http404."""
    found = Account.objects.select_related("person__line_manager").filter(pk=account).first()
    if found is None:
        raise Http404
    return Opened(found)


@page("account.list")
def account_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open accounts, or the closed ones, by name or user name."""
    search = _searched(request)
    closed = request.GET.get("visa") == "stangda"
    base = reverse("account_list")
    context = {
        "page": Paginator(accounts(search, closed=closed), PER_PAGE).get_page(request.GET.get("sida")),
        "search": search,
        "closed": closed,
        # Chosen in *Behörigheter*: each row leads straight to the proposal of another nearest manager.
        "for_manager": request.GET.get("gor") == "chef" and may_somewhere(actor, "account.create"),
        "tabs": [
            Link(_("Öppna"), base, count=accounts().count(), current=not closed),
            Link(_("Stängda"), f"{base}?visa=stangda", count=accounts(closed=True).count(), current=closed),
        ],
        "may_create": may_somewhere(actor, "account.create"),
    }
    return show(request, actor, "administration/account_list.html", context, here="account_list")


@page("account.create", methods=("GET", "HEAD", "POST"))
def create_account(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new account; the first password stands on the answer, this once."""
    form = AccountForm(request.POST or None)
    made: list[tuple[Account, str]] = []

    def do() -> None:
        typed = form.cleaned_data
        wanted = act.NewAccount(typed["username"], typed["name"], typed["email"], form.line_manager)
        made.append(act.create_account(wanted, by=actor, once=form.once_key))

    answer = saved(request, actor, "account.create", form, do, back=reverse("account_list"))
    if isinstance(answer, HttpResponse):
        return answer
    if answer and not made:
        messages.success(request, _("Kontot är redan upplagt. Lösenordet visades då, och visas inte igen."))
        return redirect("account_list")
    if answer:
        account, secret = made[0]
        context = {
            "account": account,
            "secret": secret,
            "back": address_of(account),
            "may_propose": may_somewhere(actor, "role.propose"),
            "breadcrumbs": trail(_accounts(), _("Nytt konto")),
        }
        return show(request, actor, "administration/first_password.html", context)
    context = {"form": form, "breadcrumbs": trail(_accounts(), _("Nytt konto"))}
    return show(
        request, actor, "administration/create_account.html", context, status=status_of(request, form)
    )


@page("account.list", load=load_account)
def account_one(request: HttpRequest, actor: Actor, opened: Opened, account: UUID) -> HttpResponse:
    """One account: whose, whether it is open, its person's other accounts and roles."""
    found = opened.account
    waiting = waiting_about(found)
    context = {
        "account": found,
        "facts": facts_about_account(found),
        "others": others_of(found),
        "roles": [(holder, _(ROLES[holder.grant.role].name)) for holder in roles_of(found)],
        "may": {
            "propose": found.is_active and may_somewhere(actor, "role.propose"),
            "edit": may_somewhere(actor, "account.create"),
            "manager": not any(each.kind == "manager" for each in waiting),
            "reset": found.is_active
            and not any(each.kind == "reset" for each in waiting)
            and ask(actor, "account.propose_reset", opened.facts_for(actor)).allowed,
            "link": ask(actor, "person.propose_link", opened.facts_for(actor)).allowed,
            "close": found.is_active and ask(actor, "account.disable", opened.facts_for(actor)).allowed,
        },
        "waiting": waiting,
        "breadcrumbs": trail(_accounts(), found.username),
    }
    return show(request, actor, "administration/account.html", context)


@page("account.create", load=load_account, methods=("GET", "HEAD", "POST"))
def edit_person(request: HttpRequest, actor: Actor, opened: Opened, account: UUID) -> HttpResponse:
    """What the person is called, and her address."""
    person = opened.account.person
    form = PersonForm(
        request.POST or None,
        seen=person.entry_id,
        initial=_typed(person),
    )
    back = reverse("account_one", kwargs={"account": account})

    def do(fresh: Account) -> None:
        if form.unchanged(fresh.person.entry_id, _typed(fresh.person)):
            typed = form.cleaned_data
            wanted = act.Edited(typed["name"], typed["email"])
            act.edit_person(fresh.person, wanted, by=actor, once=form.once_key)

    answer = saved(
        request,
        actor,
        "account.create",
        form,
        under(act.locked_account(account), do),
        back=back,
        subject=person.pk,
    )
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Uppgifterna är sparade."))
        return redirect(back)
    context = {
        "form": form,
        "account": opened.account,
        "back": back,
        "breadcrumbs": trail(_("Ändra uppgifter")),
    }
    return show(request, actor, "administration/edit_person.html", context, status=status_of(request, form))


@page("account.disable")
def account_closable(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The accounts that one may close at once: for the heads, who have no list of accounts."""
    search = _searched(request)
    found = Paginator(accounts(search), PER_PAGE).get_page(request.GET.get("sida"))
    found.object_list = closable(found.object_list, actor)
    context = {"page": found, "search": search, "breadcrumbs": trail(_("Stäng ett konto"))}
    return show(request, actor, "administration/account_closable.html", context)


@page("account.disable", load=load_account, methods=("GET", "HEAD", "POST"))
def disable_account(request: HttpRequest, actor: Actor, opened: Opened, account: UUID) -> HttpResponse:
    """Close the account: nobody signs in with it, and whoever is signed in is refused at the next page."""
    form = CloseForm(request.POST or None)
    sees = may_somewhere(actor, "account.list")
    back = reverse("account_one", kwargs={"account": account}) if sees else reverse("account_closable")
    do = under(
        act.locked_account(account),
        lambda fresh: act.disable_account(
            fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key
        ),
    )
    answer = saved(request, actor, "account.disable", form, do, back=back, subject=account)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, _("Kontot är stängt och dess inloggningar är avslutade."))
        return redirect(back)
    way = [_accounts()] if sees else [Link(_("Stäng ett konto"), back)]
    context = {
        "form": form,
        "account": opened.account,
        "back": back,
        "breadcrumbs": trail(*way, _("Stäng kontot")),
    }
    return show(
        request, actor, "administration/disable_account.html", context, status=status_of(request, form)
    )


def _typed(person: Person) -> dict[str, str]:
    """The person as her form has it."""
    return {"name": person.display_name, "email": person.email}


def _searched(request: HttpRequest) -> str:
    """What is looked for, when it can be a name."""
    typed = request.GET.get("namn", "").strip()[:150]
    return "" if has_hidden(typed) else typed


def _accounts() -> Link:
    return Link(_("Konton"), reverse("account_list"))
