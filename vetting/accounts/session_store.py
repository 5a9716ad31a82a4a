"""Sessions in the database, of no use to whoever reads or writes the table.

The row's key is a hash of the cookie's, so that nobody who sees the table can put on a cookie; and what the session
holds is signed for that key, so that one session's content says nothing in another's row.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from audit.prepared import Prepared

KEY_LENGTH = 40  # the column's; 160 bits
LIVE = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at))
"""Asked in every request that brings a cookie."""


def stored_key(session_key: str) -> str:
    """The key of the row for the key that the cookie holds."""
    return sha256(b"session key\x00" + session_key.encode()).hexdigest()[:KEY_LENGTH]


class SessionStore(DatabaseSessions):
    """Django's, but for the two properties above (SESSION_ENGINE)."""

    @property
    def key_salt(self) -> str:
        """What the signature of the content is bound to."""
        return f"vetting.accounts.sessions.{stored_key(self.session_key or '')}"

    def exists(self, session_key: str) -> bool:
        """Whether a cookie with this key would find a row."""
        return super().exists(stored_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """Remove the row of the cookie's key, or of this session."""
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=stored_key(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row to be saved."""
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = LIVE(stored_key(self.session_key or ""), timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


def content_of(row: Session) -> dict[str, Any]:
    """What a row holds; nothing where it was not written for its own key."""
    return _Reader(row.session_key).decode(row.session_data)


class _Reader(SessionStore):
    """Reads a row by its own key, when the cookie's is not at hand."""

    def __init__(self, row_key: str) -> None:
        super().__init__()
        self._row_key = row_key

    @property
    def key_salt(self) -> str:
        return f"vetting.accounts.sessions.{self._row_key}"
