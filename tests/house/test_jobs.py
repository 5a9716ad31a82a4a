"""The worker's jobs: each can be found, and the sweep takes no key that anything sealed still needs."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django.utils.module_loading import import_string

from audit.finding import Finding
from config import jobs
from vetting.crypto import keystore
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import SealedField


def test_every_job_can_be_found(settings) -> None:
    for name, path, seconds in [*settings.WORK_JOBS, ("seal", "audit.sealer.seal_pending", 1)]:
        assert callable(import_string(path)), name
        assert seconds > 0


def test_every_sealed_column_names_its_key_by_a_column() -> None:
    sealed = {
        model
        for model in apps.get_models()
        if any(isinstance(field, SealedField) for field in model._meta.get_fields())
    }
    assert sealed
    assert {model for model, _column in jobs.key_columns()} == sealed


@pytest.mark.django_db
def test_the_sweep_destroys_an_old_key_without_data_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    orphan, used, young = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    with time_machine.travel(timezone.now() - jobs.ORPHAN_AGE - timedelta(minutes=1), tick=False):
        keystore.create(orphan)
        keystore.create(used)
    keystore.create(young)
    named = jobs.keys_in_use
    monkeypatch.setattr(jobs, "keys_in_use", lambda asked: named(asked) | {used})
    jobs.sweep_orphaned_keys()
    keystore.forget_all()
    for kept in (used, young):
        assert len(keystore.get(kept)) == 32
    with pytest.raises(SealError):
        keystore.get(orphan)


@pytest.mark.django_db
def test_the_sweep_lets_keys_be_where_the_tables_are_not_as_the_log_says(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    orphan = uuid.uuid4()
    with time_machine.travel(timezone.now() - jobs.ORPHAN_AGE - timedelta(minutes=1), tick=False):
        keystore.create(orphan)
    monkeypatch.setattr("audit.sound.log_findings", lambda known: iter([Finding("row-missing", 7)]))
    jobs.sweep_orphaned_keys()
    assert keystore.existing([orphan]) == {orphan}
    assert "1 keys that have no data are let be" in caplog.text
    monkeypatch.undo()
    jobs.sweep_orphaned_keys()
    assert keystore.existing([orphan]) == set()


@pytest.mark.django_db
def test_expired_sessions_are_cleared_and_living_ones_stay() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        expired = SessionStore()
        expired.create()
    living = SessionStore()
    living.create()
    jobs.clear_expired_sessions()
    assert not SessionStore().exists(expired.session_key)
    assert SessionStore().exists(living.session_key)
