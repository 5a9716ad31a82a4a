"""One mail to whoever something waits for: a sentence and the address of her page, the same whatever it is.

A manager is mailed when something new waits, unless she has chosen otherwise; everybody else only who has asked for it.
"""

from __future__ import annotations

import logging
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from audit.clock import now
from audit.relay import hand_over
from vetting.access.actor import Actor, load_actor
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.policy.calendar import STOCKHOLM, is_working_day, working_days_between
from vetting.recruitment.models import ManagerMail, OwnChoices
from vetting.recruitment.queries.managers import is_manager
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.views.manager_home import tasks_of
from vetting.recruitment.views.work import waits_for

logger = logging.getLogger(__name__)
FIRST_HOUR, LAST_HOUR = 7, 17
AGAIN = 5
"""Working days after which what still waits is told of once more."""
SUBJECT = "Något väntar på dig"
TEXT = "Något väntar på dig i Rätt person på rätt plats. Logga in så ser du vad."


def tell_managers() -> None:
    """Job: mail those for whom something waits, as each has chosen. At most one mail a working day each."""
    moment = now().astimezone(STOCKHOLM)
    if settings.ANCHOR_RELAY is None or not is_working_day(moment.date()):
        return
    if not FIRST_HOUR <= moment.hour < LAST_HOUR:
        return
    told = {row.person_id: row for row in ManagerMail.objects.all()}
    for account, chosen in _mailed():
        row = told.get(account.person_id)
        if row is None or row.told_on < moment.date():
            _tell(account, row, moment, daily=chosen == "daily")


def mail_of(person_id: UUID) -> str:
    """How the person is mailed: as she has chosen, else as her role has it. Two queries at most."""
    chosen = OwnChoices.objects.filter(person=person_id).values_list("mail", flat=True).first()
    if chosen:
        return chosen
    manages = RoleGrant.objects.filter(role="hiring_manager", state=RoleGrant.State.ACTIVE, person=person_id)
    return "new" if manages.exists() else "none"


def _mailed() -> list[tuple[Account, str]]:
    """An open account of everybody who is to be mailed and has an address, and how often; of nobody whose identity is
    protected."""
    chosen = dict(OwnChoices.objects.exclude(mail="").values_list("person", "mail"))
    held = set(
        RoleGrant.objects.filter(role="hiring_manager", state=RoleGrant.State.ACTIVE).values_list(
            "person", flat=True
        )
    )
    wanted = {person: chosen.get(person, "new") for person in held} | chosen
    asked = [person for person, mail in wanted.items() if mail != "none"]
    rows = Account.objects.filter(person__in=asked, is_active=True, person__is_protected=False)
    accounts = rows.exclude(person__email="").select_related("person").order_by("person_id", "created_at")
    one_each = {account.person_id: account for account in accounts}
    return [(account, wanted[person]) for person, account in one_each.items()]


def _tell(account: Account, row: ManagerMail | None, moment: datetime, *, daily: bool) -> None:
    actor = load_actor(account)
    waiting = _marks(actor)
    if not waiting:
        return
    # What was told of is kept as a digest: the row says neither which recruitments nor what waits in them.
    digest = sha256("\n".join([str(account.person_id), *waiting]).encode()).hexdigest()
    if (
        not daily
        and row is not None
        and row.digest == digest
        and working_days_between(row.told_on, actor.on) < AGAIN
    ):
        return
    try:
        hand_over(mail_to(account.person.email))
    except (OSError, ValueError) as error:
        logger.error("mail that something waits did not leave: %s. It is tried again.", type(error).__name__)
        return
    ManagerMail.objects.update_or_create(
        person_id=account.person_id, defaults={"told_on": moment.date(), "digest": digest}
    )


def _marks(actor: Actor) -> list[str]:
    """What waits for the person: on the manager's page, and in the work of whoever has other roles too."""
    manages = is_manager(actor)
    found = [task.url for task in tasks_of(actor, reach_of(actor))] if manages else []
    others = any(held.role not in {"hiring_manager", "employee"} for held in actor.roles)
    return sorted(found + (waits_for(actor) if others or not manages else []))


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
