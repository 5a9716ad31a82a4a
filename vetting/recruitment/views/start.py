"""*Har börjat*: the large sign, and the day the person began."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.recruitment import links
from vetting.recruitment.actions.engagement import confirm_start
from vetting.recruitment.case import Case
from vetting.recruitment.engine.coming import starts_later
from vetting.recruitment.engine.progress import may_start, missing_for_start
from vetting.recruitment.forms.engagement import StartForm
from vetting.recruitment.models import Candidacy, Engagement
from vetting.recruitment.views.base import Part, done, gone, load_part, perform, show
from vetting.recruitment.views.naming import candidacy_in, crumbs
from vetting.recruitment.waiver_page import start_note


@page("engagement.confirm_start", load=load_part, methods=("GET", "HEAD", "POST"))
def confirm(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The sign says *Får börja* or what is missing; only the first has the button."""
    case, candidacy = part.case, candidacy_in(part)
    later = starts_later(case, candidacy)
    # Nobody has begun before her first day by pressing what was filled in already.
    form = StartForm(request.POST or None, initial={} if later else {"started_on": case.today})
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return _page(request, actor, case, candidacy, form)
    answer = perform(
        request,
        actor,
        case.pk,
        "engagement.confirm_start",
        lambda now: confirm_start(
            now,
            by=actor,
            candidacy=now.candidacy(candidacy.pk),
            started_on=form.cleaned_data["started_on"],
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return _page(request, actor, case, candidacy, form)
    done(request, _("%(who)s har börjat.") % {"who": candidacy.label})
    return redirect("engagement_view", pk=case.pk, candidacy=candidacy.pk)


def _page(
    request: HttpRequest, actor: Actor, case: Case, candidacy: Candidacy, form: StartForm
) -> HttpResponse:
    engagement = case.engagement_of(candidacy)
    ready = may_start(case, candidacy)
    is_planned = engagement is not None and engagement.state == Engagement.State.PLANNED
    if not is_planned and (answer := gone(request, actor, case.pk, "engagement.confirm_start", form)):
        return answer
    context = {
        "case": case,
        "candidacy": candidacy,
        "engagement": engagement,
        "ready": ready,
        "start_note": start_note(case, candidacy),
        "later": starts_later(case, candidacy),
        "is_planned": is_planned,
        "missing": [links.of_missing(case, m, candidacy) for m in missing_for_start(case, candidacy)],
        "form": form if is_planned and (ready or form.is_bound) else None,
        "breadcrumbs": crumbs(case, _("Har börjat")),
    }
    return show(request, actor, "recruitment/engagement_start.html", context)
