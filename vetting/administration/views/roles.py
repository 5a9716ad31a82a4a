"""Who holds which role; one role with its signatures, and the acts that can be taken on it."""

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

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask, may_somewhere
from vetting.access.models import RoleGrant
from vetting.access.pages import page
from vetting.accounts.models import Account
from vetting.administration.accounts_held import closable_of
from vetting.administration.actions import roles as act
from vetting.administration.first_steps import remaining
from vetting.administration.forms.roles import ProposeForm, RejectForm, RevokeForm
from vetting.administration.queries.accounts import has_claimed
from vetting.administration.queries.left_behind import without_anybody, work_of
from vetting.administration.queries.proposals import own_manager_proposals, to_answer
from vetting.administration.queries.role_holders import (
    confirmers_besides,
    holder_of,
    holders_for,
    proposals_for,
    roles_with_names,
)
from vetting.administration.role_page import ask_about, facts_of, invited_to, links_to, whose
from vetting.administration.roles_held import facts_about
from vetting.administration.views.acting import pressed, saved, under
from vetting.administration.views.base import once_of, show, status_of, trail
from vetting.organisation.models import Authority, Unit
from vetting.policy.places import CONFIRMING
from vetting.policy.roles import ROLES
from vetting.recruitment.queries.visible import reach_of


@dataclass(frozen=True, slots=True)
class Held:
    """The role of the address, for the door."""

    grant: RoleGrant

    def facts_for(self, actor: Actor) -> Facts:
        """Where it is held, whose it is and who proposed it."""
        return facts_about(self.grant, actor)


def load_role(role_grant: UUID) -> Held:
    """The role of the address. Raises Http404."""
    found = roles_with_names().filter(pk=role_grant).first()
    if found is None:
        raise Http404
    return Held(found)


@page("role.list")
def role_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who holds which role, since when and on whose signatures; what waits for another's comes first."""
    names_managers = may_somewhere(actor, "account.create")
    context = {
        "groups": [(_(ROLES[code].name), _(ROLES[code].purpose), rows) for code, rows in holders_for(actor)],
        "proposals": [(holder, _(ROLES[holder.grant.role].name)) for holder in proposals_for(actor)],
        "to_answer": to_answer(actor),
        "may_propose": may_somewhere(actor, "role.propose"),
        "may_change_manager": names_managers,
        "own_managers": own_manager_proposals(actor) if names_managers else [],
        "to_set_up": len(remaining()) if actor.holds("administrator") else 0,
        "may_revoke_keys": may_somewhere(actor, "recipient_key.revoke"),
        "left": links_to(without_anybody(actor)) if may_somewhere(actor, "recruitment.assign") else [],
    }
    return show(request, actor, "administration/role_list.html", context, here="role_list")


@page("role.propose", methods=("GET", "HEAD", "POST"))
def propose_role(request: HttpRequest, actor: Actor, account: UUID | None = None) -> HttpResponse:
    """Propose a role for somebody, from her account's own page for her; another person confirms it."""
    form = ProposeForm(
        request.POST or None,
        authorities=Authority.objects.order_by("name"),
        units=Unit.objects.select_related("authority").order_by("path"),
        initial={"username": _named(account), "valid_from": actor.on},
    )
    made: list[RoleGrant] = []

    def do() -> None:
        typed = form.cleaned_data
        days = {name: typed[name] for name in ("valid_from", "valid_to", "decided_on")}
        wanted = act.Wanted(
            form.person, typed["role"], form.chosen_place, reference=typed["reference"], **days
        )
        made.append(act.propose_role(wanted, by=actor, once=form.once_key))

    if request.method == "POST" and form.is_valid() and form.person.pk == actor.person_id:
        form.add_error(
            "username", _("Du kan inte föreslå en roll åt dig själv. En annan förvaltare får göra det.")
        )
    answer = saved(request, actor, "role.propose", form, do, back=reverse("role_list"))
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(
            request, _("Förslaget är lagt. Rollen ger ingen åtkomst förrän en annan person bekräftat den.")
        )
        return redirect("role_view", role_grant=made[0].pk) if made else redirect("role_list")
    context = {"form": form, "breadcrumbs": trail(_("Föreslå roll"))}
    return show(request, actor, "administration/propose_role.html", context, status=status_of(request, form))


