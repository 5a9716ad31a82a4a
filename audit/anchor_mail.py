"""A checkpoint as a mail to the auditor: the note and one sentence, both free of anything about a case."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

from django.conf import settings

from audit import clock
from audit.relay import hand_over

SUBJECT = "Kontrollpunkt för loggen"
SENTENCE = (
    "Spara kontrollpunkten där tjänstens egen personal inte kommer åt den:"
    " med den kan du visa om loggen har ändrats i efterhand."
)


def message(note: str, sender: str) -> EmailMessage:
    """The mail. Everything in it is a constant or the note."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = SUBJECT
    mail["From"] = sender
    mail["To"] = ", ".join(settings.ANCHOR_MAIL_TO)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    # Base64, so that no server on the way can change a letter of what is signed.
    mail.set_content(f"{SENTENCE}\n\n{note}", cte="base64")
    return mail


def send(note: str) -> None:
    """Hand the mail to the relay of the settings. Raises OSError, of which every error of smtplib and of TLS is one."""
    relay: Any = settings.ANCHOR_RELAY
    hand_over(message(note, relay.sender))
