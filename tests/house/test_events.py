"""Every event of the policy is written somewhere, and nothing is written that is not declared."""

from __future__ import annotations

from pathlib import Path

from vetting.policy.events import EVENTS
from vetting.policy.permissions import PERMISSIONS

ROOT = Path(__file__).parents[2]


def sources() -> str:
    """The program's own text outside the policy, where acts are written."""
    files = [
        path
        for folder in ("audit", "config", "vetting")
        for path in (ROOT / folder).rglob("*.py")
        if "policy" not in path.parts and "migrations" not in path.parts
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


# The list of finalists is part of the recruitment's page, whose reading is one entry.
WITH_ANOTHER = {"candidacy.listed": "recruitment.viewed"}


def test_every_event_is_written_somewhere() -> None:
    text = sources()
    written = {code for code in EVENTS if f'"{WITH_ANOTHER.get(code, code)}"' in text}
    assert not set(EVENTS) - written


def test_every_logged_permission_has_its_event() -> None:
    assert not [
        code
        for code, permission in PERMISSIONS.items()
        if permission.logged != "no" and permission.event is not None and permission.event not in EVENTS
    ]
