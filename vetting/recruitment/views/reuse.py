"""*Använd tidigare kontroller*: what holds already with the same employer, taken over with one click."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment import links
from vetting.recruitment.actions.reuse_together import Outcome, Pair, reuse_together
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy
from vetting.recruitment.queries import reuse_all
from vetting.recruitment.reuse_words import again, holding
from vetting.recruitment.views.base import Part, done, load_part, note_reading, perform, show
from vetting.recruitment.views.forming import trail
from vetting.recruitment.views.naming import candidacy_in
from vetting.web.forms import BaseForm

PICK = "pick"


@page("check.view", load=load_part, methods=("GET", "HEAD", "POST"))
def reuse_checks(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """The finalist's open checks: those that hold, ticked, and the others with why; one button takes them over."""
    case, own = part.case, candidacy_in(part)
    if request.method == "POST" and not is_resumed(request):
        form, pairs = BaseForm(request.POST), _pairs(request.POST.getlist(PICK))
        if form.is_valid() and pairs:
            return _take_over(request, actor, case, own, pairs, form.once_key)
        messages.error(request, _("Kryssa i minst en kontroll."))
    note_reading(request, actor, case, "recruitment.viewed")
    offers = reuse_all.offers(case, actor, own)
    later = [CHECKPOINTS[code] for code in reuse_all.later(case, own)]
    context = {
        "case": case,
        "candidacy": own,
        "form": BaseForm(),
        "is_move": case.recruitment.form == "internal_move",
        "holding": [holding(each) for each in offers if each.earlier is not None],
        "again": [again(each) for each in offers if each.earlier is None],
        "later": [_(spec.name) for spec in later if spec.reuse == "within_limit"],
        "breadcrumbs": trail(case, _("Tidigare kontroller"), own),
        "back": links.home(case, own),
    }
    return show(request, actor, "recruitment/reuse.html", context)


def _pairs(sent: list[str]) -> list[Pair]:
    """What was ticked, a check and the earlier one each; what is no such pair is left out."""
    found: list[Pair] = []
    for value in sent:
        check, _sep, earlier = value.partition(":")
        try:
            found.append((UUID(check), UUID(earlier)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _take_over(
    request: HttpRequest, actor: Actor, case: Case, own: Candidacy, pairs: list[Pair], once: UUID
) -> HttpResponse:
    outcome: Outcome = []

    def do(fresh: Case) -> None:
        mine = fresh.candidacy(own.pk)
        outcome.extend(reuse_together(fresh, by=actor, candidacy=mine, pairs=pairs, once=once))

    answer = perform(request, actor, case.pk, "check.reuse", do)
    if answer is not None:
        return answer
    taken = sum(error is None for _check, error in outcome)
    if taken:
        said = ngettext("%(n)s tidigare kontroll används.", "%(n)s tidigare kontroller används.", taken)
        done(request, said % {"n": taken})
    for check, error in outcome:
        if error is not None:
            words = {"check": _(CHECKPOINTS[check.code].name)}
            messages.warning(
                request, _("%(check)s togs inte över: den kan inte användas igen här längre.") % words
            )
    return redirect(links.home(case, own))
