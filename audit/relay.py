"""Handing a mail to the municipality's server, as the settings say: one mail, one connection, nothing kept."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from typing import Any

from django.conf import settings

# What this machine is called says nothing to anybody who reads a mail's head.
GREETING = "localhost"


def hand_over(mail: EmailMessage) -> None:
    """Give the mail to the relay. Raises OSError, of which every error of smtplib and of TLS is one."""
    relay: Any = settings.ANCHOR_RELAY
    if relay is None:
        raise OSError("no mail server is set")
    secure = ssl.create_default_context()
    if relay.tls == "at once":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            relay.host, relay.port, GREETING, timeout=relay.timeout, context=secure
        )
    else:
        server = smtplib.SMTP(relay.host, relay.port, GREETING, timeout=relay.timeout)
    with server:
        if relay.tls == "after greeting":
            server.starttls(context=secure)
        if relay.username:
            server.login(relay.username, relay.password)
        server.send_message(mail)
