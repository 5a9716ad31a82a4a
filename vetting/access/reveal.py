"""Opening what is sealed: first the log entry that says who, what and why, then - for 15 minutes - the plaintext."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from audit.clock import now
from audit.recorder import Who, record
from vetting.crypto.sealed import Opening
from vetting.policy.events import EVENTS

MINUTES = 15
SESSION_KEY = "openings"


def open_fields(
    who: Who, event: str, *, subject: UUID, facts: Mapping[str, Any], fields: Iterable[str], purpose: str
) -> Opening:
    """Record the reading and return the token with which `fields` may be opened.

    Raises what the log raises when the entry cannot be written: then nothing may be read.
    """
    opened = {"field": "|".join(sorted(fields)), "purpose": purpose}
    # Where the event itself says what is opened, or why, its entry does not repeat it.
    said = {**facts, **{name: told for name, told in opened.items() if name in EVENTS[event].facts}}
    entry = record(event, who, subject=subject, facts=said, purpose=purpose)
    return Opening(entry_id=entry.id)


def remember(request: HttpRequest, key_id: UUID, fields: Iterable[str], opening: Opening) -> None:
    """Let this session's pages show `fields` of the case key `key_id` for 15 minutes."""
    kept = {k: v for k, v in request.session.get(SESSION_KEY, {}).items() if _until(v) > now()}
    kept[str(key_id)] = {
        "fields": sorted(fields),
        "entry": opening.entry_id,
        "until": (now() + timedelta(minutes=MINUTES)).isoformat(),
    }
    request.session[SESSION_KEY] = kept


def opening_of(request: HttpRequest, key_id: UUID, field: str) -> Opening | None:
    """The remembered opening of `field` under `key_id`, or None when there is none or its time is out."""
    found = request.session.get(SESSION_KEY, {}).get(str(key_id))
    if not found or field not in found["fields"] or _until(found) <= now():
        return None
    return Opening(entry_id=found["entry"])


def opened_until(request: HttpRequest, key_id: UUID) -> datetime | None:
    """When the opening under `key_id` ends (UTC), or None."""
    found = request.session.get(SESSION_KEY, {}).get(str(key_id))
    return _until(found) if found and _until(found) > now() else None


def forget(request: HttpRequest, key_id: UUID) -> None:
    """End an opening early: *Dölj uppgifterna*."""
    kept = dict(request.session.get(SESSION_KEY, {}))
    if kept.pop(str(key_id), None) is not None:
        request.session[SESSION_KEY] = kept


def own_words(who: Who, entry_id: int) -> Opening:
    """An opening for the very request in which the actor typed the text (two people editing: both see both).

    The act's own entry is the record; nothing else is opened with it.
    """
    return Opening(entry_id=entry_id)


def of_the_subject(entry_id: int) -> Opening:
    """An opening for the person herself, on a page that her own code opened or for a copy that she asked for.

    `entry_id`: the entry that says that she did.
    """
    return Opening(entry_id=entry_id)


def _until(found: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(found["until"])
