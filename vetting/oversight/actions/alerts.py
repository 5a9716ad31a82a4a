"""Alerts: raised by a rule, given to one auditor, closed by her with a reason, and disposed of after a year."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Length

from audit.clock import now
from audit.errors import AlreadyDone
from audit.models import Entry
from audit.recorder import Who, act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.access.reveal import own_words
from vetting.crypto import keystore
from vetting.crypto.sealed import Opening, seal_into, seal_json_into, unseal_json
from vetting.oversight.models import Alert
from vetting.oversight.rules import Finding
from vetting.policy.alerts import RESULTS, RETENTION_MONTHS
from vetting.policy.calendar import add_months, today_stockholm
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None
SYSTEM = Who(person_id=None, account_id=None, role="system")
SHORTEST = 10
"""Letters of a reason that somebody else can understand."""
MOST = 50
"""Recruitments named in one alert; the count tells of the rest."""


def facts_for(alert: Alert, actor: Actor, *, concerned: UUID | None = None) -> Facts:
    """What the door needs to know: assigned to its auditor; `concerned` is whom it is about, where that is open."""
    is_mine = alert.auditor_id == actor.person_id
    return Facts(
        assigned=frozenset({"auditor"}) if is_mine else frozenset(),
        relations=frozenset({"owner"}) if concerned == actor.person_id else frozenset(),
    )


def raise_alert(finding: Finding, *, auditor: UUID | None) -> Alert:
    """Write down what a rule found, sealed, and give it to `auditor` (None: nobody can have it yet)."""
    alert = Alert(number=_next_number(), rule=finding.rule, raised_at=now(), auditor_id=auditor)
    keystore.create(alert.pk)
    seal_json_into(alert, "findings", _as_json(finding))
    with act("alert.raised", SYSTEM, subject=alert.pk, facts=_named(alert)) as entry:
        entry.save(alert)
    return alert


def give_alert(alert: Alert, *, auditor: UUID) -> None:
    """Hand an open alert to an auditor, when nobody had it or whoever had it no longer audits."""
    alert.auditor_id = auditor
    with act("alert.assigned", SYSTEM, subject=alert.pk, facts=_named(alert)) as entry:
        entry.save(alert)


def close_alert(pk: UUID, *, by: Actor, result: str, reason: str, once: Once = None) -> None:
    """Close it as explained, or pass it on, with a written reason. Never by whom it is about.

    Raises Alert.DoesNotExist, Denied, AlreadyDone (a second click), WrongState, BadInput.
    """
    with transaction.atomic():
        alert = Alert.objects.select_for_update().get(pk=pk)
        answer = require(by, "alert.close", facts_for(alert, by))
        if once is not None and Entry.objects.filter(once=once).exists():
            raise AlreadyDone("alert.closed has been done.")
        if alert.state != Alert.State.OPEN:
            raise WrongState("alert", "close", str(alert.state))
        if result not in RESULTS:
            raise BadInput(result="choice")
        if len(reason.strip()) < SHORTEST:
            raise BadInput(reason="too_short")
        alert.state, alert.closed_at, alert.closed_by_id = result, now(), by.person_id
        seal_into(alert, "closing", reason.strip())
        facts = {"role": answer.role, "alert": alert.number, "result": result}
        with act("alert.closed", by.who(answer.role), subject=alert.pk, facts=facts, once=once) as entry:
            # Whom it is about is sealed; the act's own entry is the record of looking.
            concerned = person_of(alert, own_words(by.who(answer.role), entry.id))
            require(by, "alert.close", facts_for(alert, by, concerned=concerned))
            entry.save(alert)


def dispose_alert(alert: Alert) -> None:
    """Delete a closed alert and destroy its key: then its history cannot be read either."""
    key = alert.pk
    with act(
        "alert.disposed",
        SYSTEM,
        subject=alert.pk,
        facts={"alert": alert.number, "date": alert.raised_at.date()},
    ) as entry:
        entry.delete(alert)
    transaction.on_commit(lambda: keystore.destroy(key))


def is_due(alert: Alert) -> bool:
    """Whether the year is over for a closed alert, by the Stockholm calendar."""
    if alert.state == Alert.State.OPEN:
        return False
    last = add_months(today_stockholm(alert.raised_at), RETENTION_MONTHS)
    return today_stockholm(now()) > last


def person_of(alert: Alert, opening: Opening) -> UUID:
    """Whom the alert is about."""
    return UUID(unseal_json(alert, "findings", opening)["person"])


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "person": str(finding.person),
        "at": finding.at.isoformat(),
        "since": finding.since.isoformat(),
        "count": finding.count,
        "threshold": finding.threshold,
        "recruitments": [str(pk) for pk in finding.recruitments[:MOST]],
    }


def _named(alert: Alert) -> dict[str, str]:
    return {"alert": alert.number, "rule": alert.rule}


def _next_number() -> str:
    """V-2026-0007: a year and a running number. The unique constraint settles a race."""
    year = today_stockholm(now()).year
    prefix = f"V-{year}-"
    # Disposed ones keep their numbers: the history knows them.
    newest = (
        Alert.history.filter(number__startswith=prefix)
        .annotate(size=Length("number"))
        .order_by("-size", "-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{prefix}{int(newest.rsplit('-', 1)[1]) + 1 if newest else 1:04d}"
