"""So that no flood drowns a report: a budget for all together, which knows nobody. Files close first, then one waits.

Each process has its own. A text is never refused for the many: whoever has waited her minute is let in whatever the
budget says. What ends it is the room on the disk alone, and then the telephone number is told.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from vetting.reports.models import File

FILE_COSTS, FILES_BELOW = 3, 1 / 3
"""What a file takes of the budget, and the part of it that is kept for text alone."""
FILES_TOGETHER = 2
"""Files that are received at once by a process: each lies in memory, twice at most."""
LOOK_EVERY = 5.0
MIB = 1024 * 1024


class Budget:
    """A bucket that fills evenly. Safe between threads."""

    def __init__(self, most: float, each_second: float) -> None:
        self.most, self.each_second = most, each_second
        self._left, self._at = most, time.monotonic()
        self._lock = threading.Lock()

    def take(self, cost: float = 1, *, keep: float = 0) -> bool:
        """Whether there was so much, leaving `keep` at least; then it is taken."""
        with self._lock:
            moment = time.monotonic()
            self._left = min(self.most, self._left + (moment - self._at) * self.each_second)
            self._at = moment
            if self._left - cost < keep:
                return False
            self._left -= cost
            return True


_lock = threading.Lock()
_state: dict[str, tuple[float, bool]] = {}
slots = threading.BoundedSemaphore(FILES_TOGETHER)
common = Budget(settings.REPORT_BUDGET, settings.REPORT_BUDGET / 60)


def until(earlier: int) -> int:
    """0 where a text may be sent now; else until when it waits (seconds since 1970). Once told, it holds."""
    moment = int(time.time())
    if earlier:
        return 0 if earlier <= moment else earlier
    return 0 if common.take() else moment + settings.REPORT_WAIT


def takes_files() -> bool:
    """Whether a file is received now; its cost is then taken."""
    if not (_known("disk", lambda: _has_room(4)) and _known("files", _files_fit)):
        return False
    return common.take(FILE_COSTS, keep=common.most * FILES_BELOW)


def has_room() -> bool:
    """Whether the database has room for one more text."""
    return _known("text", lambda: _has_room(1))


def _known(what: str, look: Callable[[], bool]) -> bool:
    with _lock:
        at, answer = _state.get(what, (-LOOK_EVERY, True))
        if time.monotonic() - at < LOOK_EVERY:
            return answer
    answer = look()
    with _lock:
        _state[what] = (time.monotonic(), answer)
    return answer


def _has_room(times: int) -> bool:
    """Whether more than `times` the reserve is left: of the disk with SQLite, of what the operator allows otherwise."""
    reserve = settings.REPORT_RESERVE_MIB * MIB * times
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"])).parent
        return not place.is_dir() or shutil.disk_usage(place).free > reserve
    if not settings.DATABASE_MOST_MIB:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return bool(settings.DATABASE_MOST_MIB * MIB - size > reserve)


def _files_fit() -> bool:
    weight = File.objects.exclude(report__state="disposed").aggregate(all=Sum("weight"))["all"] or 0
    return bool(weight < settings.REPORT_FILES_MIB * MIB)
