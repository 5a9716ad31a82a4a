"""*Lägg in flera*: a list is read, shown as it will become, entered when that is confirmed; and its undoing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.recruitment import links
from vetting.recruitment.actions import round as acts
from vetting.recruitment.actions.new_checks import asks_number
from vetting.recruitment.case import Case
from vetting.recruitment.forms.rounds import ConfirmForm, ListForm
from vetting.recruitment.jobs import finish_undoing
from vetting.recruitment.models import Recruitment, Round
from vetting.recruitment.queries import rounds as query
from vetting.recruitment.rounds import handover
from vetting.recruitment.rounds.people import Read, read_people
from vetting.recruitment.rounds.table import Unreadable
from vetting.recruitment.views.base import done, load_case, perform, refused, show
from vetting.recruitment.views.forming import form_page, trail
from vetting.web.forms import BaseForm

BOTH = ("GET", "HEAD", "POST")
SHOWN = 3
"""So many of the people read are shown, to whoever sent the list, so that she sees that the columns are right."""


@dataclass(frozen=True, slots=True)
class OfRound:
    """A round and its case."""

    case: Case
    made: Round

    def facts_for(self, actor: Actor) -> Facts:
        """What the door needs to know of the case."""
        return self.case.facts_for(actor)


def load_round(pk: UUID, round: UUID, **kwargs: Any) -> OfRound:
    """The round of the address. Raises Http404."""
    case = load_case(pk)
    made = next((each for each in query.rounds_of(case) if each.pk == round), None)
    if made is None:
        raise Http404
    return OfRound(case, made)


@page("candidacy.create", load=load_case, methods=BOTH)
def enter_round(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The list, then what was read of it, then the confirmation. Nothing is recorded before that."""
    if request.method == "POST" and "people" in request.POST:
        return _confirmed(request, actor, case)
    sent = request.method == "POST" and not is_resumed(request)
    form = ListForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        length=int(request.META.get("CONTENT_LENGTH") or 0),
    )
    if sent and form.is_valid():
        try:
            return _preview(request, actor, case, read_people(case, form.rows), form)
        except Unreadable as error:
            form.add_error("file" if form.cleaned_data.get("file") else "text", str(error))
    return show(
        request, actor, "recruitment/enter_round.html", _context(actor, case, form),
        status=422 if sent else 200,
    )  # fmt: skip


def _context(actor: Actor, case: Case, form: ListForm) -> dict[str, Any]:
    rounds = query.rounds_of(case)
    return {
        "case": case,
        "form": form,
        "rounds": [(each, acts.may_be_undone(case, each)) for each in rounds],
        "asks_number": asks_number(case),
        "is_open": case.recruitment.state == Recruitment.State.OPEN and not case.recruitment.on_hold,
        "back": links.home(case),
        "breadcrumbs": trail(case, _("Lägg in flera")),
    }


def _preview(request: HttpRequest, actor: Actor, case: Case, read: Read, form: ListForm) -> HttpResponse:
    """What was read: how many, what is wrong with the others, and the button that enters them."""
    context = _context(actor, case, form) | {
        "read": read,
        "before": query.round_with(case, read.digest),
        "first": read.people[:SHOWN],
        "first_number": query.next_number(case),
        "confirm": ConfirmForm(),
        "closed": handover.close(read.people, read.digest, actor, case.pk) if read.people else "",
    }
    return show(request, actor, "recruitment/enter_round.html", context)


def _confirmed(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    form = ConfirmForm(request.POST)
    handed = handover.reopen(request.POST.get("people", ""), actor, case.pk) if form.is_valid() else None
    if handed is None or is_resumed(request):
        messages.warning(request, _("Förhandsgranskningen gäller i en timme, för dig. Läs in listan igen."))
        return redirect("enter_round", pk=case.pk)
    people, digest = handed
    made: list[Round | None] = []

    reserved = acts.reserve(len(people))

    def do(fresh: Case) -> None:
        entered = acts.enter_round(
            fresh, by=actor, people=people, digest=digest, once=form.once_key, reserved=reserved
        )
        made.append(entered)

    answer = perform(request, actor, case.pk, "candidacy.create", do)
    if answer is not None:
        return answer
    entered = made[0] if made else query.round_with(case, digest)
    if entered is None:
        messages.warning(request, _("Ingen lades in: alla i listan finns redan här."))
        return redirect("enter_round", pk=case.pk)
    said = ngettext(
        "%(n)s person är inlagd: %(who)s. Alla som deltar tar nu ställning till jäv.",
        "%(n)s personer är inlagda: %(who)s. Alla som deltar tar nu ställning till jäv.",
        entered.count,
    )
    done(request, said % {"n": entered.count, "who": entered.labels})
    if entered.count < len(people):
        n = len(people) - entered.count
        said = ngettext(
            "%(n)s fanns redan och lades inte in igen.", "%(n)s fanns redan och lades inte in igen.", n
        )
        messages.warning(request, said % {"n": n})
    return redirect("round_view", pk=case.pk)


@page("candidacy.create", load=load_round, methods=BOTH)
def undo_round(request: HttpRequest, actor: Actor, part: OfRound, pk: UUID, round: UUID) -> HttpResponse:
    """Take back a list entered by mistake, while nothing is recorded about its people."""
    case, made = part.case, part.made
    form = BaseForm(request.POST or None)
    if not acts.may_be_undone(case, made):
        if request.method == "POST":
            return _too_late(request, actor, case, made, form)
        messages.warning(request, _why_not(case, made))
        return redirect("enter_round", pk=case.pk)

    undone: set[UUID] = set()

    def do(fresh: Case) -> None:
        own = next(each for each in query.rounds_of(fresh) if each.pk == made.pk)
        undone.update(acts.undo_round(fresh, by=actor, made=own, once=form.once_key))

    answer = form_page(
        request, actor, case, "candidacy.create", form, do, heading=_("Ångra inläggningen %(who)s") % {
            "who": made.labels
        },
        submit=_("Ta bort alla %(n)s") % {"n": made.count}, colour="danger",
        said=_("%(who)s är borttagna. Inget om dem går att läsa längre.") % {"who": made.labels},
        lead=_(
            "Allt som lades in om personerna förstörs och går inte att få tillbaka. I händelseloggen står att de "
            "lades in och togs bort, utan namn. Numren används inte igen."
        ),
        next_url=links.to("enter_round", case),
    )  # fmt: skip
    if request.method == "POST":
        # After the commit: a key that is destroyed first would be missed if the rest came to nothing.
        finish_undoing(undone)
    return answer


def _too_late(request: HttpRequest, actor: Actor, case: Case, made: Round, form: BaseForm) -> HttpResponse:
    """409; but a second press of the button that undid it is answered as the first."""
    if made.undone_by_id == actor.person_id:
        return redirect("enter_round", pk=case.pk)
    return refused(request, actor, case.pk, "candidacy.create", "wrong_state", _why_not(case, made), form)


def _why_not(case: Case, made: Round) -> str:
    if made.undone_on is not None:
        return _("%(who)s är redan borttagna.") % {"who": made.labels}
    who = ", ".join(candidacy.label for candidacy in acts.touched(case, made)[:5])
    return _(
        "Inläggningen går inte att ångra: något är antecknat om %(who)s. Avsluta kandidaturerna var för sig i stället."
    ) % {"who": who or made.labels}
