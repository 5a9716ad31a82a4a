"""Why somebody sees a recruitment, and what a person or a role would see: asked by POST, written down, then shown."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import ask, somewhere
from vetting.access.models import RoleGrant
from vetting.access.pages import page
from vetting.accounts.models import Account, Person
from vetting.accounts.resume import is_resumed
from vetting.administration import explained
from vetting.administration.forms.access import ExplainForm, PreviewForm
from vetting.administration.previewed import by_subject
from vetting.administration.queries.explanation import explain, may_know_recusal
from vetting.administration.queries.preview import as_person, as_role, open_to
from vetting.administration.roles_held import facts_about
from vetting.administration.views.base import show, status_of, trail
from vetting.organisation.models import Authority, Unit
from vetting.policy.roles import ROLES
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.visible import reach_of


@page("access.explain", methods=("GET", "HEAD", "POST"))
def explain_access(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a person and a recruitment within one's reach; the answer is the door's own, told in sentences."""

    def find(reference: str) -> Recruitment | None:
        within = reach_of(actor, "access.explain").recruitments
        return within.filter(reference__iexact=reference).order_by().first()

    form = ExplainForm(request.POST or None, find=find, initial=_asked_about(request, actor))
    context: dict[str, object] = {"form": form, "breadcrumbs": trail(_("Varför ser någon det här?"))}
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        context |= _explanation(actor, form.person, Case.load(form.recruitment.pk))
    return show(
        request,
        actor,
        "administration/explain_access.html",
        context,
        here="explain_access",
        status=status_of(request, form),
    )


def _asked_about(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """The account behind the role that an address names by its id, for whoever sees the role: it names no person."""
    try:
        pk = UUID(request.GET.get("roll", ""))
    except ValueError:
        return {}
    grant = RoleGrant.objects.select_related("unit", "person").filter(pk=pk).first()
    if grant is None or grant.person.is_protected:
        return {}
    if not ask(actor, "role.list", facts_about(grant, actor)).allowed:
        return {}
    rows = Account.objects.filter(person=grant.person_id, is_active=True).order_by("created_at")
    return {"username": rows.values_list("username", flat=True).first() or ""}


def _explanation(actor: Actor, person: Person, case: Case) -> dict[str, object]:
    """The entry first, then what is shown. The entry names neither person, only the role that is asked about."""
    accounts = list(Account.objects.filter(person=person).order_by("username"))
    told = explain(case, [account for account in accounts if account.is_active], actor)
    role = somewhere(actor, "access.explain").role
    asked = next((one.actor.roles[0].role for one in told if one.actor.roles), "employee")
    facts = {"role": role, "reference": case.recruitment.reference, "target_role": asked}
    record("access.explained", actor.who(role), subject=case.pk, facts=facts)
    return {
        "case": case,
        "name": explained.name_of(person),
        "knows": may_know_recusal(case, actor),
        "shut": len(accounts) - len(told),
        "told": [
            (
                one.account.username if len(accounts) > 1 and len(told) == 1 else "",
                format_html(" – {}", one.account.username) if len(told) > 1 else "",
                explained.gives(case, one),
                explained.lacks(case, one),
            )
            for one in told
        ],
    }


@page("access.preview", methods=("GET", "HEAD", "POST"))
def preview_access(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a person, or a role and where it holds: what would be open, by subject. No content of any kind."""
    form = PreviewForm(
        request.POST or None,
        initial=_asked_about(request, actor),
        authorities=Authority.objects.order_by("name"),
        units=Unit.objects.select_related("authority").order_by("path"),
    )
    context: dict[str, object] = {"form": form, "breadcrumbs": trail(_("Vad skulle någon se?"))}
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        context |= _preview(actor, form)
    return show(
        request,
        actor,
        "administration/preview_access.html",
        context,
        here="preview_access",
        status=status_of(request, form),
    )


def _preview(actor: Actor, form: PreviewForm) -> dict[str, object]:
    if form.person is not None:
        seen, heading = as_person(form.person, actor), explained.name_of(form.person)
    else:
        role = form.cleaned_data["role"]
        seen, heading = as_role(role, form.places[form.cleaned_data["place"]]), _(ROLES[role].name)
    own_role = somewhere(actor, "access.preview").role
    said = {"role": own_role, "target_role": seen.roles[0].role}
    record("access.previewed", actor.who(own_role), facts=said)
    return {
        "heading": heading,
        "roles": [_(ROLES[held.role].name) for held in seen.roles],
        "subjects": by_subject(open_to(seen)),
    }
