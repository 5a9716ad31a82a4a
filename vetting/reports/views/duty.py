"""Who is on duty, and alarms: taken by whoever got them, passed on by the worker where nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.clock import now
from vetting.access.actor import Actor
from vetting.access.door import Facts
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.reports.actions.alarms import acknowledge_alarm, hand_over_shift, on_duty, set_contact, set_shift
from vetting.reports.actions.opening import report_of
from vetting.reports.directory import DIRECTORY_OF, ROLE_OF, recipients_of
from vetting.reports.forms.duty import ContactForm, ShiftForm, WhoForm
from vetting.reports.keys_held import LEAST
from vetting.reports.labels import CHANNELS
from vetting.reports.models import Alarm, DutyShift
from vetting.reports.notices import addresses_of, is_stuck
from vetting.reports.people import names_of
from vetting.reports.views.base import INBOX, done, perform, show, trail, vault_of
from vetting.web.forms import BaseForm
from vetting.web.parts import Link

ROSTER = "duty_roster"


@dataclass(frozen=True, slots=True)
class OneShift:
    """The shift of the address, for the door."""

    shift: DutyShift

    def facts_for(self, actor: Actor) -> Facts:
        """Assigned to those of its directory."""
        role = ROLE_OF[self.shift.directory]
        return Facts(assigned=frozenset({role}) if actor.holds(role) else frozenset())


@dataclass(frozen=True, slots=True)
class OneAlarm:
    """The alarm of the address, for the door."""

    alarm: Alarm

    def facts_for(self, actor: Actor) -> Facts:
        """On duty is whoever got it."""
        mine = self.alarm.person_id == actor.person_id
        role = ROLE_OF[self.alarm.directory]
        return Facts(
            assigned=frozenset({role}) if actor.holds(role) else frozenset(),
            relations=frozenset({"on_duty"}) if mine else frozenset(),
        )


def load_shift(shift: UUID) -> OneShift:
    """Raises Http404."""
    found = DutyShift.objects.filter(pk=shift).first()
    if found is None:
        raise Http404
    return OneShift(found)


def load_alarm(alarm: UUID) -> OneAlarm:
    """Raises Http404."""
    found = Alarm.objects.filter(pk=alarm).first()
    if found is None:
        raise Http404
    return OneAlarm(found)


@page("duty.view")
def duty_roster(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Now and ahead, in one's own directories."""
    mine, moment = directories_of(actor), now()
    shifts = list(
        DutyShift.objects.filter(directory__in=mine, ends_at__gt=moment).order_by("starts_at")[:100]
    )
    duty = {directory: on_duty(directory, moment) for directory in mine}
    names = names_of({shift.person_id for shift in shifts} | {p for people in duty.values() for p in people})
    context = {
        "now": [
            (CHANNELS[directory], [names.get(person, "") for person in people])
            for directory, people in duty.items()
        ],
        "shifts": [
            (shift, CHANNELS[shift.directory], names.get(shift.person_id, ""), shift.starts_at <= moment)
            for shift in shifts
        ],
        "few": [CHANNELS[directory] for directory in mine if len(recipients_of(directory)) < LEAST],
        "unreached": _unreached(mine),
        "is_stuck": is_stuck(),
        "breadcrumbs": trail(_("Jourlistan")),
    }
    return show(request, actor, "reports/duty.html", context)


@page("duty.edit", methods=("GET", "HEAD", "POST"))
def duty_add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put somebody on duty."""
    mine = directories_of(actor)
    directory = request.GET.get("kanal", "") if request.GET.get("kanal", "") in mine else next(iter(mine), "")
    if not directory:
        raise Http404
    form = ShiftForm(request.POST or None, directory=directory)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():

        def do() -> None:
            set_shift(
                by=actor,
                directory=directory,
                person=UUID(form.cleaned_data["person"]),
                starts_at=form.moment("first"),
                ends_at=form.moment("last"),
            )

        answer = perform(request, actor, "duty.edit", do, back=reverse(ROSTER), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Passet är inlagt."))
            return redirect(ROSTER)
    return _form(request, actor, form, _("Nytt pass"), str(CHANNELS[directory]))


@page("duty.edit", load=load_shift, methods=("GET", "HEAD", "POST"))
def duty_hand_over(request: HttpRequest, actor: Actor, one: OneShift, shift: UUID) -> HttpResponse:
    """Let another take what is left of a shift: nobody is without a reader in between."""
    form = WhoForm(request.POST or None, directory=str(one.shift.directory))
    if request.method == "POST" and not is_resumed(request) and form.is_valid():

        def do() -> None:
            hand_over_shift(one.shift, by=actor, person=UUID(form.cleaned_data["person"]))

        answer = perform(request, actor, "duty.edit", do, back=reverse(ROSTER), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Passet är överlämnat."))
            return redirect(ROSTER)
    return _form(request, actor, form, _("Lämna över passet"), str(CHANNELS[one.shift.directory]))


@page("duty.acknowledge", load=load_alarm, methods=("POST",))
def duty_acknowledge(request: HttpRequest, actor: Actor, one: OneAlarm, alarm: UUID) -> HttpResponse:
    """Take the alarm, and go to the report; with the key locked to the inbox, where the unanswered is first."""
    report = report_of(one.alarm, by=actor, vault=vault_of(request, actor))
    answer = perform(
        request, actor, "duty.acknowledge", lambda: acknowledge_alarm(alarm, by=actor), back=reverse(INBOX)
    )
    if answer is not None:
        return answer
    done(request, _("Du har tagit larmet. Kontakta personen nu."))
    return redirect("report_view", report=report) if report is not None else redirect(INBOX)


@page("duty.edit", methods=("GET", "HEAD", "POST"))
def duty_contact(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where messages reach one."""
    known = addresses_of([actor.person_id])[actor.person_id]
    form = ContactForm(request.POST or None, initial={"mail": known.mail, "phone": known.phone})
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        said = form.cleaned_data

        def do() -> None:
            set_contact(by=actor, mail=said["mail"], phone=said["phone"], once=form.once_key)

        answer = perform(request, actor, "duty.edit", do, back=reverse(ROSTER), form=form)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, _("Ändringen är sparad."))
            return redirect(ROSTER)
    return _form(request, actor, form, _("Så når larm dig"), "")


def directories_of(actor: Actor) -> list[str]:
    """The directories whose role one holds."""
    return [directory for role, directory in DIRECTORY_OF.items() if actor.holds(role)]


def _unreached(directories: list[str]) -> list[str]:
    people = {each.person_id: each.name for directory in directories for each in recipients_of(directory)}
    reach = addresses_of(people)
    return sorted(name for person, name in people.items() if not reach[person].ways)


def _form(request: HttpRequest, actor: Actor, form: BaseForm, label: str, channel: str) -> HttpResponse:
    crumbs = trail(Link(_("Jourlistan"), reverse(ROSTER)), label)
    context = {
        "form": form,
        "label": label,
        "channel": channel,
        "back": reverse(ROSTER),
        "breadcrumbs": crumbs,
    }
    is_wrong = request.method == "POST" and not is_resumed(request) and form.errors
    return show(request, actor, "reports/duty_form.html", context, status=422 if is_wrong else 200)
