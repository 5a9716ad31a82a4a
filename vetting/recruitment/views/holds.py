"""*Gallringsstopp*: set, seen, proposed to be lifted by one, and lifted or kept by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask
from vetting.access.pages import page
from vetting.policy.reasons import HOLD_KEPT, HOLD_LIFTED, LEGAL_HOLD
from vetting.recruitment import hold_page, links
from vetting.recruitment.actions import hold as actions
from vetting.recruitment.case import Case
from vetting.recruitment.forms.moves import WhyForm
from vetting.recruitment.queries import holds
from vetting.recruitment.queries.timeline import names_of
from vetting.recruitment.views.base import done, load_case, show
from vetting.recruitment.views.forming import form_page, saved, status_of
from vetting.web.forms import BaseForm
from vetting.web.parts import Link

PER_PAGE = 25
BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Held:
    """The legal hold of a recruitment: what the door is asked about."""

    case: Case

    def facts_for(self, actor: Actor) -> Facts:
        """What the door needs to know of the hold for `actor`."""
        return self.case.facts_for(actor, hold=True)


def load_hold(pk: UUID) -> Held:
    """The hold of the address's recruitment, whatever its state. Raises Http404."""
    return Held(load_case(pk))


@page("hold.view")
def hold_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The holds in force, what waits to be confirmed first; as many queries whatever the length."""
    rows = holds.holds_visible_to(actor)
    only = request.GET.get("visa") == "foreslagna"
    counts = rows.count(), holds.waiting(rows).count()
    found = Paginator(holds.waiting(rows) if only else rows, PER_PAGE).get_page(request.GET.get("sida"))
    times = holds.times_of([row.pk for row in found.object_list])
    context = {
        "rows": [hold_page.row_of(row, times.get(row.pk, [])) for row in found.object_list],
        "page": found,
        "tabs": [
            Link(_("Gäller"), "?visa=galler", count=counts[0], current=not only),
            Link(_("Föreslås hävas"), "?visa=foreslagna", count=counts[1], current=only),
        ],
    }
    return show(request, actor, "recruitment/hold_list.html", context)


@page("hold.set", load=load_case, methods=BOTH)
def set_legal_hold(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Anspråk inkommet*: nothing of the recruitment or its finalists is disposed of until the hold is lifted."""
    if request.method != "POST" and case.recruitment.is_held:
        return redirect("hold_view", pk=pk)
    form = WhyForm(request.POST or None, reasons=LEGAL_HOLD)

    def do(fresh: Case) -> None:
        actions.set_hold(fresh, by=actor, ground=form.cleaned_data["reason"], once=form.once_key)

    return form_page(
        request, actor, case, "hold.set", form, do,
        heading=_("Anspråk inkommet"), submit=_("Stoppa gallring"), said=_("Gallringen är stoppad."),
        lead=_("Inget i rekryteringen gallras, för någon slutkandidat, förrän stoppet hävs."),
        next_url=links.to("hold_view", case),
    )  # fmt: skip


@page("hold.view", load=load_hold)
def hold_view(request: HttpRequest, actor: Actor, held: Held, pk: UUID) -> HttpResponse:
    """One hold: its ground and days, the times for claims, and what this person can do with it."""
    return _show(request, actor, held, {})


@page("hold.propose_lift", load=load_hold, methods=("POST",))
def propose_lift(request: HttpRequest, actor: Actor, held: Held, pk: UUID) -> HttpResponse:
    """One of the two: it stands until another confirms."""
    form = WhyForm(request.POST, reasons=HOLD_LIFTED)

    def do(fresh: Case) -> None:
        actions.propose_lift(fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    said = _("Förslaget är lämnat. Stoppet gäller tills någon annan bekräftat.")
    return _post(request, actor, held, "hold.propose_lift", "propose", form, do, said)


@page("hold.confirm_lift", load=load_hold, methods=("POST",))
def confirm_lift(request: HttpRequest, actor: Actor, held: Held, pk: UUID) -> HttpResponse:
    """The other: asks who it is once more."""
    form = BaseForm(request.POST)

    def do(fresh: Case) -> None:
        actions.confirm_lift(fresh, by=actor, once=form.once_key)

    said = _("Gallringsstoppet är hävt. Ordinarie frister gäller igen.")
    return _post(request, actor, held, "hold.confirm_lift", "confirm", form, do, said)


@page("hold.keep", load=load_hold, methods=("POST",))
def keep_hold(request: HttpRequest, actor: Actor, held: Held, pk: UUID) -> HttpResponse:
    """The other says no, with a reason from the list."""
    form = WhyForm(request.POST, reasons=HOLD_KEPT)

    def do(fresh: Case) -> None:
        actions.keep_hold(fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    return _post(
        request, actor, held, "hold.keep", "keep", form, do, _("Gallringsstoppet gäller fortfarande.")
    )


def _post(
    request: HttpRequest, actor: Actor, held: Held, permission: str, key: str, form: BaseForm,
    do: Callable[[Case], None], said: str,
) -> HttpResponse:  # fmt: skip
    answer = saved(request, actor, held.case.pk, permission, form, do)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        done(request, said)
        return redirect("hold_view", pk=held.case.pk)
    return _show(request, actor, held, {key: form}, status=status_of(request, form))


def _show(
    request: HttpRequest, actor: Actor, held: Held, bound: dict[str, BaseForm], *, status: int = 200
) -> HttpResponse:
    case, recruitment, facts = held.case, held.case.recruitment, held.facts_for(actor)
    state = recruitment.hold_state

    def form(key: str, permission: str, when: str, made: Callable[[], BaseForm]) -> BaseForm | None:
        offered = state == when and ask(actor, permission, facts).allowed
        return (bound.get(key) or made()) if offered or key in bound else None

    def opens(permission: str, name: str) -> str:
        return links.to(name, case) if ask(actor, permission, facts).allowed else ""

    own = state == "lift_proposed" and recruitment.lift_proposed_by_id == actor.person_id
    kind, words = hold_page.shown_state(recruitment)
    people = {recruitment.lift_proposed_by_id, recruitment.lifted_by_id}
    context: dict[str, Any] = {
        "case": case,
        "kind": kind,
        "state": words,
        "is_held": recruitment.is_held,
        "facts": hold_page.facts_of(recruitment, names_of(people)),
        "times": hold_page.times_facts(holds.times_of([case.pk]).get(case.pk, [])),
        "is_own_proposal": own,
        "propose": form("propose", "hold.propose_lift", "in_force", lambda: WhyForm(reasons=HOLD_LIFTED)),
        "confirm": form("confirm", "hold.confirm_lift", "lift_proposed", BaseForm),
        "keep": form("keep", "hold.keep", "lift_proposed", lambda: WhyForm(reasons=HOLD_KEPT)),
        "set_url": "" if recruitment.is_held else opens("hold.set", "set_legal_hold"),
        "case_url": opens("recruitment.view", "recruitment_view"),
        "form": next(iter(bound.values()), None),
        "breadcrumbs": [Link(_("Gallringsstopp"), reverse("hold_list")), Link(recruitment.reference)],
    }
    return show(request, actor, "recruitment/hold.html", context, status=status)
