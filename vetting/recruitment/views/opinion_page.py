"""The opinion's one screen: the question, the material, what changed, and the four answers; blind until concluded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask, may_somewhere
from vetting.access.pages import page
from vetting.access.reveal import opened_until
from vetting.accounts.models import Person
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.places import GUEST
from vetting.recruitment import opinion_sheet as sheet
from vetting.recruitment.actions.opinion import changed_since_last_round, take_opinion
from vetting.recruitment.actions.vote import decide_opinion, withdraw_vote
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed, confirmed_in
from vetting.recruitment.engine.progress import may_decide_against
from vetting.recruitment.forms.opinion import BallotForm
from vetting.recruitment.guests import UNDER_WAY, is_left_to_guest
from vetting.recruitment.in_list import around_opinion
from vetting.recruitment.labels import OPINION_KIND, state_label
from vetting.recruitment.models import Opinion
from vetting.recruitment.tasks import legal_of
from vetting.recruitment.views.base import (
    Part,
    done,
    gone,
    load_part,
    note_reading,
    once_of,
    perform,
    show,
)
from vetting.recruitment.views.naming import crumbs, opinion_in
from vetting.recruitment.views.opinion_reveal import material, reasons
from vetting.recruitment.views.opinion_sign import Signing, ballot_of, how_text
from vetting.web.parts import Link


@dataclass(frozen=True, slots=True)
class Ballots(Part):
    """As the part, but whoever has given her opinion comes in once more, so that a second click gets its answer.

    The action asks the door again, with everything; a second opinion is refused there.
    """

    def facts_for(self, actor: Actor) -> Facts:
        """The part's facts without the person's own earlier vote."""
        facts = self.case.facts_for(actor, opinion=self.opinion)
        return replace(facts, relations=facts.relations - {"other_approver"})


def load_ballots(pk: UUID, opinion: UUID, **kwargs: Any) -> Ballots:
    """The case and the opinion of the address. Raises Http404."""
    part = load_part(pk, opinion=opinion)
    return Ballots(part.case, opinion=part.opinion)


@page("opinion.view", load=load_part)
def opinion_view(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """The page; a candidacy in the address means its newest round."""
    if part.opinion is None and part.candidacy is not None:
        newest = part.case.current_opinion(part.candidacy)
        if newest is None:
            raise Http404
        return redirect("opinion_view", pk=part.case.pk, opinion=newest.pk)
    opinion = opinion_in(part)
    label = part.case.candidacy(opinion.candidacy_id).label
    note_reading(request, actor, part.case, "opinion.viewed", candidacy=label)
    return opinion_page(request, actor, part.case, opinion)


def opinion_page(
    request: HttpRequest, actor: Actor, case: Case, opinion: Opinion, form: BallotForm | None = None
) -> HttpResponse:
    """The screen, with `form` as typed where it is shown again."""
    facts = case.facts_for(actor, opinion=opinion)
    candidacy = case.candidacy(opinion.candidacy_id)

    def may(permission: str) -> bool:
        return ask(actor, permission, facts).allowed

    is_open = opinion.state in UNDER_WAY and case.current_opinion(candidacy) is opinion
    own_vote = next((v for v in case.votes_of(opinion) if v.person_id == actor.person_id), None)
    is_guest = GUEST in facts.assigned
    waits_for_guest = is_open and not is_guest and is_left_to_guest(case, opinion)
    may_vote = _may_vote(actor, case, opinion)
    if (
        not may_vote
        and form is not None
        and (answer := gone(request, actor, case.pk, "opinion.decide", form))
    ):
        return answer
    changed = changed_since_last_round(case, opinion)
    names = _names(opinion)
    context = {
        "case": case,
        "opinion": opinion,
        "candidacy": candidacy,
        "question": sheet.question(case, candidacy.label),
        "state": state_label("opinion", opinion.state),
        "kind": OPINION_KIND[opinion.state],
        "facts": sheet.sheet_facts(case, opinion, names.get(opinion.preparer_id, "")),
        "tasks": sheet.tasks(case, opinion, linked=may("check.view")),
        "is_renewed": opinion.round > 1,
        "changed": len(changed),
        "conditions": sheet.condition_labels(opinion),
        "excluded": sheet.excluded(actor, "opinion.decide", facts) if is_open and own_vote is None else "",
        "form": (form or BallotForm()) if may_vote else None,
        "waits_for_guest": waits_for_guest and own_vote is None,
        "may_invite": waits_for_guest and may("guest.propose"),
        "may_take": is_open
        and not waits_for_guest
        and "approver" not in facts.relations
        and may("opinion.take"),
        "may_withdraw": is_open
        and own_vote is not None
        and opinion.state == Opinion.State.HALF_GIVEN
        and may("opinion.withdraw_vote"),
        "has_voted": own_vote is not None,
        "may_take_next": own_vote is not None and may_somewhere(actor, "opinion.take"),
        "how": how_text(request) if may_vote else "",
        "confirmed": confirmed_in(case, opinion),
        "is_half": is_open and opinion.state == Opinion.State.HALF_GIVEN,
        "may_reveal": may("candidacy.reveal"),
        "material": material(request, case, opinion),
        "until": opened_until(request, candidacy.pk),
        "may_read_reasons": opinion.concluded_on is not None and may("opinion.reveal_reason"),
        "reasons": reasons(request, case, opinion),
        "may_escalate": opinion.state == Opinion.State.REFUSED and may("opinion.escalate"),
        "may_decide_against": may_decide_against(case, candidacy),
        "may_sign": may("decision.sign"),
        "weight": sheet.weight(opinion),
        "may_end": opinion.state == Opinion.State.REFUSED and may("candidacy.mark_not_selected"),
        "legal": legal_of(CHECKPOINTS["security_opinion"]),
        "around": around_opinion(request, actor, case, opinion),
        "rounds": [_round(other) for other in case.opinions if other.candidacy_id == candidacy.pk],
        "breadcrumbs": _crumbs(actor, case, through=may("recruitment.view")),
    }
    return show(request, actor, "recruitment/opinion_page.html", context)


def _may_vote(actor: Actor, case: Case, opinion: Opinion) -> bool:
    is_open = (
        opinion.state in UNDER_WAY and case.current_opinion(case.candidacy(opinion.candidacy_id)) is opinion
    )
    if not is_open or case.recruitment.on_hold:
        return False
    facts = case.facts_for(actor, opinion=opinion)
    if GUEST not in facts.assigned and is_left_to_guest(case, opinion):
        return False
    return ask(actor, "opinion.decide", facts).allowed


@page("opinion.decide", load=load_ballots, methods=("POST",))
def decide(request: HttpRequest, actor: Actor, part: Ballots, **kwargs: Any) -> HttpResponse:
    """Give one's opinion."""
    case, opinion = part.case, opinion_in(part)
    form = BallotForm(request.POST)
    if is_resumed(request) or not form.is_valid():
        return opinion_page(request, actor, case, opinion, form)
    ballot, confirmed = ballot_of(form), Confirmed()
    if _may_vote(actor, case, opinion):  # else: a second click, or refused below
        found = Signing(request, actor, case, opinion, ballot).confirm()
        if isinstance(found, HttpResponse):
            return found
        confirmed = found
    else:
        require_step_up(request)
    answer = perform(
        request,
        actor,
        case.pk,
        "opinion.decide",
        lambda now: decide_opinion(
            now,
            by=actor,
            opinion=now.opinion(opinion.pk),
            ballot=ballot,
            confirmed=confirmed,
            once=form.once_key,
        ),
        form=form,
    )
    if answer is not None:
        return answer
    if form.errors:
        return opinion_page(request, actor, case, opinion, form)
    done(request, _("Ditt yttrande är lämnat."))
    return redirect("opinion_view", pk=case.pk, opinion=opinion.pk)


