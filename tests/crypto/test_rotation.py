"""The master key is replaced: nothing sealed changes, the service goes on, and a key destroyed meanwhile stays so."""

import json
import stat
import threading
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from config import master_keys as ring_file
from config.env import ConfigurationError
from tests.crypto.conftest import master_keys
from vetting.crypto import keystore, passphrase, rotation, slots
from vetting.crypto.errors import Locked
from vetting.crypto.models import CaseKey
from vetting.crypto.written import Code

OLD, BOTH, NEW = master_keys("old", old=1), master_keys("new", old=1, new=2), master_keys("new", new=2)


def made(count: int) -> dict[uuid.UUID, bytes]:
    """New keys, by id."""
    ids = [uuid.uuid4() for _ in range(count)]
    keystore.create_many(ids)
    return {key_id: keystore.get(key_id) for key_id in ids}


def test_every_key_opens_with_the_new_master_key_alone(db: None, settings: Any, capsys: Any) -> None:
    settings.MASTER_KEYS = OLD
    keys = made(1_203)
    settings.MASTER_KEYS = BOTH
    call_command("rotate_keys")
    told = capsys.readouterr().out
    assert (
        told == "1203 keys are wrapped anew.\nTake old out of the ring, everywhere it is kept, and restart.\n"
    )
    keystore.forget_all()
    settings.MASTER_KEYS = NEW
    assert {key_id: keystore.get(key_id) for key_id in keys} == keys
    call_command("rotate_keys")
    assert capsys.readouterr().out == "0 keys are wrapped anew.\n"


def test_a_recipient_s_slots_are_among_them(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = OLD
    key, seed = uuid.uuid4(), bytes(range(32))
    phrase, code = passphrase.new_passphrase(), Code.new()
    slots.lock(key, seed, phrase=phrase, code=code)
    settings.MASTER_KEYS = BOTH
    assert rotation.old_masters() == ["old"]
    assert rotation.rewrap() == rotation.Rotated(1, [])
    settings.MASTER_KEYS = NEW
    assert slots.unlock(key, phrase) == seed
    assert slots.recover(key, code) == seed


def test_everything_that_names_its_master_key_is_wrapped_anew() -> None:
    named = {model for model in apps.get_models() if any(f.name == "kek_id" for f in model._meta.fields)}
    assert named == set(rotation.WRAPPED)


def test_what_was_cut_off_goes_on_where_it_was(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MASTER_KEYS = OLD
    made(rotation.BATCH + 10)
    settings.MASTER_KEYS = BOTH

    def cut(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rewrap(cut)
    assert rotation.waiting() == 10
    assert rotation.rewrap().count == 10
    assert rotation.old_masters() == []


def test_a_process_that_still_uses_the_old_one_is_told_of(db: None, settings: Any, capsys: Any) -> None:
    settings.MASTER_KEYS = OLD
    made(3)
    settings.MASTER_KEYS = BOTH
    late = uuid.UUID(int=1)  # where the walk has been already

    original = rotation._empty_the_log

    def meanwhile() -> None:
        CaseKey.objects.using("keystore").create(id=late, kek_id="old", wrapped=bytes(60))
        original()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rotation, "_empty_the_log", meanwhile)
        with pytest.raises(SystemExit) as ended:
            call_command("rotate_keys")
    assert ended.value.code == 1
    assert "restart both processes" in capsys.readouterr().err


def test_a_damaged_key_is_named_and_the_others_go_on(db: None, settings: Any, capsys: Any) -> None:
    settings.MASTER_KEYS = OLD
    keys = list(made(3))
    CaseKey.objects.using("keystore").filter(pk=keys[0]).update(wrapped=bytes(60))
    settings.MASTER_KEYS = BOTH
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys")
    assert (ended.value.code, capsys.readouterr().err) == (1, f"key-damaged: {keys[0]}\n")
    assert rotation.waiting() == 1


def test_a_ring_without_the_old_master_key_changes_nothing(db: None, settings: Any, capsys: Any) -> None:
    settings.MASTER_KEYS = OLD
    made(2)
    settings.MASTER_KEYS = NEW
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys")
    assert ended.value.code == 2
    assert "'old' is not in MASTER_KEYS" in capsys.readouterr().err
    with pytest.raises(Locked):
        rotation.rewrap()


def test_eight_go_on_writing_and_destroying_meanwhile(real_db: None, settings: Any) -> None:
    settings.MASTER_KEYS = OLD
    keys = made(2_000)
    settings.MASTER_KEYS = BOTH
    keystore.forget_all()
    mine, faults, stop = list(keys), list[BaseException](), threading.Event()
    destroyed, fresh = set[uuid.UUID](), dict[uuid.UUID, bytes]()

    def work(number: int) -> None:
        try:
            for turn in range(number, len(mine), 8):
                if stop.is_set() and turn > 400:
                    break
                keystore.forget_all()
                assert keystore.get(mine[turn]) == keys[mine[turn]]
                if turn % 5 == 0:
                    keystore.create(new := uuid.uuid4())
                    fresh[new] = keystore.get(new)
                if turn % 50 == number:
                    assert keystore.destroy(mine[turn])
                    destroyed.add(mine[turn])
        except BaseException as error:  # told by the test, not by the thread
            faults.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    rotation.rewrap()
    stop.set()
    for writer in writers:
        writer.join()
    assert faults == []
    assert len(fresh) > 0
    assert len(destroyed) > 0
    assert rotation.waiting() == 0
    keystore.forget_all()
    settings.MASTER_KEYS = NEW
    assert {key_id: keystore.get(key_id) for key_id in fresh} == fresh
    left = keystore.existing(list(destroyed))
    assert left == set()


def test_a_new_master_key_is_added_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    path = tmp_path / "ring"
    path.write_text(OLD)
    path.chmod(0o400)
    monkeypatch.setenv("MASTER_KEYS_FILE", str(path))
    assert ring_file.add(path, date(2026, 11, 28)) == "2026-11-28"
    assert ring_file.add(path, date(2026, 11, 28)) == "2026-11-28-2"
    ring = json.loads(path.read_text())
    assert ring["current"] == "2026-11-28-2"
    assert list(ring["keys"]) == ["old", "2026-11-28", "2026-11-28-2"]
    assert ring["keys"]["old"] == json.loads(OLD)["keys"]["old"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert [each.name for each in tmp_path.iterdir()] == ["ring"]
    call_command("rotate_keys", "--add")
    told = capsys.readouterr().out
    assert "restart the web server and the worker" in told
    assert not any(key in told for key in json.loads(path.read_text())["keys"].values())


def test_a_file_that_holds_no_ring_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    path = tmp_path / "ring"
    path.write_text("{")
    with pytest.raises(ConfigurationError):
        ring_file.add(path, date(2026, 11, 28))
    assert path.read_text() == "{"
    monkeypatch.delenv("MASTER_KEYS_FILE", raising=False)
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys", "--add")
    assert ended.value.code == 2
    assert "MASTER_KEYS_FILE names no file" in capsys.readouterr().err
