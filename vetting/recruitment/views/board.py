"""*Anmäl till nämnd*: delegated decisions reported for a whole meeting, and the dates that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.actions.meeting import Outcome, date_each, report_each
from vetting.recruitment.forms.decision import DatesForm, MeetingForm
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import missing_label, refusal
from vetting.recruitment.models import Decision
from vetting.recruitment.queries import decisions
from vetting.recruitment.views.base import done, show
from vetting.web.parts import Link

BOTH = ("GET", "HEAD", "POST")
MOST = 200


@page("decision.report_to_board", methods=BOTH)
def report_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Tick what one meeting was told of, give its date, and report them all."""
    form = MeetingForm(request.POST or None)
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return _report_page(request, actor, form)
    typed = form.cleaned_data
    outcome = report_each(
        actor, decisions.named(actor, typed["pick"]), reported_on=typed["reported_on"], once=form.once_key
    )
    number = _tell(request, outcome)
    if number:
        sentence = ngettext("%(n)s beslut är anmält.", "%(n)s beslut är anmälda.", number)
        done(request, sentence % {"n": number})
    return redirect("report_to_board")


def of_one_meeting(shown: Sequence[Decision]) -> set[str]:
    """The decisions ticked beforehand: all of them where they are one board's, none where each has its own meeting."""
    boards = {decision.recruitment.unit.authority_id for decision in shown}
    return {str(decision.pk) for decision in shown} if len(boards) == 1 else set()


def _report_page(request: HttpRequest, actor: Actor, form: MeetingForm) -> HttpResponse:
    waiting = list(decisions.unreported(actor)[:MOST])
    authorities = {d.recruitment.unit.authority_id: d.recruitment.unit.authority.name for d in waiting}
    chosen = request.GET.get("namnd", "")
    shown = [d for d in waiting if not chosen or str(d.recruitment.unit.authority_id) == chosen]
    tabs = [Link(_("Alla"), "?", count=len(waiting), current=not chosen)]
    for pk, name in authorities.items():
        number = sum(d.recruitment.unit.authority_id == pk for d in waiting)
        tabs.append(Link(name, f"?namnd={pk}", count=number, current=str(pk) == chosen))
    ticked = set(request.POST.getlist("pick")) if form.is_bound else of_one_meeting(shown)
    context = {
        "form": form,
        "decisions": [(decision, str(decision.pk) in ticked) for decision in shown],
        "tabs": tabs if len(authorities) > 1 else [],
        "waiting_dates": decisions.undated(actor).count(),
    }
    return show(request, actor, "recruitment/decision_report.html", context)


@page("decision.record_dates", methods=BOTH)
def dates_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """When the minutes of a meeting were approved and posted; its decisions gain legal force three weeks after."""
    rows = list(decisions.undated(actor))
    found = decisions.meetings(rows)
    choices = [(_key(meeting), _meeting(meeting[1], name, number)) for meeting, name, number in found]
    posted = request.POST.get("meeting", "")
    if posted and posted not in dict(choices) and (again := _parse(posted)) is not None:
        choices.append(
            (posted, date_format(again[1], "j M Y"))
        )  # a second click: its meeting has just been dated
    form = DatesForm(request.POST or None, meetings=choices)
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        context = {"form": form, "meetings": found}
        return show(request, actor, "recruitment/decision_dates.html", context)
    typed = form.cleaned_data
    meeting = _parse(typed["meeting"])
    outcome = date_each(
        actor,
        decisions.of_meeting(actor, meeting) if meeting else [],
        minutes_approved_on=typed["minutes_approved_on"],
        posted_on=typed["posted_on"],
        once=form.once_key,
    )
    if outcome and all(isinstance(error, BadInput) for _decision, error in outcome):
        form.add_error(
            "posted_on", _("Justeringen ska ligga efter sammanträdet och anslaget efter justeringen.")
        )
        return show(request, actor, "recruitment/decision_dates.html", {"form": form, "meetings": found})
    number = _tell(request, outcome)
    if number:
        done(request, _("Datumen är antecknade för %(n)s beslut.") % {"n": number})
    return redirect("record_dates")


def _tell(request: HttpRequest, outcome: Outcome) -> int:
    """Warn of each that could not be done; how many could."""
    for decision, error in outcome:
        if error is None:
            continue
        if isinstance(error, BadInput):
            why = " ".join(str(INPUT_ERRORS[code]) for code in error.errors.values())
        elif isinstance(error, NotComplete):
            why = "; ".join(missing_label(item) for item in error.missing)
        else:
            why = refusal(error.state if isinstance(error, WrongState) else "")
        reference = f"{decision.recruitment.reference} {decision.candidacy.label}"
        messages.warning(request, f"{reference}: {why}")
    return sum(error is None for _decision, error in outcome)


def _key(meeting: decisions.Meeting) -> str:
    return f"{meeting[0]} {meeting[1].isoformat()}"


def _meeting(day: date, name: str, number: int) -> str:
    return _("%(name)s %(day)s – %(n)s beslut") % {
        "name": name,
        "day": date_format(day, "j M Y"),
        "n": number,
    }


def _parse(key: str) -> decisions.Meeting | None:
    authority, _space, day = key.partition(" ")
    try:
        return UUID(authority), date.fromisoformat(day)
    except ValueError:
        return None
