"""One recruitment of a sample: what was done in it, and what is found in it. Reading it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts, ask
from vetting.access.pages import page, role_in
from vetting.access.reveal import open_fields
from vetting.accounts.resume import is_resumed
from vetting.crypto.errors import NoKey, SealError
from vetting.crypto.sealed import unseal
from vetting.oversight.actions import samples as actions
from vetting.oversight.forms.samples import ReviewForm
from vetting.oversight.models import Sampled
from vetting.oversight.views.samples import room
from vetting.policy.reasons import SAMPLE_REVIEWED
from vetting.recruitment import links
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import state_label
from vetting.recruitment.tasks import rows_of, task_of
from vetting.recruitment.views.base import done, show
from vetting.web.errors import conflict
from vetting.web.parts import Fact, Link, Task


@dataclass(frozen=True, slots=True)
class Looked:
    """The sampled recruitment, with its case: who has had a hand in it, the case says."""

    sampled: Sampled
    case: Case

    def facts_for(self, actor: Actor) -> Facts:
        """Of the sample, with the relations in which the actor stands to the recruitment."""
        return actions.facts_of_sampled(self.sampled, self.case, actor)


def load_sampled(sampled: UUID, **kwargs: object) -> Looked:
    """The sampled recruitment of the address. Raises Http404."""
    found = Sampled.objects.filter(pk=sampled).select_related("sample", "reviewed_by").first()
    if found is None:
        raise Http404
    return Looked(found, Case.load(found.recruitment_id))


@page("sample.review", load=load_sampled, methods=("GET", "HEAD", "POST"))
def review_sampled(request: HttpRequest, actor: Actor, looked: Looked, sampled: UUID) -> HttpResponse:
    """What was done, by state, day and who; nobody vetted is named, nothing opened but the reviewer's own words."""
    own = looked.sampled
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.review_sampled(
                own.pk, by=actor, result=typed["result"], note=typed["note"], once=form.once_key
            )
        except AlreadyDone:
            pass
        except Denied:
            raise Http404 from None
        except WrongState:
            back = reverse("sample_view", kwargs={"sample": own.sample_id})
            return conflict(request, what=_("Den här rekryteringen är redan granskad."), back_url=back)
        except BadInput as error:
            for name, code in error.errors.items():
                form.add_error(name, str(INPUT_ERRORS[code]))
            return _shown(request, actor, looked, form)
        done(request, _("Granskningen är antecknad."))
        return redirect("sample_view", sample=own.sample_id)
    return _shown(request, actor, looked, form)


def _shown(request: HttpRequest, actor: Actor, looked: Looked, form: ReviewForm) -> HttpResponse:
    own, case = looked.sampled, looked.case
    note = _opened(request, actor, looked)
    sample_url = reverse("sample_view", kwargs={"sample": own.sample_id})
    reference = case.recruitment.reference
    sees = ask(actor, "recruitment.view", case.facts_for(actor)).allowed
    by = own.reviewed_by
    context = {
        "breadcrumbs": room(actor, Link(own.sample.number, sample_url), Link(reference)),
        "sampled": own,
        "reference": reference,
        "position": case.position.title,
        "facts": [
            Fact(_("Enhet"), case.unit.name),
            Fact(_("Läge"), state_label("recruitment", case.recruitment.state)),
            Fact(
                _("Ansvarig chef"),
                _("namnet visas inte") if case.manager.is_protected else case.manager.display_name,
            ),
            Fact(_("Beslutad"), case.recruitment.decided_on),
        ],
        "case_url": links.home(case) if sees else "",
        "finalists": _done(case),
        "form": None if own.result else form,
        "result": _(SAMPLE_REVIEWED[own.result]) if own.result else "",
        "note": note,
        "by": "" if by is None or by.is_protected else by.display_name,
        "back": sample_url,
    }
    return show(request, actor, "oversight/sample_review.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, actor: Actor, looked: Looked) -> str:
    """Record the reading of the recruitment, before anything is shown; then the note, where there is one."""
    role = role_in(request)
    facts = {"role": role, "reference": looked.case.recruitment.reference}
    opening = open_fields(
        actor.who(role), "recruitment.viewed", subject=looked.case.pk, facts=facts, fields=("note",),
        purpose="review_sample",
    )  # fmt: skip
    try:
        return unseal(looked.sampled, "note", opening)
    except (NoKey, SealError):
        return ""


def _done(case: Case) -> list[tuple[str, list[Task]]]:
    """What was done for each finalist who was decided on; nothing of one whose identity is protected."""
    found = []
    for candidacy in case.candidacies:
        if case.decision_of(candidacy) is None or candidacy.is_protected:
            continue
        rows = [row for row in rows_of(case, candidacy) if row.spec.visible_to == "all"]
        found.append((candidacy.label, [task_of(case, row, candidacy, linked=False) for row in rows]))
    return found
