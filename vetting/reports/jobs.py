"""The room's jobs. Each may be run at any time, twice, or not at all, without harm to a report."""

from __future__ import annotations

from audit.clock import now
from vetting.crypto import envelopes
from vetting.reports.actions.alarms import due_alarms
from vetting.reports.actions.ending import forget_keys
from vetting.reports.models import RecipientKey
from vetting.reports.sweep import sweep


def pass_on_alarms() -> None:
    """Let the next person on the roster have an alarm that nobody has answered for 30 minutes."""
    due_alarms(now())


def forget_lent_parts() -> None:
    """Destroy the parts whose time is out: they are not read any more, and now they cannot be."""
    envelopes.forget_lent(now())


def forget_revoked_keys() -> None:
    """Destroy revoked keys whose last report has got other readers, and those whose revocation was cut off."""
    forget_keys(RecipientKey.objects.filter(state=RecipientKey.State.REVOKED))


def sweep_envelopes() -> None:
    """Destroy what an act that was cut off left behind. Raises TooManyOrphans where rather the rows are missing."""
    sweep()
