"""Finalists: propose, change, order, go on, take over, reserve, and the ways in which a candidacy ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.grants import role_of
from vetting.access.pages import page, role_in
from vetting.access.reveal import opening_of, own_words
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import unseal
from vetting.policy.questions import QUESTIONS
from vetting.recruitment import links
from vetting.recruitment.actions import candidacy as acts
from vetting.recruitment.actions import candidacy_outcome as outcomes
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.answering import of_others, split
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.finalist_questions import takes_part
from vetting.recruitment.forms.candidacies import EditForm, FinalistForm, NotSelectedForm, ProtectForm
from vetting.recruitment.kept_list import with_query
from vetting.recruitment.models import Candidacy
from vetting.recruitment.names_read import to_declare_about
from vetting.recruitment.queries.rounds import next_number
from vetting.recruitment.relations import HR
from vetting.recruitment.views.base import Part, load_case, load_part, show
from vetting.recruitment.views.forming import Once, act_page, form_page, trail
from vetting.web.forms import BaseForm

BOTH = ("GET", "HEAD", "POST")


@page("candidacy.create", load=load_case, methods=BOTH)
def create_candidacy(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Föreslå slutkandidat*: name and contact; leads to the form of her checks."""
    # About the others she has answered already, or is asked when she has had their names open.
    declares = takes_part(case, actor) and not to_declare_about(case, actor.person_id)
    form = FinalistForm(request.POST or None, declares=declares)

    def do(fresh: Case) -> None:
        typed = form.cleaned_data
        made = acts.create_candidacy(
            fresh, by=actor, name=typed["name"], contact=typed.get("contact", ""), once=form.once_key
        )
        if typed.get("declares"):
            written = own_words(actor.who(role_in(request)), made.entry_id)
            give_declaration(fresh, by=actor, names={made.pk: written})

    def entered() -> str:
        # Of the form's own act: on a second press the recruitment holds the finalist already.
        made = Candidacy.history.filter(entry__once=form.once_key).values_list("label", flat=True)
        return str(made[0]).removeprefix("K")

    count = next_number(case)
    return form_page(
        request,
        actor,
        case,
        "candidacy.create",
        form,
        do,
        heading=_("Föreslå slutkandidat"),
        submit=_("Föreslå slutkandidat"),
        said=lambda: (
            _("Slutkandidaten är inlagd som K%(count)s. Alla som deltar tar nu ställning till jäv.")
            % {"count": entered()}
        ),
        lead=_("Bara namn och kontakt. Namnet förseglas; i listor och rubriker står K%(count)s.")
        % {"count": count},
        next_url=lambda: with_query(links.group(case, "finalist"), f"k=K{entered()}"),
    )


