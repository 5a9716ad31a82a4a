"""Moves of the recruitment as a whole: take it, pause, take up, change facts, settle places, end, open again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.recruitment import links
from vetting.recruitment.actions import endings, recruitment
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import missing_to_close
from vetting.recruitment.forms.moves import REASONS, CancelForm, DiaryForm, FactsForm, WhyForm
from vetting.recruitment.views.base import load_case
from vetting.recruitment.views.forming import Once, act_page, form_page
from vetting.web.forms import BaseForm

BOTH = ("GET", "HEAD", "POST")


@page("recruitment.join", load=load_case, methods=("POST",))
def join_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Take the assignment in a recruitment of one's own unit that waits for an HR officer."""

    def do(fresh: Case, once: Once) -> None:
        recruitment.join_recruitment(fresh, by=actor, once=once)

    return act_page(
        request, actor, case, "recruitment.join", do,
        said=_("Du har tagit uppdraget. Ta ställning till jäv innan du går vidare."), back=links.home(case),
    )  # fmt: skip


@page("recruitment.edit", load=load_case, methods=BOTH)
def edit_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Planned start and places."""
    form = FactsForm(request.POST or None, case=case)

    def do(fresh: Case) -> None:
        now = fresh.recruitment
        stands = {
            "planned_start": now.planned_start.isoformat() if now.planned_start else "–",
            "places": now.places,
        }
        if form.unchanged(now.entry_id, stands):
            typed = form.cleaned_data
            recruitment.edit_recruitment(
                fresh, by=actor, planned_start=typed["planned_start"], places=typed["places"],
                once=form.once_key,
            )  # fmt: skip

    return form_page(
        request, actor, case, "recruitment.edit", form, do,
        heading=_("Ändra uppgifter"), submit=_("Spara"), said=_("Uppgifterna är sparade."),
    )  # fmt: skip


@page("recruitment.set_diary", load=load_case, methods=BOTH)
def set_diary(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """The number in the external diary."""
    form = DiaryForm(request.POST or None, case=case)

    def do(fresh: Case) -> None:
        if form.unchanged(
            fresh.recruitment.entry_id, {"diary_number": fresh.recruitment.diary_number or "–"}
        ):
            recruitment.set_diary(
                fresh, by=actor, diary_number=form.cleaned_data["diary_number"], once=form.once_key
            )

    return form_page(
        request, actor, case, "recruitment.set_diary", form, do,
        heading=_("Ange diarienummer"), submit=_("Spara"), said=_("Diarienumret är sparat."),
    )  # fmt: skip


@page("recruitment.hold", load=load_case, methods=BOTH)
def hold_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Put it on hold: nothing moves forward until it is taken up again."""
    form = WhyForm(request.POST or None, reasons=REASONS["hold"])

    def do(fresh: Case) -> None:
        recruitment.hold_recruitment(fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    return form_page(
        request, actor, case, "recruitment.hold", form, do,
        heading=_("Pausa rekryteringen"), submit=_("Pausa"), said=_("Rekryteringen är pausad."),
        lead=_("Inga steg framåt kan tas under tiden. En kandidat kan alltid återta."),
    )  # fmt: skip


@page("recruitment.resume", load=load_case, methods=BOTH)
def resume_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Take it up again."""
    form = BaseForm(request.POST or None)

    def do(fresh: Case) -> None:
        recruitment.resume_recruitment(fresh, by=actor, once=form.once_key)

    since = case.recruitment.hold_since
    lead = _("Pausad sedan %(day)s.") % {"day": date_format(since, "j b Y")} if since else ""
    return form_page(
        request, actor, case, "recruitment.resume", form, do,
        heading=_("Återuppta rekryteringen"), submit=_("Återuppta"), lead=lead,
        said=_("Rekryteringen är återupptagen. Kontrollera att underlaget fortfarande gäller."),
    )  # fmt: skip


@page("recruitment.settle_places", load=load_case, methods=BOTH)
def settle_places(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """State that the places still free will not be filled."""
    form = WhyForm(request.POST or None, reasons=REASONS["settle"])

    def do(fresh: Case) -> None:
        recruitment.settle_places(fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    return form_page(
        request, actor, case, "recruitment.settle_places", form, do,
        heading=_("Avsluta återstående platser"), submit=_("Avsluta platserna"),
        said=_("De återstående platserna tillsätts inte."),
        lead=_("Alla slutkandidater som är kvar ska först ha ett utfall."),
    )  # fmt: skip


@page("recruitment.cancel", load=load_case, methods=BOTH)
def cancel_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """End the recruitment without an engagement."""
    form = CancelForm(request.POST or None, today=case.today)

    def do(fresh: Case) -> None:
        typed = form.cleaned_data
        endings.cancel_recruitment(
            fresh, by=actor, reason=typed["reason"], informed_on=typed["informed_on"], once=form.once_key
        )

    return form_page(
        request, actor, case, "recruitment.cancel", form, do,
        heading=_("Avbryt rekryteringen"), submit=_("Avbryt rekryteringen"), colour="danger",
        said=_("Rekryteringen är avbruten."),
        lead=_("Alla kandidaturer avslutas med neutralt skäl. Det går inte att ångra."),
    )  # fmt: skip


@page("recruitment.close", load=load_case, methods=BOTH)
def close_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Close when everyone has started and the introduction is done."""
    form = BaseForm(request.POST or None)

    def do(fresh: Case) -> None:
        endings.close_recruitment(fresh, by=actor, once=form.once_key)

    missing = [
        links.of_missing(case, item, item.row.candidacy if item.row else None)
        for item in missing_to_close(case)
    ]
    return form_page(
        request, actor, case, "recruitment.close", form, do,
        heading=_("Avsluta rekryteringen"), submit=_("Avsluta"), said=_("Rekryteringen är avslutad."),
        lead=_("Uppföljningen av anställningen fortsätter i ett eget ärende."), blockers=missing,
    )  # fmt: skip


@page("recruitment.reopen", load=load_case, methods=BOTH)
def reopen_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """Open again when somebody with a decision has withdrawn."""
    form = WhyForm(request.POST or None, reasons=REASONS["reopen"])

    def do(fresh: Case) -> None:
        endings.reopen_recruitment(fresh, by=actor, reason=form.cleaned_data["reason"], once=form.once_key)

    return form_page(
        request, actor, case, "recruitment.reopen", form, do,
        heading=_("Öppna rekryteringen igen"), submit=_("Öppna igen"), said=_("Rekryteringen är öppen igen."),
        lead=_("Går bara när någon som fått beslut har återtagit, så att en plats är ledig."),
    )  # fmt: skip
