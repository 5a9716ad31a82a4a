"""The jobs that belong to no room. Each may be run at any time, twice, or not at all, without harm."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore

# A key is committed before its data; one without data after this long belongs to an act that never ended.
ORPHAN_AGE = timedelta(hours=24)


def clear_expired_sessions() -> None:
    """Delete the sessions that have run out. They no longer sign anyone in; their rows are only waste."""
    SessionStore.clear_expired()
