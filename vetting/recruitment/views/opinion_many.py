"""Several cases without deviations supported at once: what is in each is shown, and one touch of the key signs all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import Denied, ask
from vetting.access.pages import page
from vetting.accounts import limits
from vetting.accounts.resume import is_resumed
from vetting.accounts.second_factor.signing import begin_signing, can_sign
from vetting.accounts.stepup import require_step_up, shown_by
from vetting.recruitment import approval, batch
from vetting.recruitment import opinion_sheet as sheet
from vetting.recruitment.actions.errors import BadInput, NotComplete, Refused, SamePerson, WrongState
from vetting.recruitment.actions.support import Outcome, given_before, support_each
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.forms.opinion import SupportManyForm
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import missing_label, refusal
from vetting.recruitment.queries import opinions
from vetting.recruitment.queries.cases import light_cases
from vetting.recruitment.queries.opinion_rows import Waiting, ticked
from vetting.recruitment.views.base import done, four_eyes, show
from vetting.recruitment.views.opinion_sign import (
    ANSWER,
    DRAFT,
    NOT_TAKEN,
    UNSIGNED,
    account_of,
    how_text,
    is_required,
    signature_of,
)
from vetting.web.parts import Fact

CHANGED = "changed_meanwhile"


@dataclass(frozen=True, slots=True)
class Shown:
    """One case on the page: the row of the queue, the case, the checks with their outcomes, and its place's name."""

    row: Waiting
    case: Case
    checks: list[Fact]
    anchor: str


