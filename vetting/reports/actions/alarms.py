"""Alarms to whoever is on duty: without content, next person after 30 minutes, gone when somebody answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audit.clock import now
from audit.models import Entry
from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts, require
from vetting.crypto.content_key import ContentKey
from vetting.policy.report_clocks import ALARM_MINUTES
from vetting.reports import notices
from vetting.reports.case import Once
from vetting.reports.days import today
from vetting.reports.directory import DIRECTORY_OF, ROLE_OF, recipients_of
from vetting.reports.errors import BadInput, NotComplete
from vetting.reports.models import Alarm, DutyContact, DutyShift, Member, Notice, Report
from vetting.reports.returning import Returned

ALARM = "alarm"
"""What an alarm's id follows from, with the report's key: the hour of an alarm tells nobody which report it is of."""


def raise_alarm(report: Report, key: ContentKey, moment: datetime) -> Alarm:
    """Begin with whoever is on duty; without a roster with any recipient. Nobody is alarmed twice at once.

    The message is written in the same transaction, and sent by the job: `Alarm.told` says when one has left.
    """
    earlier = Alarm.objects.filter(pk=key.name(ALARM)).first()
    if earlier is not None:
        return earlier
    inside = Member.objects.filter(report=report, state="member").order_by("number")
    people = [str(person) for person in inside.values_list("person_id", flat=True)]
    alarm = Alarm(id=key.name(ALARM), directory=str(report.directory), circle=people, sent_at=moment)
    _turn_to(alarm, moment)
    return alarm


def move_alarm(key: ContentKey, new: Report, own: ContentKey, moment: datetime) -> None:
    """Nobody has answered, and the report goes to another circle: so does the alarm."""
    waiting = Alarm.objects.filter(pk=key.name(ALARM))
    if waiting.exists():
        notices.forget(key.name(ALARM))
        waiting.delete()
        raise_alarm(new, own, moment)


def leave_alarms(waiting: QuerySet[Alarm], people: Collection[UUID], moment: datetime) -> None:
    """Take these out of the alarms; what was theirs to answer goes to the next. Never the last one."""
    out = {str(person) for person in people}
    for alarm in waiting.select_for_update():
        left = [person for person in alarm.circle if person not in out]
        if not left or len(left) == len(alarm.circle):
            continue
        alarm.circle = left
        if alarm.person_id in people:
            notices.forget(alarm.pk)
            _turn_to(alarm, moment)
        else:
            alarm.save()


def due_alarms(moment: datetime) -> list[Alarm]:
    """Pass on, to the next person, each alarm that nobody has answered in time; for a job. Those passed on."""
    before = moment - timedelta(minutes=ALARM_MINUTES)
    passed = []
    for pk in Alarm.objects.filter(sent_at__lte=before).values_list("pk", flat=True):
        with transaction.atomic():
            # Answered or passed on by another worker meanwhile: then it is not there any more.
            alarm = Alarm.objects.select_for_update().filter(pk=pk, sent_at__lte=before).first()
            if alarm is not None:
                _turn_to(alarm, moment)
                passed.append(alarm)
    return passed


def _turn_to(alarm: Alarm, moment: datetime) -> None:
    alarm.person_id, alarm.sent_at = _next_person(alarm, moment), moment
    alarm.tried = [*alarm.tried, str(alarm.person_id)] if alarm.person_id is not None else []
    alarm.save()
    if alarm.person_id is not None:
        notices.tell(alarm.person_id, Notice.Kind.ALARM, moment, group=alarm.pk)


def alarm_state(back: Returned) -> str:
    """What may be told of an alarm: "told" when a message has left, "on_its_way", "nobody" (to send to), "answered".

    Empty where none was raised. Asked with the code: without the report's key its alarm is not found.
    """
    alarm = Alarm.objects.filter(pk=back.key.name(ALARM)).first()
    if alarm is None:
        was_raised = Entry.objects.filter(action="report.duty_alarmed", subject=back.report.pk).exists()
        return "answered" if was_raised else ""
    if alarm.told:
        return "told"
    reach = notices.addresses_of(circle_of(alarm)).values()
    return "on_its_way" if any(address.ways for address in reach) else "nobody"


def acknowledge_alarm(pk: UUID, *, by: Actor) -> None:
    """Answer an alarm: it is deleted. Raises Denied, Alarm.DoesNotExist."""
    alarm = Alarm.objects.get(pk=pk)
    role = ROLE_OF[alarm.directory]
    is_hers = alarm.person_id == by.person_id and by.person_id in circle_of(alarm)
    relations = frozenset({"on_duty"}) if is_hers else frozenset()
    answer = require(by, "duty.acknowledge", Facts(assigned=frozenset({role}), relations=relations))
    facts = {"role": answer.role, "date": today()}
    with act("duty.acknowledged", by.who(answer.role), subject=alarm.pk, facts=facts):
        notices.forget(alarm.pk)
        alarm.delete()


def circle_of(alarm: Alarm) -> set[UUID]:
    """The persons who may be alarmed and may answer."""
    return {UUID(person) for person in alarm.circle}


def alarms_for(person: UUID) -> list[Alarm]:
    """What the person is to answer now, in reports whose circle she is in."""
    return [alarm for alarm in Alarm.objects.filter(person_id=person) if person in circle_of(alarm)]


def on_duty(directory: str, moment: datetime) -> list[UUID]:
    """Persons on duty then, in the order of their shifts."""
    shifts = DutyShift.objects.filter(directory=directory, starts_at__lte=moment, ends_at__gt=moment)
    return [shift.person_id for shift in shifts.order_by("starts_at", "id")]


def set_shift(
    *, by: Actor, directory: str, person: UUID, starts_at: datetime, ends_at: datetime
) -> DutyShift:
    """Put a recipient on duty. Raises Denied, BadInput."""
    role = _require_edit(by, directory)
    if ends_at <= starts_at:
        raise BadInput(ends_at="before_start")
    if person not in {each.person_id for each in recipients_of(directory)}:
        raise BadInput(person="choice")
    shift = DutyShift(directory=directory, person_id=person, starts_at=starts_at, ends_at=ends_at)
    _edited(shift, by, role)
    return shift


def set_contact(*, by: Actor, mail: str, phone: str, once: Once = None) -> None:
    """Say where messages reach one. Raises Denied."""
    directory = next((each for role, each in DIRECTORY_OF.items() if by.holds(role)), "")
    role = _require_edit(by, directory)
    contact = DutyContact.objects.filter(person_id=by.person_id).first() or DutyContact(
        person_id=by.person_id
    )
    contact.mail, contact.phone = mail, phone
    facts = {"role": str(role), "channel": directory, "date": today()}
    with act("duty.edited", by.who(role), subject=contact.pk, facts=facts, once=once) as entry:
        entry.save(contact)


def hand_over_shift(shift: DutyShift, *, by: Actor, person: UUID) -> None:
    """Let another recipient take what is left of a shift, with no gap between the two. Raises as `set_shift`."""
    role, moment = _require_edit(by, str(shift.directory)), now()
    if shift.ends_at <= moment:
        raise NotComplete("shift_over")
    if person not in {each.person_id for each in recipients_of(str(shift.directory))}:
        raise BadInput(person="choice")
    shift.person_id, shift.handed_over = person, True
    _edited(shift, by, role)


def _require_edit(by: Actor, directory: str) -> str:
    role = ROLE_OF.get(directory, "")
    if not by.holds(role):
        raise Denied("duty.edit", "role")
    assigned = frozenset(code for code in DIRECTORY_OF if by.holds(code) and code == role)
    return require(by, "duty.edit", Facts(assigned=assigned)).role


def _edited(shift: DutyShift, by: Actor, role: str) -> None:
    facts = {"role": str(role), "channel": str(shift.directory), "date": today()}
    with act("duty.edited", by.who(role), subject=shift.pk, facts=facts) as entry:
        entry.save(shift)


def _next_person(alarm: Alarm, moment: datetime) -> UUID | None:
    # Never one the reporter has taken out, nor whom it is about: who is alarmed can also silence it.
    inside = circle_of(alarm)
    everybody = [each.person_id for each in recipients_of(alarm.directory) if each.person_id in inside]
    order = [*(p for p in on_duty(alarm.directory, moment) if p in everybody), *everybody]
    reach = notices.addresses_of(order)
    # Half an hour is not spent on somebody whom no message reaches, unless nobody can be reached.
    order.sort(key=lambda person: not reach[person].ways)
    untried = [person for person in order if str(person) not in alarm.tried]
    if not untried:
        # All have been asked: the round begins again, until somebody answers.
        alarm.tried = []
    return next(iter(untried or order), None)
