"""The job that sends what is due: each message taken by one worker, tried again with longer pauses, never lost.

A worker that dies with a message in hand leaves it to the next one when its time is out. The one moment that cannot be
closed is between the server's yes and the note of it: the message then leaves once more, with the same Message-ID, by
which a mail server knows it as the same.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Q

from audit.clock import now
from audit.relay import hand_over
from vetting.reports import texting
from vetting.reports.models import Alarm, Notice
from vetting.reports.notices import addresses_of

logger = logging.getLogger(__name__)
HELD = timedelta(minutes=2)
"""How long a worker may have a message in hand: longer than the server's patience."""
KEPT = timedelta(days=1)
"""How long a sent message's row is kept, for whoever looks whether messages leave."""
LONGEST = {Notice.Kind.ALARM.value: 5, Notice.Kind.LATE.value: 15, Notice.Kind.WAITING.value: 30}
"""The longest pause between two tries, in minutes."""
SUBJECT = {
    Notice.Kind.ALARM.value: "Någon behöver dig nu",
    Notice.Kind.LATE.value: "Något har väntat länge",
    Notice.Kind.WAITING.value: "Något väntar på dig",
}
TEXT = {
    Notice.Kind.ALARM.value: "Du har fått ett larm. Logga in och ta det. Utan svar går det vidare efter 30 minuter.",
    Notice.Kind.LATE.value: "Något har väntat i mer än 12 timmar och måste få svar i dag. Logga in.",
    Notice.Kind.WAITING.value: "Något väntar på dig. Logga in när du kan.",
}


def send_due() -> None:
    """Send everything whose moment has come, alarms first; what cannot leave waits for its next try."""
    moment = now()
    waiting = Notice.objects.filter(sent_at=None, due_at__lte=moment).filter(
        Q(taken_until=None) | Q(taken_until__lte=moment)
    )
    for notice in waiting.order_by("kind", "due_at")[:500]:
        if _take(notice):
            _send(notice)
    Notice.objects.filter(sent_at__lte=moment - KEPT).delete()


def _take(notice: Notice) -> bool:
    """One UPDATE decides who sends it."""
    moment = now()
    free = Q(taken_until=None) | Q(taken_until__lte=moment)
    return bool(Notice.objects.filter(free, pk=notice.pk, sent_at=None).update(taken_until=moment + HELD))


def _send(notice: Notice) -> None:
    address = addresses_of([notice.person_id])[notice.person_id]
    try:
        if notice.way == Notice.Way.SMS:
            texting.send(address.phone, text_of(notice.kind), str(notice.pk))
        else:
            hand_over(mail_of(notice, address.mail))
    except (OSError, ValueError) as error:
        _put_off(notice, error)
        return
    Notice.objects.filter(pk=notice.pk).update(sent_at=now(), taken_until=None)
    if notice.group is not None:
        Alarm.objects.filter(pk=notice.group).update(told=True)


def _put_off(notice: Notice, error: Exception) -> None:
    pause = timedelta(minutes=min(2**notice.tries, LONGEST[notice.kind]))
    # Without the error's text, which may quote the server's answer and with it the address.
    logger.error(
        "a message of kind %s did not leave by %s: %s. It is tried again.",
        notice.kind,
        notice.way,
        type(error).__name__,
    )
    Notice.objects.filter(pk=notice.pk).update(tries=F("tries") + 1, due_at=now() + pause, taken_until=None)


def text_of(kind: str) -> str:
    """The sentence, and where to sign in. The same for everybody."""
    return f"{TEXT[kind]}\nhttps://{settings.ALLOWED_HOSTS[0]}/anmalningar/"


def mail_of(notice: Notice, to: str) -> EmailMessage:
    """The mail. Everything in it is a constant, but the address and the number of the message, which is random."""
    relay: Any = settings.ANCHOR_RELAY
    sender = relay.sender if relay is not None else ""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = SUBJECT[notice.kind]
    mail["From"], mail["To"] = sender, to
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{notice.pk.hex}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if notice.kind == Notice.Kind.ALARM:
        mail["Importance"] = "high"
    mail.set_content(f"{text_of(notice.kind)}\n")
    return mail