@page("role.list", load=load_role)
def role_view(request: HttpRequest, actor: Actor, held: Held, role_grant: UUID) -> HttpResponse:
    """One role: whose, where, for how long and on whose signatures; and what this person may do about it."""
    grant = held.grant
    facts = held.facts_for(actor)
    is_open = {"revoke": grant.state == RoleGrant.State.ACTIVE}
    may = {
        name: is_open.get(name, grant.state == RoleGrant.State.PROPOSED)
        and ask(actor, f"role.{name}", facts).allowed
        for name in ("confirm", "reject", "withdraw", "revoke")
    }
    accounts, has_namesake = whose(grant) if may["confirm"] else ([], False)
    context = {
        "holder": holder_of(grant),
        "role": ROLES[grant.role],
        "facts": [*accounts, *facts_of(grant, actor.on), *invited_to(grant, actor)],
        "has_namesake": has_namesake,
        "may": may,
        "waits": grant.state == RoleGrant.State.PROPOSED,
        "unclaimed": not has_claimed(grant.person_id),
        "closable": closable_of(grant, actor),
        "ask_about": ask_about(grant, actor),
        "is_own": "grantee" in facts.relations or "proposer" in facts.relations,
        "breadcrumbs": trail(_(ROLES[grant.role].name)),
    }
    return show(request, actor, "administration/role.html", context)


@page("role.confirm", load=load_role, methods=("POST",))
def confirm_role(request: HttpRequest, actor: Actor, held: Held, role_grant: UUID) -> HttpResponse:
    """Sign another's proposal; asks for the password again."""
    return pressed(
        request,
        actor,
        "role.confirm",
        under(
            act.locked_role(role_grant),
            lambda grant: act.confirm_role(grant, by=actor, once=once_of(request)),
        ),
        said=_("Rollen är bekräftad och gäller från sin första dag."),
        back=_address(held),
        subject=role_grant,
    )


@page("role.withdraw", load=load_role, methods=("POST",))
def withdraw_role(request: HttpRequest, actor: Actor, held: Held, role_grant: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    return pressed(
        request,
        actor,
        "role.withdraw",
        under(
            act.locked_role(role_grant),
            lambda grant: act.withdraw_role(grant, by=actor, once=once_of(request)),
        ),
        said=_("Förslaget är tillbakataget."),
        back=_address(held),
        subject=role_grant,
    )


@page("role.reject", load=load_role, methods=("GET", "HEAD", "POST"))
def reject_role(request: HttpRequest, actor: Actor, held: Held, role_grant: UUID) -> HttpResponse:
    """Say no, with a reason from the list."""
    form = RejectForm(request.POST or None)
    do = under(
        act.locked_role(role_grant),
        lambda grant: act.reject_role(
            grant, by=actor, reason=form.cleaned_data["reason"], once=form.once_key
        ),
    )
    return _ending(request, actor, held, "role.reject", form, do, _("Förslaget är avslaget."))


@page("role.revoke", load=load_role, methods=("GET", "HEAD", "POST"))
def revoke_role(request: HttpRequest, actor: Actor, held: Held, role_grant: UUID) -> HttpResponse:
    """Take a role away at once; what stands without anybody after that is told first."""
    grant, warning = held.grant, ""
    if grant.role in CONFIRMING and not confirmers_besides(grant, actor):
        warning = _(
            "Ingen annan kan bekräfta roller här när rollen är borttagen. Se till att en ny är bekräftad först; "
            "annars krävs kommandot bootstrap på servern."
        )
    form = RevokeForm(request.POST or None, warning=warning)
    work = work_of(grant, actor.on)
    shown = links_to(reach_of(actor, "recruitment.list").recruitments.filter(pk__in=work.values("pk")))
    count = work.count()
    do = under(
        act.locked_role(role_grant),
        lambda grant: act.revoke_role(
            grant, by=actor, reason=form.cleaned_data["reason"], once=form.once_key
        ),
    )
    said = _("Rollen är borttagen. Nästa sida som personen öppnar nekas.")
    if count:
        said += " " + _("%(count)s pågående rekryteringar behöver en ny ansvarig.") % {"count": count}
    return _ending(
        request, actor, held, "role.revoke", form, do, said, work=shown, count=count, warning=warning
    )


def _ending(
    request: HttpRequest,
    actor: Actor,
    held: Held,
    permission: str,
    form: RejectForm | RevokeForm,
    do: Callable[[], Any],
    said: str,
    **context: object,
) -> HttpResponse:
    """The page of a step that needs a reason."""
    back = _address(held)
    answer = saved(
        request,
        actor,
        permission,
        form,
        do,
        back=back,
        subject=held.grant.pk,
    )
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        messages.success(request, said)
        return redirect(back)
    shown = {
        "form": form,
        "holder": holder_of(held.grant),
        "role": ROLES[held.grant.role],
        "kind": permission.removeprefix("role."),
        "back": back,
        "breadcrumbs": trail(_(ROLES[held.grant.role].name)),
        **context,
    }
    return show(request, actor, "administration/end_role.html", shown, status=status_of(request, form))


def _address(held: Held) -> str:
    return reverse("role_view", kwargs={"role_grant": held.grant.pk})


def _named(account: UUID | None) -> str:
    """The user name of an open account, for the form; nothing where none is named. Raises Http404."""
    if account is None:
        return ""
    found: str | None = (
        Account.objects.filter(pk=account, is_active=True).values_list("username", flat=True).first()
    )
    if found is None:
        raise Http404
    return found
