"""*Komplettera efter start*: the manager's choice, from the check's own page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.recruitment import links
from vetting.recruitment.actions import defer
from vetting.recruitment.actions.checks import candidacy_of
from vetting.recruitment.case import Case
from vetting.recruitment.forms.waivers import DeferForm
from vetting.recruitment.views.base import Part, done, load_part
from vetting.recruitment.views.checks import check_answer
from vetting.recruitment.views.forming import saved, status_of


@page("waiver.defer", load=load_part, methods=("POST",))
def defer_check(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """One of the municipality's own checks is done within ten working days after the start."""
    form = DeferForm(request.POST)

    def do(case: Case) -> None:
        defer.defer_check(case, by=actor, check=case.check(check), once=form.once_key, **form.typed())

    answer = saved(request, actor, pk, "waiver.defer", form, do)
    if isinstance(answer, HttpResponse):
        return answer
    fresh = load_part(pk, check=check)
    if not answer:
        return check_answer(request, actor, fresh, {"defer_check": form}, status=status_of(request, form))
    done(request, _("Kontrollen kompletteras efter start. Till dess inga särskilda behörigheter."))
    own = fresh.case.check(check)
    return redirect(links.home(fresh.case, candidacy_of(fresh.case, own)))
