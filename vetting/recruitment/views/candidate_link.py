"""*Kandidatens sida*, for HR: hand out a code, renew it, revoke it; and take in what the candidate has handed in."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.crypto.written import Code
from vetting.policy.candidate_page import DAYS, DAYS_AFTER_END
from vetting.recruitment import links
from vetting.recruitment.abilities import abilities
from vetting.recruitment.actions import candidate_link as actions
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy
from vetting.recruitment.own_page_card import own_page_card
from vetting.recruitment.qr import drawn
from vetting.recruitment.queries.candidate import own_page, read_own_page
from vetting.recruitment.views.base import Part, done, load_part, once_of, perform, show
from vetting.recruitment.views.forming import act_page, trail

ISSUE = "candidate_link.issue"


@page(ISSUE, load=load_part)
def candidate_link(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """Whether there is a way in, until when, what has come in; and the buttons that hand out and revoke."""
    own, case = _finalist(part), part.case
    read_own_page(case, own)
    card = own_page_card(case, own, abilities(actor, case, own))
    context = {
        "case": case,
        "candidacy": own,
        "card": card,
        "own_page": own_page(case) if card is not None else None,
        "days": DAYS,
        "days_after": DAYS_AFTER_END,
        "breadcrumbs": trail(case, _("Kandidatens sida"), own),
        "back": links.home(case, own),
    }
    return show(request, actor, "recruitment/candidate_link.html", context)


@page(ISSUE, load=load_part, methods=("POST",))
def issue_candidate_link(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """Hand out a code: the letter with it is the answer, and the only place where the code ever stands."""
    here = links.to("candidate_link", part.case, _finalist(part))
    if is_resumed(request):
        done(request, _("Inget är gjort än. Tryck på knappen en gång till."))
        return redirect(here)
    codes: list[Code] = []

    def do(case: Case) -> None:
        codes.append(
            actions.issue_link(case, by=actor, candidacy=case.candidacy(candidacy), once=once_of(request))
        )

    answer = perform(request, actor, pk, ISSUE, do)
    if answer is not None:
        return answer
    if not codes:
        done(
            request,
            _("Koden är redan utlämnad och visas bara en gång. Lämna ut en ny om den inte hann visas."),
        )
        return redirect(here)
    fresh = load_part(pk, candidacy=candidacy)
    return _letter(request, fresh.case, _finalist(fresh), codes[0])


def _letter(request: HttpRequest, case: Case, own: Candidacy, code: Code) -> HttpResponse:
    address = request.build_absolute_uri("/kandidat/")
    read_own_page(case, own)
    found = own_page(case)
    context = {
        "case": case,
        "candidacy": own,
        "groups": code.groups,
        "address": address,
        # What follows the sign # is never sent to any server: the page itself puts it into the form.
        "qr": drawn(f"{address}#{'-'.join(code.groups)}"),
        "until": found.until,
        "back": links.to("candidate_link", case, own),
    }
    return render(request, "recruitment/print_candidate_link.html", context)


@page(ISSUE, load=load_part, methods=("POST",))
def revoke_candidate_link(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """The code leads nowhere from now on."""
    return act_page(
        request,
        actor,
        part.case,
        ISSUE,
        lambda case, once: actions.revoke_link(
            case, by=actor, candidacy=case.candidacy(candidacy), once=once
        ),
        said=_("Koden är spärrad."),
        back=links.to("candidate_link", part.case, _finalist(part)),
    )


@page("check.record_answer", load=load_part, methods=("POST",))
def take_in_given(request: HttpRequest, actor: Actor, part: Part, pk: UUID, check: UUID) -> HttpResponse:
    """What has come in from the candidate is taken in to the check."""
    return act_page(
        request,
        actor,
        part.case,
        "check.record_answer",
        lambda case, once: actions.take_in(case, by=actor, check=case.check(check), once=once),
        said=_("Det kandidaten lämnat är intaget. Anteckna resultatet när du har läst det."),
        back=reverse("check_view", kwargs={"pk": pk, "check": check}),
    )


def _finalist(part: Part) -> Candidacy:
    if part.candidacy is None:
        raise Http404
    return part.candidacy
