"""Nothing that was sealed can be read anywhere but through the key: not in files, dumps, facts or the key store."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.db import connections

from audit.models import Entry
from tests.harness.databases import RealDatabase
from vetting.crypto import envelope
from vetting.policy.profiles import PROFILES
from vetting.recruitment.demo.seed import fill

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
RECRUITMENTS = 60
SHORTEST = 9
# Words that are the same for everyone and stand in the program, in choices and in evidence alike, are not secrets.
WORD = re.compile(r"[a-z_]+|\d{4}-\d{2}-\d{2}")
CLASSES = [code for code, profile in PROFILES.items() if profile.visible_to == "protective_security"]


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every text that is sealed while the test runs, as it was before."""
    seen: set[str] = set()
    seal = envelope.seal

    def watched(key: bytes, aad: bytes, plain: bytes) -> bytes:
        seen.update(_texts(plain.decode()))
        return seal(key, aad, plain)

    monkeypatch.setattr(envelope, "seal", watched)
    return seen


def _texts(plain: str) -> set[str]:
    try:
        parts = _strings(json.loads(plain))
    except ValueError:
        parts = {plain}
    if plain.isdigit():
        parts = {plain}
    return {text for text in parts if len(text) >= SHORTEST and not WORD.fullmatch(text)}


def _strings(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {text for one in value.values() for text in _strings(one)}
    if isinstance(value, list):
        return {text for one in value for text in _strings(one)}
    return {value} if isinstance(value, str) else set()


@pytest.mark.deadline(300)
def test_nothing_sealed_can_be_read(real_db: RealDatabase, sealed: set[str], tmp_path: Path) -> None:
    fill(RECRUITMENTS, until=NOW)
    # A name, a contact and at least one note for each of sixty: the watch really saw them.
    assert len(sealed) > 2 * RECRUITMENTS
    found = {name: _found(content, sealed) for name, content in _places(real_db, tmp_path)}
    assert found, "somewhere must have been looked"
    assert not {name: texts for name, texts in found.items() if texts}


def _places(database: RealDatabase, folder: Path) -> list[tuple[str, bytes]]:
    out = StringIO()
    call_command("dumpdata", stdout=out)
    facts = b"\n".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True).iterator())
    places = [("dumpdata", out.getvalue().encode()), ("log", facts)]
    for alias, name in database.names.items():
        if connections[alias].vendor == "sqlite":
            for suffix in ("", "-wal"):
                file = Path(name + suffix)
                if file.exists():
                    places.append((f"{alias}{suffix}", file.read_bytes()))
        else:
            places.append((alias, _dump(alias)))
    return places


def _dump(alias: str) -> bytes:
    """The database as pg_dump writes it."""
    settings = connections[alias].settings_dict
    environment = {**os.environ, "PGPASSWORD": settings.get("PASSWORD") or ""}
    place = ["-h", unquote(settings["HOST"])] if settings.get("HOST") else []
    user = ["-U", settings["USER"]] if settings.get("USER") else []
    port = ["-p", str(settings["PORT"])] if settings.get("PORT") else []
    return subprocess.run(
        ["pg_dump", *place, *port, *user, settings["NAME"]], env=environment, check=True, capture_output=True
    ).stdout


def _found(content: bytes, secrets: set[str]) -> list[str]:
    """What can be read in `content`: as text, as JSON escapes it, as bytea in hexadecimal, and every inner class."""
    lowered = content.lower()
    return [
        text
        for text in (*secrets, *CLASSES)
        if text.encode() in content
        or json.dumps(text)[1:-1].encode() in content
        or text.encode().hex().encode() in lowered
    ]
