"""Copies while others write, and back again: what is missing is told, what was destroyed stays destroyed."""

import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from audit import state
from audit.models import Tree
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from config import copies
from tests.audit.testapp.models import Note
from tests.harness.databases import SqliteTemplates, pointed_at
from vetting.crypto import keystore
from vetting.crypto.errors import NoKey

WHO = Who(uuid.uuid4(), uuid.uuid4(), "hr_officer")


@pytest.fixture
def written(real_db: None) -> Iterator[uuid.UUID]:
    """A log with three notes, and a key; the id of the key."""
    with override_settings(AUDIT_EVENTS="tests.audit.testapp.events.EVENTS"):
        yield _written()


def _written() -> uuid.UUID:
    for number in range(3):
        with act("note.written", WHO) as a:
            a.save(Note(text=f"note {number}"))
    key_id = uuid.uuid4()
    keystore.create(key_id)
    seal_pending()
    return key_id


def backup(folder: Path) -> tuple[Path, Path]:
    """Both copies, each in a folder of its own."""
    for name in ("a", "b"):
        (folder / name).mkdir()
    data, keys = folder / "a" / "data", folder / "b" / "keys"
    call_command("backup", data=data, keys=keys)
    return data, keys


def empty(templates: Any, folder: Path) -> str:
    """An empty database of the engine under test."""
    if isinstance(templates, SqliteTemplates):
        return str(folder / f"{uuid.uuid4().hex}.sqlite3")
    name = f"{templates.prefix}_{uuid.uuid4().hex[:12]}"
    templates.run(f'CREATE DATABASE "{name}"')
    return name


@contextmanager
def elsewhere(templates: Any, folder: Path, *aliases: str) -> Iterator[None]:
    """These databases are empty ones; the log's state outside is the same."""
    names = {alias: empty(templates, folder) for alias in aliases}
    try:
        with pointed_at(names, Path(settings.LOG_STATE)):
            yield
    finally:
        for name in names.values():
            templates.drop(name)


def test_nothing_is_missing_after_a_copy_of_now(
    written: uuid.UUID, templates: Any, tmp_path: Path, capsys: Any
) -> None:
    key = keystore.get(written)
    data, keys = backup(tmp_path)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (data, keys)} == {0o600}
    size = Tree.objects.get(name="main").size
    with elsewhere(templates, tmp_path, "default", "keystore"):
        call_command("restore", data=data, keys=keys)
        assert "no entry of the log is missing" in capsys.readouterr().out
        assert (Tree.objects.get(name="main").size, Note.objects.count()) == (size, 3)
        keystore.forget_all()
        assert keystore.get(written) == key


def test_what_was_written_since_is_told_and_what_was_destroyed_stays_so(
    written: uuid.UUID, templates: Any, tmp_path: Path, capsys: Any
) -> None:
    data, _keys = backup(tmp_path)
    for _ in range(2):
        record("note.read", WHO)
    seal_pending()
    keystore.destroy(written)
    mark = state.read_mark("main")
    assert mark is not None
    with elsewhere(templates, tmp_path, "default"):
        with pytest.raises(SystemExit) as ended:
            call_command("restore", data=data)
        told = capsys.readouterr()
        assert ended.value.code == 1
        assert f"main: 2 of {mark.size} entries are missing, those after 20" in told.out
        assert "audit_restart --reason restored" in told.err
        with pytest.raises(NoKey):
            keystore.get(written)


def test_nothing_is_written_over(written: uuid.UUID, tmp_path: Path, capsys: Any) -> None:
    data, keys = backup(tmp_path)
    for command, said in (
        (lambda: call_command("backup", data=data, keys=tmp_path / "b" / "more"), "is there already"),
        (lambda: call_command("backup", data=tmp_path / "one", keys=tmp_path / "two"), "two folders"),
        (lambda: call_command("restore", data=data, keys=keys), "is not empty"),
        (lambda: call_command("restore", data=tmp_path / "nowhere"), "is not there"),
    ):
        with pytest.raises(SystemExit) as ended:
            command()
        assert ended.value.code == 2
        assert said in capsys.readouterr().err
    assert Note.objects.count() == 3
    assert not (tmp_path / "b" / "more").exists()


def test_a_file_that_is_no_copy_is_told_in_one_line(templates: Any, real_db: None, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"no copy" * 100)
    with elsewhere(templates, tmp_path, "default"), pytest.raises(copies.CopyError) as told:
        copies.put_back("default", tmp_path / "copy")
    assert "\n" not in str(told.value)
