"""The log's clock. A task may set it, so that a history can be told as if it happened then."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("audit_clock", default=None)


def now() -> datetime:
    """The present moment in UTC, or the moment set by `at`."""
    return _set.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand still at `moment` within the block, for this thread or task alone.

    Raises ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)


def text(moment: datetime) -> str:
    """`moment` as it stands in leaves and commitments: UTC, always with six decimals."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"
