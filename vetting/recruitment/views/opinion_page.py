"""The opinion's one screen: the question, the material, what changed, and the four answers; blind until concluded."""

from __future__ import annotations

from collections.abc import Callable
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
from vetting.recruitment.in_list import around_opinion, next_waiting
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

May = Callable[[str], bool]
"""Whether the person at the page has the permission about this opinion."""


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

    may_vote = _may_vote(actor, case, opinion)
    if form is not None and not may_vote:
        answer = gone(request, actor, case.pk, "opinion.decide", form)
        if answer is not None:
            return answer
    context = {
        "case": case,
        "opinion": opinion,
        "candidacy": candidacy,
        "question": sheet.question(case, candidacy.label),
        "state": state_label("opinion", opinion.state),
        "kind": OPINION_KIND[opinion.state],
        "facts": sheet.sheet_facts(case, opinion, _names(opinion).get(opinion.preparer_id, "")),
        "tasks": sheet.tasks(case, opinion, linked=may("check.view")),
        "is_renewed": opinion.round > 1,
        "changed": len(changed_since_last_round(case, opinion)),
        "conditions": sheet.condition_labels(opinion),
        "form": (form or BallotForm()) if may_vote else None,
        "how": how_text(request) if may_vote else "",
        "confirmed": confirmed_in(case, opinion),
        "material": material(request, case, opinion),
        "until": opened_until(request, candidacy.pk),
        "reasons": reasons(request, case, opinion),
        "weight": sheet.weight(opinion),
        "legal": legal_of(CHECKPOINTS["security_opinion"]),
        "around": around_opinion(request, actor, case, opinion),
        "rounds": [_round(other) for other in case.opinions if other.candidacy_id == candidacy.pk],
        "breadcrumbs": _crumbs(actor, case, through=may("recruitment.view")),
        **(votes := _votes(actor, case, opinion, facts, may)),
        "next_url": next_waiting(request, actor, case, opinion) if votes["has_voted"] else "",
        **_ways_on(case, opinion, may),
    }
    return show(request, actor, "recruitment/opinion_page.html", context)


def _votes(actor: Actor, case: Case, opinion: Opinion, facts: Facts, may: May) -> dict[str, Any]:
    """Where the round stands for this person: whether she has voted, why she may not, and whom it waits for."""
    is_open = _is_open(case, opinion)
    has_voted = any(vote.person_id == actor.person_id for vote in case.votes_of(opinion))
    is_half = is_open and opinion.state == Opinion.State.HALF_GIVEN
    waits_for_guest = is_open and GUEST not in facts.assigned and is_left_to_guest(case, opinion)
    may_be_taken = is_open and not waits_for_guest and "approver" not in facts.relations
    return {
        "excluded": sheet.excluded(actor, "opinion.decide", facts) if is_open and not has_voted else "",
        "has_voted": has_voted,
        "is_half": is_half,
        "waits_for_guest": waits_for_guest and not has_voted,
        "may_invite": waits_for_guest and may("guest.propose"),
        "may_take": may_be_taken and may("opinion.take"),
        "may_take_next": has_voted and may_somewhere(actor, "opinion.take"),
        "may_withdraw": is_half and has_voted and may("opinion.withdraw_vote"),
    }


def _ways_on(case: Case, opinion: Opinion, may: May) -> dict[str, bool]:
    """What may be opened, and where a refusal may lead."""
    is_refused = opinion.state == Opinion.State.REFUSED
    return {
        "may_reveal": may("candidacy.reveal"),
        "may_read_reasons": opinion.concluded_on is not None and may("opinion.reveal_reason"),
        "may_escalate": is_refused and may("opinion.escalate"),
        "may_decide_against": may_decide_against(case, case.candidacy(opinion.candidacy_id)),
        "may_sign": may("decision.sign"),
        "may_end": is_refused and may("candidacy.mark_not_selected"),
    }


def _is_open(case: Case, opinion: Opinion) -> bool:
    """Whether votes are taken: the newest round of its finalist, and not concluded."""
    newest = case.current_opinion(case.candidacy(opinion.candidacy_id))
    return opinion.state in UNDER_WAY and newest is opinion


def _may_vote(actor: Actor, case: Case, opinion: Opinion) -> bool:
    if not _is_open(case, opinion) or case.recruitment.on_hold:
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
