"""*Fördela* and *Lämna ifrån mig* for rows ticked in the list: one reason, an entry for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.door import Denied, ask
from vetting.access.pages import note_refusal, page
from vetting.accounts.resume import is_resumed
from vetting.recruitment.actions.assign_many import Outcome, assign_many, own_assignments, release_many
from vetting.recruitment.actions.errors import BadInput, Refused, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.forms.assign import AssignForm, UnassignForm
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import refusal
from vetting.recruitment.queries.assignable import people_among
from vetting.recruitment.queries.cases import light_cases
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.queries.worklist import PER_PAGE, Choice
from vetting.recruitment.views.base import done, show
from vetting.web.parts import Fact, Link

PERMISSION = "recruitment.assign"
BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Ticked:
    """The rows ticked: those that may be assigned here, and of the others why not. `unknown`: not in sight."""

    cases: list[Case]
    left_out: list[Fact]
    unknown: int

    @property
    def pks(self) -> list[UUID]:
        """The recruitments that it is tried for."""
        return [case.pk for case in self.cases]

    def said(self, pk: UUID) -> str:
        """The reference of one of them."""
        return next(case.recruitment.reference for case in self.cases if case.pk == pk)


@page(PERMISSION, methods=BOTH)
def assign_ticked(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give one handler the assignment in every ticked recruitment where she may have it."""
    ticked = _ticked(request, actor, lambda case: "")
    everybody = people_among(ticked.cases)
    people = [(account, role) for account, role, _where in everybody if account.person_id != actor.person_id]
    form = AssignForm(request.POST or None, people=people)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        account, role = form.chosen
        outcome = assign_many(
            actor,
            ticked.pks,
            account=account,
            role=role,
            reason=form.cleaned_data["reason"],
            once=form.once_key,
        )
        given = sum(error is None for _pk, error in outcome)
        words = ngettext("%(n)s uppdrag är givet.", "%(n)s uppdrag är givna.", given) % {"n": given}
        return _tell(request, actor, ticked, outcome, words if given else "")
    context = {
        "people": people, "heading": _("Fördela"), "submit": _("Ge uppdraget"), "adds": True
    }  # fmt: skip
    return _show(request, actor, ticked, form, context)


@page(PERMISSION, methods=BOTH)
def release_ticked(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give back one's own assignment in every ticked recruitment that one has it in."""
    if request.method == "POST":  # a second click meets recruitments that are not hers any more
        ticked = _ticked(request, actor, lambda case: "", gone_too=True)
    else:
        ticked = _ticked(request, actor, lambda case: "" if own_assignments(case, actor) else "not_assigned")
    form = UnassignForm(request.POST or None)
    sent = request.method == "POST" and not is_resumed(request)
    if sent and ticked.cases and form.is_valid():
        outcome = release_many(actor, ticked.pks, reason=form.cleaned_data["reason"], once=form.once_key)
        left = sum(error is None for _pk, error in outcome)
        words = ngettext("Du har lämnat %(n)s uppdrag.", "Du har lämnat %(n)s uppdrag.", left) % {"n": left}
        return _tell(request, actor, ticked, outcome, words if left else "")
    context = {"people": True, "heading": _("Lämna ifrån mig"), "submit": _("Lämna uppdragen")}
    return _show(request, actor, ticked, form, context)


def _ticked(
    request: HttpRequest, actor: Actor, why_not: Callable[[Case], str], *, gone_too: bool = False
) -> Ticked:
    """The rows of the address (`?pick=`), judged by the door one by one. What is not in her lists is only counted.

    `gone_too`: also those the door says no to, for the act to judge.
    """
    wanted = list(dict.fromkeys(filter(None, map(_pk, request.GET.getlist("pick")))))[:PER_PAGE]
    rows = reach_of(actor).recruitments.filter(pk__in=wanted)
    rows = rows.select_related("position", "unit__authority", "manager", "responsible").order_by("reference")
    cases, left_out = [], []
    seen = light_cases(list(rows))
    for case in seen:
        may = gone_too or ask(actor, PERMISSION, case.facts_for(actor)).allowed
        why = why_not(case) if may else "not_yours_to_assign"
        if not may and request.method == "POST":
            note_refusal(actor, PERMISSION)
        if why:
            left_out.append(Fact(case.recruitment.reference, refusal(why)))
        else:
            cases.append(case)
    return Ticked(cases, left_out, len(wanted) - len(seen))


def _show(
    request: HttpRequest, actor: Actor, ticked: Ticked, form: UnassignForm, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        "cases": ticked.cases,
        "left_out": ticked.left_out,
        "unknown": _absent(ticked.unknown) if ticked.unknown else "",
        "form": form,
        "back_url": _back(request, actor),
        "breadcrumbs": [Link(_("Rekryteringar"), _back(request, actor)), Link(context["heading"])],
    }
    return show(request, actor, "recruitment/assign_many.html", context)


def _tell(
    request: HttpRequest, actor: Actor, ticked: Ticked, outcome: Outcome, words: str
) -> HttpResponseRedirect:
    if words:
        done(request, words)
    for pk, error in outcome:
        if error is not None:
            said = {"ref": ticked.said(pk), "why": _why(error)}
            messages.warning(request, _("%(ref)s ändrades inte: %(why)s") % said)
    return redirect(_back(request, actor))


def _why(error: Refused | Denied) -> str:
    if isinstance(error, WrongState):
        return refusal(error.state)
    if isinstance(error, BadInput):
        return " ".join(str(INPUT_ERRORS[code]) for code in error.errors.values())
    return refusal("not_yours_to_assign")


def _absent(unknown: int) -> str:
    words = ngettext(
        "%(n)s rad finns inte i din lista längre.", "%(n)s rader finns inte i din lista längre.", unknown
    )
    return words % {"n": unknown}


def _back(request: HttpRequest, actor: Actor) -> str:
    """The list as it was: its filters came along in the address."""
    return reverse("recruitment_list") + Choice.read(request.GET, actor).address()


def _pk(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
