"""Tables of the probe model, made once per file of tests, on whichever engine is under test."""

import base64
import json
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.crypto.probe import Leaf, Probe, Required
from vetting.crypto import keystore
from vetting.crypto.sealed import Opening, seal_into


def master_keys(current: str, **keys: int) -> str:
    """MASTER_KEYS with one key of equal bytes per name."""
    return json.dumps(
        {"current": current, "keys": {n: base64.b64encode(bytes([k]) * 32).decode() for n, k in keys.items()}}
    )


@pytest.fixture
def opening() -> Opening:
    """What a recorded reading would have given."""
    return Opening(entry_id=1)


@pytest.fixture(scope="module")
def probe_tables(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The probe's tables; a leftover of an interrupted run is replaced."""
    models = [Probe, Probe.history.model, Leaf, Required]
    with django_db_blocker.unblock():
        present = set(connection.introspection.table_names())
        with connection.schema_editor() as editor:
            for model in models:
                if model._meta.db_table in present:
                    editor.delete_model(model)
                editor.create_model(model)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in reversed(models):
            editor.delete_model(model)


@pytest.fixture
def probe(probe_tables: None, db: None) -> Probe:
    """A saved row with a name and a note, under a key of its own."""
    return new_probe("Ängla Östlund", "Talade om läget i Åre.")


def new_probe(name: str, note: str) -> Probe:
    """Save a row under a new key."""
    row = Probe(candidacy_id=uuid.uuid4())
    keystore.create(row.candidacy_id)
    seal_into(row, "name", name)
    seal_into(row, "note", note)
    row.save()
    return row