@page("opinion.take", methods=("POST",))
def support_many(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Up to twenty cases: first the page that shows them, then who she is and one confirmation, and an entry each."""
    form = SupportManyForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("opinion_list")
    chosen, once = form.cleaned_data["pick"], form.once_key
    if before := given_before(once, chosen):
        return _tell_again(request, actor, chosen, before)
    if is_resumed(request) or not form.cleaned_data["confirmed"]:
        return _ask(request, actor, form)
    signs = can_sign(account_of(request)) and not (request.POST.get(UNSIGNED) and not is_required())
    # A key is touched at once. A password is typed on a page of its own, and what was read is not shown again after it.
    lasts = limits.step_up_seconds() if signs else limits.resume_seconds()
    drafts = approval.reopen(request.POST.get(DRAFT, ""), actor, chosen, seconds=lasts)
    if drafts is None:
        return _ask(request, actor, form, _("Sidan hade stått för länge. Se efter igen och bekräfta."))
    signed = None
    if not signs:
        require_step_up(request)
    elif _answered(request):
        signed = signature_of(request, account_of(request), batch.text_of(drafts))
    if signs and signed is None:
        return _ask(request, actor, form, str(NOT_TAKEN))
    named = {opinion.pk: opinion for opinion in opinions.within_reach(actor, chosen)}
    how: dict[UUID, Confirmed] = batch.confirmations(drafts, signed, shown_by(request))
    outcome = support_each(actor, [named[pk] for pk in chosen if pk in named], once, how)
    return _tell(request, outcome, unknown=len(chosen) - len(named))


def _answered(request: HttpRequest) -> bool:
    return bool(request.POST.get(ANSWER))


def _ask(request: HttpRequest, actor: Actor, form: SupportManyForm, error: str = "") -> HttpResponse:
    """The page with what is in each case, which asks for the key, or for the button where there is none."""
    chosen, account = form.cleaned_data["pick"], account_of(request)
    waiting = ticked(actor, chosen)
    shown = _seen(actor, [row for row in waiting if row.can_be_ticked])
    if not shown:
        return _nothing(request, waiting, len(chosen) - len(waiting))
    there = {each.row.opinion.pk for each in shown}
    drafts = batch.drafts_of([(each.case, each.row.opinion) for each in shown], actor)
    signs = can_sign(account)
    context = {
        "form": form,
        "shown": shown,
        "left_out": [_apart(row) for row in waiting if row.opinion.pk not in there],
        "unknown": len(chosen) - len(waiting),
        "draft": approval.close(drafts),
        "text": batch.text_of(drafts),
        "key_options": begin_signing(request, account, batch.text_of(drafts)) if signs else "",
        "may_leave_unsigned": not is_required(),
        "how": how_text(request),
        "error": error,
    }
    return show(request, actor, "recruitment/opinion_support.html", context)


def _nothing(request: HttpRequest, waiting: list[Waiting], unknown: int) -> HttpResponseRedirect:
    """Back to the queue, with why: there is nothing to show and nothing to confirm."""
    messages.error(request, _("Inget av det du kryssade i kan tillstyrkas här. Välj bland det som står nu."))
    for row in waiting:
        apart = _apart(row)
        messages.warning(request, f"{apart.label}: {apart.value}")
    if unknown:
        messages.warning(request, _absent(unknown))
    return redirect("opinion_list")


def _absent(unknown: int) -> str:
    words = ngettext(
        "%(n)s ärende finns inte i din kö längre.", "%(n)s ärenden finns inte i din kö längre.", unknown
    )
    return words % {"n": unknown}


def _seen(actor: Actor, waiting: list[Waiting]) -> list[Shown]:
    """The cases with their checks. Each that is read outside one's assignments is recorded before it is shown."""
    wanted = {row.opinion.recruitment_id: row.opinion.recruitment for row in waiting}
    cases = {case.pk: case for case in light_cases(list(wanted.values()))}
    found: list[Shown] = []
    for row in waiting:
        opinion, case = row.opinion, cases[row.opinion.recruitment_id]
        answer = ask(actor, "opinion.view", case.facts_for(actor, opinion=opinion))
        if not answer:
            continue
        if answer.is_outside:
            facts = {"role": answer.role, "reference": case.recruitment.reference}
            facts["candidacy"] = opinion.candidacy.label
            record("opinion.viewed", actor.who(answer.role), subject=case.pk, facts=facts)
        found.append(Shown(row, case, sheet.lines(case, opinion), f"a{len(found) + 1}"))
    return found


def _apart(row: Waiting) -> Fact:
    """One that is not supported together with the others, and why."""
    code = row.why_by_itself
    own = sheet.EXCLUDED.get(code) or sheet.NOT_NOW.get(code)
    why = str(own) if own else refusal({"guest": "guest_needed"}.get(code, code))
    return Fact(f"{row.opinion.recruitment.reference} {row.opinion.candidacy.label}", why)


def _tell_again(
    request: HttpRequest, actor: Actor, chosen: list[UUID], before: set[UUID]
) -> HttpResponseRedirect:
    """A second click is answered as the first; one that fell out then has not been given now either."""
    named = opinions.within_reach(actor, chosen)
    late = WrongState("opinion", "support_many", CHANGED)
    outcome: Outcome = [(opinion, None if opinion.pk in before else late) for opinion in named]
    return _tell(request, outcome, unknown=len(chosen) - len(named))


def _tell(request: HttpRequest, outcome: Outcome, unknown: int) -> HttpResponseRedirect:
    given = sum(error is None for _opinion, error in outcome)
    if given:
        done(request, ngettext("%(n)s yttrande lämnat.", "%(n)s yttranden lämnade.", given) % {"n": given})
    for opinion, error in outcome:
        if error is not None:
            words: dict[str, Any] = {"ref": opinion.recruitment.reference, "who": opinion.candidacy.label}
            words["why"] = _why(error)
            messages.warning(request, _("%(ref)s %(who)s lämnades inte: %(why)s") % words)
    if unknown:
        messages.warning(request, _absent(unknown))
    return redirect("opinion_list")


def _why(error: Refused | Denied) -> str:
    if isinstance(error, NotComplete):
        return "; ".join(missing_label(item) for item in error.missing)
    if isinstance(error, WrongState):
        return refusal(error.state)
    if isinstance(error, BadInput):
        return " ".join(str(INPUT_ERRORS[code]) for code in error.errors.values())
    if isinstance(error, SamePerson):
        return four_eyes()
    return _("Du kan inte yttra dig där: du har handlagt, ansvarar eller har redan yttrat dig.")
