"""*Gallring*: what is due, what waits for a decision and what has been done; and the pages on which it is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import Facts, ask, may_somewhere
from vetting.access.pages import page
from vetting.administration.views.acting import saved, under
from vetting.administration.views.base import status_of
from vetting.disposal.actions import deciding
from vetting.disposal.forms.lots import ProposeForm
from vetting.disposal.labels import day, kind_of_record, state_of, term_of
from vetting.disposal.lots import facts_of
from vetting.disposal.models import Lot
from vetting.disposal.queries import lots as query
from vetting.disposal.views.told import facts_about, row_of
from vetting.organisation.models import Authority
from vetting.policy.disposal import CARRIED_OUT, GRACE_DAYS, MOST_IN_A_LOT
from vetting.policy.reasons import DISPOSAL_REJECTED
from vetting.recruitment.forms.moves import WhyForm
from vetting.recruitment.views.base import done, show
from vetting.web.forms import BaseForm
from vetting.web.parts import Fact, Link

PER_PAGE = 25
BOTH = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Opened:
    """The lot of the address, for the door."""

    lot: Lot

    def facts_for(self, actor: Actor) -> Facts:
        """Of which authority it is, and who put it forward."""
        return facts_of(self.lot, actor)


@dataclass(frozen=True, slots=True)
class OpenedKind:
    """A kind of record with an authority, for the door."""

    body: Authority
    row: str

    def facts_for(self, actor: Actor) -> Facts:
        """Of which authority it is."""
        return Facts(self.body.pk, relations=frozenset({"not_protected"}))


def load_lot(lot: UUID) -> Opened:
    """The lot of the address. Raises Http404."""
    rows = Lot.objects.select_related("authority", "proposed_by", "answered_by", "stopped_by")
    found = rows.filter(pk=lot).first()
    if found is None:
        raise Http404
    return Opened(found)


def load_kind(body: UUID, row: str) -> OpenedKind:
    """The authority and the kind of the address. Raises Http404."""
    found = Authority.objects.filter(pk=body).first()
    if found is None or row not in CARRIED_OUT:
        raise Http404
    return OpenedKind(found, row)


@page("disposal.view")
def disposal_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Three lists: what is due by authority and kind, lots that wait, lots that are over."""
    only = request.GET.get("visa", "")
    rows = query.lots_visible_to(actor)
    waiting, over = list(rows.filter(state__in=query.WAITING)), rows.exclude(state__in=query.WAITING)
    due = query.due_counts(query.authorities_of(actor, "disposal.view"), actor.on, waiting)
    bodies = {each.pk for each in query.authorities_of(actor, "disposal.propose")}
    found = Paginator(over, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "only": only if only in {"beslut", "gallrat"} else "dags",
        "tabs": [
            Link(
                _("Dags att gallra"),
                "?visa=dags",
                count=sum(each.count for each in due),
                current=only not in {"beslut", "gallrat"},
            ),
            Link(_("Framlagt och beslutat"), "?visa=beslut", count=len(waiting), current=only == "beslut"),
            Link(_("Avslutat"), "?visa=gallrat", count=found.paginator.count, current=only == "gallrat"),
        ],
        "due": [
            (each, kind_of_record(each.row), term_of(each.row), each.authority.pk in bodies) for each in due
        ],
        "waiting": [(lot, kind_of_record(lot.row), *state_of(lot)) for lot in waiting],
        "over": [(lot, kind_of_record(lot.row), *state_of(lot)) for lot in found.object_list],
        "page": found,
        "grace": GRACE_DAYS,
        "may_hold": may_somewhere(actor, "hold.view"),
    }
    return show(request, actor, "disposal/list.html", context)


@page("disposal.view", load=load_lot)
def lot_view(request: HttpRequest, actor: Actor, opened: Opened, lot: UUID) -> HttpResponse:
    """One lot: what it rests on, what is in its list and how each stands now, and what this person can do with it."""
    return _show(request, actor, opened.lot, {})


