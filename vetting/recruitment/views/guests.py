"""*Gästyttrare*: who has been proposed for one recruitment, and the form that proposes one more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.places import GUEST_DAYS
from vetting.policy.reasons import GUEST
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.actions.guest import Wanted, propose_guest
from vetting.recruitment.case import Case
from vetting.recruitment.forms.guest import GuestForm
from vetting.recruitment.guests import functions_of
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import GuestInvitation
from vetting.recruitment.queries.guests import invitations
from vetting.recruitment.relations import ENDED
from vetting.recruitment.views.base import done, load_case, perform, show
from vetting.recruitment.views.forming import trail

KIND = {"proposed": "waiting", "active": "done", "under_review": "done"}


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation in words, and its page among the roles."""

    invitation: GuestInvitation
    name: str
    kind: str
    words: str
    why: str


@page("guest.propose", load=load_case, methods=("GET", "HEAD", "POST"))
def propose(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Propose a guest; another head confirms the role, and the guest is let in to this recruitment alone."""
    concerns = functions_of(case)
    first = {
        "last_day": (actor.on + timedelta(days=GUEST_DAYS - 1)).isoformat(),
        "because": next(iter(concerns), ""),
    }
    form = GuestForm(request.POST or None, initial=first)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        answer = perform(request, actor, pk, "guest.propose", lambda case: _do(case, actor, form), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Gästen är föreslagen och ser ingenting förrän en annan chef har bekräftat."))
            return redirect("propose_guest", pk=pk)
    context = {
        "case": case,
        "form": None if case.recruitment.state in ENDED else form,
        "invited": [_invited(each, actor) for each in invitations(case)],
        "is_needed": bool(concerns),
        "breadcrumbs": trail(case, _("Gästyttrare")),
    }
    return show(request, actor, "recruitment/guests.html", context)


def _do(case: Case, actor: Actor, form: GuestForm) -> None:
    typed, account = form.cleaned_data, form.account
    if account is None:
        raise BadInput(username="no_guest")
    if account.person_id == actor.person_id:
        raise BadInput(username="no_guest")
    wanted = Wanted(account, typed["home"], typed["because"], typed["reason"], typed["last_day"])
    propose_guest(case, wanted, by=actor, once=form.once_key)


def _invited(invitation: GuestInvitation, actor: Actor) -> Invited:
    state = invitation.role_grant.state_on(actor.on)
    person = invitation.account.person
    name = _("Namnet visas inte") if person.is_protected else person.display_name
    why = _(GUEST[invitation.because])
    return Invited(invitation, name, KIND.get(state, "closed"), state_label("role_grant", state), why)