@page("candidacy.edit", load=load_part, methods=BOTH)
def edit_candidacy(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """Change name, contact, number (when a check needs it) and the answers about the finalist."""
    own = _own(part)
    opened = _opened_text(request, own)
    mine, theirs = split(part.case.facts_for(actor, candidacy=own), _asked_of(part.case))
    answers = {**part.case.recruitment.answers, **own.answers}
    form = EditForm(
        request.POST or None,
        opened=opened,
        asks_number=acts.needs_number(part.case, own),
        questions=mine,
        answers=answers,
        protected=own.is_protected,
        seen=own.entry_id,
    )

    def do(fresh: Case) -> None:
        mine = fresh.candidacy(own.pk)
        if not form.unchanged(mine.entry_id, opened):
            return
        acts.edit_candidacy(
            fresh,
            by=actor,
            candidacy=mine,
            name=form.changed("name"),
            contact=form.changed("contact"),
            number=form.changed("number"),
            answers=form.answers(),
            once=form.once_key,
        )

    return form_page(
        request, actor, part.case, "candidacy.edit", form, do, candidacy=own,
        heading=_("Ändra uppgifter om %(who)s") % {"who": own.label}, submit=_("Spara"),
        said=_("Uppgifterna om %(who)s är sparade.") % {"who": own.label},
        lead=_("Ändras namn eller nummer upphör ett lämnat säkerhetsyttrande att gälla."),
        others=of_others(theirs, answers),
    )  # fmt: skip


def _asked_of(case: Case) -> list[str]:
    """The questions about a finalist; a participant's conflict of interest is declared by herself, elsewhere."""
    return [
        code
        for code in required(case).questions
        if "candidacy" in QUESTIONS[code].asked_when and code != "participant_conflict"
    ]


@page("candidacy.rank", load=load_case, methods=BOTH)
def rank_candidacies(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The order of the finalists, moved one step at a time."""
    if request.method == "POST":
        label = request.POST.get("up", "")

        def do(fresh: Case, once: Once) -> None:
            order = list(fresh.candidacies)
            index = next((n for n, c in enumerate(order) if c.label == label), 0)
            if index == 0:
                raise BadInput(order="order")
            order[index - 1 : index + 1] = [order[index], order[index - 1]]
            acts.rank_candidacy(fresh, by=actor, order=order, once=once)

        return act_page(
            request, actor, case, "candidacy.rank", do,
            said=_("Ordningen är ändrad."), back=links.to("rank_candidacies", case),
        )  # fmt: skip
    context = {"case": case, "breadcrumbs": trail(case, _("Ändra ordning")), "back": links.home(case)}
    return show(request, actor, "recruitment/rank.html", context)


@page("candidacy.proceed", load=load_part, methods=("POST",))
def proceed_candidacy(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """Record the human decision to go on to the final checks."""

    def do(fresh: Case, once: Once) -> None:
        acts.proceed_candidacy(fresh, by=actor, candidacy=fresh.candidacy(candidacy), once=once)

    said = _("Beslutet att gå vidare till slutkontroll är antecknat.")
    return _act(request, actor, part, "candidacy.proceed", do, said)


@page("candidacy.take_over", load=load_part, methods=("POST",))
def take_over_candidacy(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """Let the next in line take the free place; what is done follows along while it is valid."""

    def do(fresh: Case, once: Once) -> None:
        own = fresh.candidacy(candidacy)
        acts.proceed_candidacy(fresh, by=actor, candidacy=own, taking_over=True, once=once)

    said = _("%(who)s har tagit över platsen och behåller det som är gjort.") % {"who": _own(part).label}
    return _act(request, actor, part, "candidacy.take_over", do, said)


@page("candidacy.set_reserve", load=load_part, methods=("POST",))
def set_reserve(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """Keep the finalist as a reserve."""

    def do(fresh: Case, once: Once) -> None:
        acts.set_reserve(fresh, by=actor, candidacy=fresh.candidacy(candidacy), once=once)

    said = _("%(who)s är reserv.") % {"who": _own(part).label}
    return _act(request, actor, part, "candidacy.set_reserve", do, said)


@page("candidacy.withdraw", load=load_part, methods=BOTH)
def withdraw_candidacy(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """The candidate has withdrawn; asked once more, since it cannot be undone. No reason is stored."""
    own = _own(part)
    form = BaseForm(request.POST or None)

    def do(fresh: Case) -> None:
        outcomes.withdraw_candidacy(fresh, by=actor, candidacy=fresh.candidacy(own.pk), once=form.once_key)

    return form_page(
        request, actor, part.case, "candidacy.withdraw", form, do, candidacy=own,
        heading=_("%(who)s har återtagit") % {"who": own.label}, submit=_("Anteckna återtagandet"),
        said=_("Antecknat att %(who)s har återtagit.") % {"who": own.label}, colour="danger",
        lead=_("Kandidaturen avslutas och går inte att öppna igen. Inget skäl sparas. Platsen blir ledig."),
    )  # fmt: skip


@page("candidacy.mark_not_selected", load=load_part, methods=BOTH)
def mark_not_selected(
    request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID
) -> HttpResponse:
    """End the candidacy with a neutral reason."""
    own = _own(part)
    form = NotSelectedForm(request.POST or None)

    def do(fresh: Case) -> None:
        outcomes.mark_not_selected(
            fresh, by=actor, candidacy=fresh.candidacy(own.pk), reason=form.cleaned_data["reason"],
            once=form.once_key,
        )  # fmt: skip

    return form_page(
        request, actor, part.case, "candidacy.mark_not_selected", form, do, candidacy=own,
        heading=_("%(who)s är inte aktuell") % {"who": own.label}, submit=_("Avsluta kandidaturen"),
        said=_("Kandidaturen %(who)s är avslutad.") % {"who": own.label}, colour="danger",
        lead=_("Skälet är neutralt och säger aldrig något om vad en kontroll visat."),
    )  # fmt: skip


@page("candidacy.mark_protected", load=load_part, methods=BOTH)
def mark_protected(request: HttpRequest, actor: Actor, part: Part, pk: UUID, candidacy: UUID) -> HttpResponse:
    """Go over to handling by hand: what is stored about the person is destroyed, history included."""
    own, case = _own(part), part.case
    form = ProtectForm(request.POST or None, people=_hr_people(case))

    def do(fresh: Case) -> None:
        typed = form.cleaned_data
        outcomes.mark_protected(
            fresh, by=actor, candidacy=fresh.candidacy(own.pk), alias=typed["alias"],
            kept_at=typed["kept_at"], handlers=[UUID(person) for person in typed["handlers"]],
            once=form.once_key,
        )  # fmt: skip

    return form_page(
        request, actor, case, "candidacy.mark_protected", form, do, candidacy=own,
        heading=_("Skyddade personuppgifter för %(who)s") % {"who": own.label},
        submit=_("Gå över till hantering för hand"),
        said=_("%(who)s handläggs nu för hand under alias.") % {"who": own.label}, colour="danger",
        lead=_(
            "Namn, kontakt, nummer och allt som antecknats om personen förstörs, även i historiken. Det går inte "
            "att ångra. Fråga aldrig vilken sorts skydd det är, eller varför."
        ),
    )  # fmt: skip


def _act(
    request: HttpRequest,
    actor: Actor,
    part: Part,
    permission: str,
    do: Callable[[Case, Once], Any],
    said: str,
) -> HttpResponse:
    back = links.home(part.case, part.candidacy)
    return act_page(request, actor, part.case, permission, do, said=said, back=back)


def _own(part: Part) -> Candidacy:
    if part.candidacy is None:
        raise Http404
    return part.candidacy


def _hr_people(case: Case) -> list[tuple[str, str]]:
    """HR people with access to this recruitment, the only ones who may be named handlers."""
    found = {
        str(grant.user.person_id): grant.user.person.display_name
        for grant in case.grants
        if role_of(grant.permission) in HR
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def _opened_text(request: HttpRequest, candidacy: Candidacy) -> dict[str, str]:
    found = {}
    for field in ("name", "contact"):
        opening = opening_of(request, candidacy.pk, field)
        if opening is not None:
            try:
                found[field] = unseal(candidacy, field, opening)
            except SealError:
                continue
    return found
