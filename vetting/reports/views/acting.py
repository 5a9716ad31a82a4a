"""One view for each declared act: the form, the keys, the act, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import View, page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.policy.permissions import PERMISSIONS
from vetting.reports.case import Case
from vetting.reports.labels import WRONG_STATE
from vetting.reports.vault import Vault
from vetting.reports.views.base import (
    INBOX,
    done,
    load_case,
    once_of,
    perform,
    show,
    to_unlock,
    trail,
    vault_of,
)
from vetting.reports.views.deed import Deed, Doing
from vetting.reports.views.deeds_giving import ROUTED
from vetting.web.errors import conflict
from vetting.web.forms import typed_in
from vetting.web.parts import Link


def routes(room: str) -> list[URLPattern]:
    """An address for each act."""
    return [path(f"{room}/<uuid:report>/{deed.code}/", _view_of(deed), name=deed.url_name) for deed in ROUTED]


def _view_of(deed: Deed) -> View:
    methods = ("POST",) if deed.form is None else ("GET", "HEAD", "POST")

    @page(deed.permission, load=load_case, methods=methods)
    def view(request: HttpRequest, actor: Actor, case: Case, report: UUID) -> HttpResponse:
        return _answer(deed, request, actor, case)

    return view


def _answer(deed: Deed, request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    back, vault = reverse("report_view", kwargs={"report": case.pk}), vault_of(request, actor)
    form = deed.form(request.POST or None, case=case, me=actor.person_id) if deed.form is not None else None
    if deed.seals and vault is None:
        return to_unlock(request, form, back=back)
    is_sent = request.method == "POST" and not is_resumed(request)
    if is_sent and (form is None or form.is_valid()):
        if PERMISSIONS[deed.permission].step_up:
            require_step_up(request)
        run = _locked(deed, request, actor, case.pk, vault, form)
        answer = perform(request, actor, deed.permission, run, back=back, form=form)
        if answer is not None:
            return answer
        if form is None or not form.errors:
            done(request, str(deed.said))
            return redirect(reverse(INBOX) if deed.code == "stand_aside" else back)
    if form is None:
        done(request, _("Inget är sparat än. Tryck på knappen en gång till."))
        return redirect(back)
    if not deed.is_offered(case, actor):
        return conflict(request, what=str(WRONG_STATE), back_url=back, typed=typed_in(form))
    return _page(deed, request, actor, case, form, vault)


def _locked(deed: Deed, request: HttpRequest, actor: Actor, pk: UUID, vault: Vault | None, form: Any) -> Any:
    def run() -> None:
        data = form.cleaned_data if form is not None else request.POST.dict()
        once = form.once_key if form is not None else once_of(request)
        with Case.locked(pk) as case:
            deed.run(Doing(case, actor, vault, data, form, once))

    return run


def _page(
    deed: Deed, request: HttpRequest, actor: Actor, case: Case, form: Any, vault: Vault | None
) -> HttpResponse:
    back = reverse("report_view", kwargs={"report": case.pk})
    context = {
        "deed": deed,
        "form": form,
        "report": case.report,
        "back": back,
        "vault": vault,
        "breadcrumbs": trail(Link(case.report.reference, back), str(deed.label)),
    }
    is_wrong = request.method == "POST" and not is_resumed(request) and form.errors
    return show(request, actor, "reports/act.html", context, status=422 if is_wrong else 200)