@page("opinion.withdraw_vote", load=load_part, methods=("POST",))
def withdraw(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Take one's own opinion back before the other has given hers."""
    require_step_up(request)
    pk, opinion, once = part.case.pk, opinion_in(part), once_of(request)
    if is_resumed(request):
        return redirect("opinion_view", pk=pk, opinion=opinion.pk)
    answer = perform(
        request,
        actor,
        pk,
        "opinion.withdraw_vote",
        lambda case: withdraw_vote(case, by=actor, opinion=case.opinion(opinion.pk), once=once),
    )
    if answer is None:
        done(request, _("Ditt yttrande är tillbakataget. Du kan lämna ett nytt."))
    return answer or redirect("opinion_view", pk=pk, opinion=opinion.pk)


@page("opinion.take", load=load_part, methods=("POST",))
def take(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Take this very round, so that its sealed material may be opened with a purpose."""
    pk, opinion, once = part.case.pk, opinion_in(part), once_of(request)
    answer = perform(
        request,
        actor,
        pk,
        "opinion.take",
        lambda case: take_opinion(case, by=actor, opinion=case.opinion(opinion.pk), once=once),
    )
    return answer or redirect("opinion_view", pk=pk, opinion=opinion.pk)


def _names(opinion: Opinion) -> dict[UUID, str]:
    return dict(Person.objects.filter(pk=opinion.preparer_id).values_list("pk", "display_name"))


def _round(opinion: Opinion) -> dict[str, Any]:
    return {
        "opinion": opinion,
        "state": state_label("opinion", opinion.state),
        "kind": OPINION_KIND[opinion.state],
        "day": opinion.concluded_on or opinion.requested_on,
    }


def _crumbs(actor: Actor, case: Case, *, through: bool) -> list[Link]:
    """The way here: the queue for whoever works from it, the recruitment where its page opens."""
    queue = (
        [Link(_("Säkerhetsyttranden"), reverse("opinion_list"))]
        if may_somewhere(actor, "opinion.decide")
        else []
    )
    return [*queue, *crumbs(case, _("Säkerhetsyttrande"), through=through)]
