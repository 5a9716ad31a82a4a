"""The clocks of a sign-in, and the list of one's own sign-ins.

The times live inside the session itself: no table says who was signed in when, only the log does.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from vetting.accounts import limits
from vetting.accounts.models import Account
from vetting.accounts.session_store import content_of, stored_key

STARTED = "sign_in_started"
SEEN = "sign_in_seen"
# Noting every request would write the session on every page; a minute's grain is enough for a 15-minute limit.
GRAIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class LiveSession:
    """One open sign-in of an account: when it began and was last used (UTC), whether it is this one, the code of how
    it was proven, and what it is called where it is to be ended (of no use as a cookie). Nothing about the device.
    """

    started_at: datetime
    seen_at: datetime
    is_current: bool
    method: str
    handle: str


def start(request: HttpRequest) -> None:
    """Start both clocks; called when somebody has signed in."""
    request.session[STARTED] = request.session[SEEN] = int(time.time())


def minutes_if_expired(request: HttpRequest) -> int | None:
    """None while the sign-in is alive (and note that it was used), else the minutes since its latest use.

    A session without clocks was not started by a sign-in of ours and counts as ended.
    """
    now = int(time.time())
    started, seen = request.session.get(STARTED), request.session.get(SEEN)
    if not isinstance(started, int) or not isinstance(seen, int):
        return 0
    if now - seen > limits.idle_seconds() or now - started > limits.absolute_seconds():
        return max(0, now - seen) // 60
    if now - seen >= GRAIN_SECONDS:
        request.session[SEEN] = now
    return None


def method_of(request: HttpRequest, account: Account) -> str:
    """The code of how this sign-in was proved: ``password``, the kind of second factor, or ``direct`` where no
    proof was recorded.
    """
    records = get_authentication_records(request, account)
    return str(records[-1].get("type") or records[-1]["method"]) if records else "direct"


def live_sessions(request: HttpRequest, account: Account) -> list[LiveSession]:
    """The account's open sign-ins, the latest used first. One query over the open sessions of the installation."""
    found = [
        LiveSession(
            _moment(data.get(STARTED)), _moment(data.get(SEEN)), key == _row_key(request), _proven(data), key
        )
        for key, data in _sessions_of(account)
    ]
    return sorted(found, key=lambda session: session.seen_at, reverse=True)


def end_others(request: HttpRequest, account: Account) -> int:
    """End every open sign-in of the account but this one; returns how many there were."""
    keys = [key for key, _ in _sessions_of(account) if key != _row_key(request)]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_one(account: Account, handle: str) -> int:
    """End the account's open sign-in of that handle; returns how many there were, 0 or 1."""
    keys = [key for key, _ in _sessions_of(account) if key == handle]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_all_sessions(account: Account) -> int:
    """End every open sign-in of the account, this browser's too; returns how many there were."""
    keys = [key for key, _ in _sessions_of(account)]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _sessions_of(account: Account) -> Iterator[tuple[str, dict[str, object]]]:
    wanted, proof = str(account.pk), account.get_session_auth_hash()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = content_of(session)
        # A session from before a change of password carries another proof and is dead already.
        if data.get(SESSION_KEY) == wanted and data.get(HASH_SESSION_KEY) == proof:
            yield session.session_key, data


def _proven(data: dict[str, object]) -> str:
    records = data.get(AUTHENTICATION_METHODS_SESSION_KEY)
    if not isinstance(records, list):
        return "direct"
    first = [record for record in records if not record.get("reauthenticated")]
    return str(first[-1].get("type") or first[-1]["method"]) if first else "direct"


def _row_key(request: HttpRequest) -> str:
    return stored_key(request.session.session_key or "")


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(seconds if isinstance(seconds, int) else 0, tz=UTC)
