"""The server's clock has gone back: log time stands still until the clock has caught up, and one entry says so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import DatabaseError, transaction

from audit import clock
from audit.errors import AlreadyDone, AuditError
from audit.writing import Who

logger = logging.getLogger(__name__)

EVENT = "clock.stepped_back"
# Processes that write at the same moment, and a clock that is being adjusted, are not worth an entry.
TOLERANCE = timedelta(seconds=5)
_NAMESPACE = UUID("6d3f3a0e-4f0e-5d0c-9b1e-3a4d8a6f2c51")

_told: datetime | None = None


def notice(newest: datetime, record: Callable[..., object]) -> None:
    """Take in that an entry is being written at the time of the `newest`, as the clock is behind it.

    Where the clock is behind by more than a little, the standstill gets an entry of its own when this one is committed,
    by the recorder's `record`.
    """
    if newest - clock.now() > TOLERANCE and newest != _told:
        transaction.on_commit(lambda: _tell(newest, record))


def _tell(newest: datetime, record: Callable[..., object]) -> None:
    """Write the entry, once per standstill: which one it is, is told by the time the log stands still at."""
    global _told
    if newest == _told:
        return
    _told = newest  # before its own entry is written, which is behind the clock as well
    behind = (newest - clock.now()).total_seconds()
    logger.error("the clock is %d seconds behind the log, which goes on at its latest time", behind)
    try:
        who = Who(person_id=None, account_id=None, role="system")
        with suppress(AlreadyDone):
            record(EVENT, who, facts={"date": clock.now().date()}, once=uuid5(_NAMESPACE, clock.text(newest)))
    except (AuditError, DatabaseError) as error:
        # What was committed is done; the next act notices again.
        _told = None
        logger.error("that the clock went back is not in the log: %s", type(error).__name__)
