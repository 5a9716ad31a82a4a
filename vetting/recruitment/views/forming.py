"""How a form page answers: show, show again with everything typed, or act once and go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy
from vetting.recruitment.views.base import Do, done, once_of, perform, show
from vetting.web.forms import BaseForm
from vetting.web.parts import Link

Once = UUID | None
Told = str | Callable[[], str]
"""Words or an address; worked out after the act where they depend on it."""


def saved(
    request: HttpRequest, actor: Actor, pk: UUID, permission: str, form: BaseForm, do: Do
) -> HttpResponse | bool:
    """True when the form was saved, False when it is to be shown, or the answer that ends the request (409)."""
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return False
    if PERMISSIONS[permission].step_up:
        require_step_up(request)
    answer = perform(request, actor, pk, permission, do, form=form)
    if answer is not None:
        return answer
    return not form.errors


def status_of(request: HttpRequest, form: BaseForm) -> int:
    """422 for a form sent back with errors; 200 for one that is shown or has come back from the sign-in."""
    return 422 if request.method == "POST" and not is_resumed(request) and form.errors else 200


def form_page(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    permission: str,
    form: BaseForm,
    do: Do,
    *,
    heading: str,
    submit: str,
    said: Told,
    candidacy: Candidacy | None = None,
    lead: str = "",
    colour: str = "",
    template: str = "recruitment/form.html",
    next_url: Told = "",
    **context: Any,
) -> HttpResponse:
    """A page with one form that does one thing and leads back to the recruitment."""
    back = links.home(case, candidacy)
    answer = saved(request, actor, case.pk, permission, form, do)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        done(request, said() if callable(said) else said)
        return redirect((next_url() if callable(next_url) else next_url) or back)
    shown = {
        "case": case,
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit,
        "colour": colour,
        "back": back,
        "breadcrumbs": trail(case, heading, candidacy),
        **context,
    }
    return show(request, actor, template, shown, status=status_of(request, form))


def act_page(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    permission: str,
    do: Callable[[Case, Once], Any],
    *,
    said: str,
    back: str,
) -> HttpResponse:
    """A button that does one thing at once. After a lost sign-in nothing is done: the page is shown again."""
    if is_resumed(request):
        done(request, _("Inget är sparat än. Tryck på knappen en gång till."))
        return redirect(back)
    if PERMISSIONS[permission].step_up:
        require_step_up(request)
    once = once_of(request)
    answer = perform(request, actor, case.pk, permission, lambda fresh: do(fresh, once))
    if answer is not None:
        return answer
    done(request, said)
    return redirect(back)


def trail(case: Case, here: str = "", candidacy: Candidacy | None = None) -> list[Link]:
    """The way here: the list, the recruitment, this page."""
    found = [Link(_("Rekryteringar"), _list_url())]
    title = f"{case.recruitment.reference} – {case.position.title}"
    if not here:
        return [*found, Link(title)]
    return [*found, Link(title, links.home(case, candidacy)), Link(here)]


def _list_url() -> str:
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse("recruitment_list")
    except NoReverseMatch:
        return "/"