@page("disposal.propose", load=load_kind, methods=BOTH)
def propose_lot(request: HttpRequest, actor: Actor, opened: OpenedKind, body: UUID, row: str) -> HttpResponse:
    """Put forward what is due of one kind with one authority."""
    form = ProposeForm(request.POST or None)
    made: list[Lot] = []

    def do() -> None:
        typed = form.cleaned_data["decision"]
        made.append(deciding.propose_lot(opened.body, row, typed, by=actor, once=form.once_key))

    answer = saved(request, actor, "disposal.propose", form, do, back=_home(), subject=body)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        done(request, _("Gallringen är framlagd. En annan person beslutar."))
        return redirect("lot_view", lot=made[0].pk) if made else redirect(_home() + "?visa=beslut")
    waiting = list(query.lots_visible_to(actor).filter(authority=body, row=row, state__in=query.WAITING))
    counted = next(iter(query.due_counts([opened.body], actor.on, waiting, [row])), None)
    context: dict[str, Any] = {
        "form": form,
        "facts": [
            Fact(_("Nämnd eller bolag"), opened.body.name),
            Fact(_("Slag av handling"), kind_of_record(row)),
            Fact(_("Frist"), term_of(row)),
            Fact(_("Dags att gallra"), min(counted.count, MOST_IN_A_LOT) if counted else 0),
            Fact(_("Äldst, dags sedan"), day(counted.oldest) if counted else "–"),
        ],
        "can": counted is not None and not waiting,
        "back": _home(),
        "breadcrumbs": trail(Link(_("Lägg fram"))),
    }
    return show(request, actor, "disposal/propose.html", context, status=status_of(request, form))


@page("disposal.confirm", load=load_lot, methods=("POST",))
def confirm_lot(request: HttpRequest, actor: Actor, opened: Opened, lot: UUID) -> HttpResponse:
    """The other decides: asks who it is once more."""
    form = BaseForm(request.POST)
    do = under(
        deciding.locked_lot(lot), lambda fresh: deciding.confirm_lot(fresh, by=actor, once=form.once_key)
    )
    said = _("Gallringen är beslutad. Den verkställs tidigast om fjorton dagar.")
    return _post(request, actor, opened.lot, "disposal.confirm", "confirm", form, do, said)


@page("disposal.reject", load=load_lot, methods=("POST",))
def reject_lot(request: HttpRequest, actor: Actor, opened: Opened, lot: UUID) -> HttpResponse:
    """The other says no, or stops what was decided on, with a reason from the list."""
    form = WhyForm(request.POST, reasons=DISPOSAL_REJECTED)
    do = under(
        deciding.locked_lot(lot),
        lambda fresh: deciding.reject_lot(
            fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key
        ),
    )
    return _post(
        request, actor, opened.lot, "disposal.reject", "reject", form, do, _("Inget gallras enligt den.")
    )


def _post(
    request: HttpRequest, actor: Actor, lot: Lot, permission: str, key: str, form: BaseForm, do: Callable[[], Any],
    said: str,
) -> HttpResponse:  # fmt: skip
    here = reverse("lot_view", kwargs={"lot": lot.pk})
    answer = saved(request, actor, permission, form, do, back=here, subject=lot.pk)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        done(request, said)
        return redirect(here)
    return _show(request, actor, lot, {key: form}, status=status_of(request, form))


def _show(
    request: HttpRequest, actor: Actor, lot: Lot, bound: dict[str, BaseForm], *, status: int = 200
) -> HttpResponse:
    facts, state = facts_of(lot, actor), lot.state

    def form(
        key: str, permission: str, when: tuple[str, ...], made: Callable[[], BaseForm]
    ) -> BaseForm | None:
        offered = state in when and ask(actor, permission, facts).allowed
        return (bound.get(key) or made()) if offered or key in bound else None

    number = Paginator(range(lot.count), PER_PAGE).get_page(request.GET.get("sida"))
    first = number.start_index() - 1
    kind, words = state_of(lot)
    context: dict[str, Any] = {
        "lot": lot,
        "kind": kind,
        "state": words,
        "facts": facts_about(lot),
        "rows": [row_of(*each) for each in query.items_of(lot, first, PER_PAGE, actor)],
        "page": number,
        "is_own": state == "proposed" and "proposer" in facts.relations,
        "is_tied": state == "proposed" and "substitute_of_excluded" in facts.relations,
        "confirm": form("confirm", "disposal.confirm", ("proposed",), BaseForm),
        "reject": form(
            "reject", "disposal.reject", ("proposed", "confirmed"), lambda: WhyForm(reasons=DISPOSAL_REJECTED)
        ),
        "grace": GRACE_DAYS,
        "form": next(iter(bound.values()), None),
        "breadcrumbs": trail(Link(lot.number)),
    }
    return show(request, actor, "disposal/lot.html", context, status=status)


def trail(*here: Link) -> list[Link]:
    """The way here."""
    return [Link(_("Gallring"), _home()), *here]


def _home() -> str:
    return reverse("disposal_list")
