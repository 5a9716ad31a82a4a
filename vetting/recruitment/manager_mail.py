"""One mail to a manager for whom something new waits: a sentence and the address of her page, nothing of what."""

from __future__ import annotations

import logging
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings

from audit.clock import now
from audit.relay import hand_over
from vetting.access.actor import load_actor
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.policy.calendar import STOCKHOLM, is_working_day, working_days_between
from vetting.recruitment.models import ManagerMail
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.views.manager_home import tasks_of

logger = logging.getLogger(__name__)
FIRST_HOUR, LAST_HOUR = 7, 17
AGAIN = 5
"""Working days after which what still waits is told of once more."""
SUBJECT = "Något väntar på dig"
TEXT = "Något väntar på dig i Rätt person på rätt plats. Logga in så ser du vad."


def tell_managers() -> None:
    """Job: mail those for whom something waits that they have not been told of. At most one mail a working day each."""
    moment = now().astimezone(STOCKHOLM)
    if settings.ANCHOR_RELAY is None or not is_working_day(moment.date()):
        return
    if not FIRST_HOUR <= moment.hour < LAST_HOUR:
        return
    told = {row.person_id: row for row in ManagerMail.objects.all()}
    for account in _managers():
        row = told.get(account.person_id)
        if row is None or row.told_on < moment.date():
            _tell(account, row, moment)


def _managers() -> list[Account]:
    """An open account of everybody who manages and has a mail address; of nobody whose identity is protected."""
    held = RoleGrant.objects.filter(role="hiring_manager", state=RoleGrant.State.ACTIVE).values("person")
    rows = Account.objects.filter(person__in=held, is_active=True, person__is_protected=False)
    accounts = rows.exclude(person__email="").select_related("person").order_by("person_id", "created_at")
    return list({account.person_id: account for account in accounts}.values())


def _tell(account: Account, row: ManagerMail | None, moment: datetime) -> None:
    actor = load_actor(account)
    waiting = sorted(task.url for task in tasks_of(actor, reach_of(actor)))
    if not waiting:
        return
    # What was told of is kept as a digest: the row says neither which recruitments nor what waits in them.
    digest = sha256("\n".join([str(account.person_id), *waiting]).encode()).hexdigest()
    if row is not None and row.digest == digest and working_days_between(row.told_on, actor.on) < AGAIN:
        return
    try:
        hand_over(mail_to(account.person.email))
    except (OSError, ValueError) as error:
        logger.error("mail to a manager did not leave: %s. It is tried again.", type(error).__name__)
        return
    ManagerMail.objects.update_or_create(
        person_id=account.person_id, defaults={"told_on": moment.date(), "digest": digest}
    )


def mail_to(address: str) -> EmailMessage:
    """The mail: the same for everybody, every time."""
    relay: Any = settings.ANCHOR_RELAY
    sender = relay.sender if relay is not None else ""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = SUBJECT
    mail["From"], mail["To"] = sender, address
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{uuid4().hex}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{TEXT}\nhttps://{settings.ALLOWED_HOSTS[0]}/chef/\n")
    return mail
