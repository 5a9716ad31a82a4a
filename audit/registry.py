"""The events there are (AUDIT_EVENTS), and the facts each may carry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from audit.canonical import fact
from audit.errors import NotCanonical, UnknownEvent, UnknownFact
from audit.events import EventSpec


def event(action: str) -> EventSpec:
    """The declared event. Raises UnknownEvent."""
    try:
        return _events(settings.AUDIT_EVENTS)[action]
    except KeyError:
        raise UnknownEvent(f"{action} is not a declared event.") from None


@cache
def _events(path: str) -> Mapping[str, EventSpec]:
    found: Mapping[str, EventSpec] = import_string(path)
    return found


def checked_facts(spec: EventSpec, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they stand in a leaf. Raises UnknownFact for one the event does not declare or cannot hold."""
    checked = {}
    for name, value in facts.items():
        if name not in spec.facts:
            raise UnknownFact(f"{spec.code} has no fact {name!r}.")
        try:
            checked[name] = fact(value)
        except NotCanonical as error:
            raise UnknownFact(f"{spec.code}, {name}: {error}") from error
    return checked
