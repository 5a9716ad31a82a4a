"""The room's jobs: each may be run at any time, twice, or not at all, without harm."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from audit.clock import now
from vetting.access.reveal import own_words
from vetting.crypto import keystore
from vetting.crypto.errors import NoKey, SealError
from vetting.oversight import watching
from vetting.oversight.actions.alerts import SYSTEM, dispose_alert, give_alert, is_due, person_of
from vetting.oversight.models import Alert

YOUNGEST = timedelta(days=360)
"""No alert younger than this is due; the calendar decides about the others."""
LATELY = timedelta(days=30)
"""How long a key that outlived its alert is looked for; the worker passes several times a day."""


def watch_readings() -> None:
    """Let the rules look at what has been read since they last did, and see that every open alert has an auditor."""
    watching.watch()
    hand_out()


def hand_out() -> None:
    """Give away open alerts that nobody has, or whose auditor no longer audits."""
    auditors = watching.auditors_today()
    waiting = Alert.objects.filter(state=Alert.State.OPEN).exclude(auditor__in=auditors)
    if not auditors:
        return
    for pk in waiting.order_by("raised_at").values_list("pk", flat=True):
        with transaction.atomic():
            alert = Alert.objects.select_for_update().get(pk=pk)
            try:
                # Only to keep it from whom it concerns; the entry of the act that gives it away tells of it.
                concerned = person_of(alert, own_words(SYSTEM, alert.entry_id))
            except (NoKey, SealError):
                continue
            auditor = watching.free_auditor(concerned)
            if auditor is not None:
                give_alert(alert, auditor=auditor)


def dispose_alerts() -> None:
    """Dispose of closed alerts whose year is over, and of keys that outlived their alert."""
    old = Alert.objects.exclude(state=Alert.State.OPEN).filter(raised_at__lt=now() - YOUNGEST)
    for alert in old.order_by("raised_at"):
        if is_due(alert):
            with transaction.atomic():
                dispose_alert(alert)
    # The service may have died between the deletion and the destruction of the key.
    gone = Alert.history.filter(history_type="-", history_date__gt=now() - LATELY)
    for key in gone.values_list("id", flat=True):
        if keystore.made_at(key) is not None:
            keystore.destroy(key)
