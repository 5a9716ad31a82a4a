"""The environment is read strictly: what is wrong stops the start, in one line, and never quotes a secret."""

import base64
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import demo_keys, env

KEY = base64.b64encode(bytes(32)).decode()
ROOT = Path(__file__).resolve().parents[2]


def test_a_secret_comes_from_its_name_or_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("A", raising=False)
    assert env.secret("A") is None
    (tmp_path / "a").write_text("from the file\n")
    monkeypatch.setenv("A_FILE", str(tmp_path / "a"))
    assert env.secret("A") == "from the file"
    monkeypatch.setenv("A", "from the name")
    with pytest.raises(env.ConfigurationError, match="not both"):
        env.secret("A")
    monkeypatch.delenv("A_FILE")
    assert env.secret("A") == "from the name"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe"])
def test_a_secret_file_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a").write_bytes(content)
    monkeypatch.setenv("A_FILE", str(tmp_path / "a"))
    with pytest.raises(env.ConfigurationError, match="A_FILE"):
        env.secret("A")
    monkeypatch.setenv("A_FILE", str(tmp_path / "missing"))
    with pytest.raises(env.ConfigurationError, match="cannot be read"):
        env.secret("A")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "must be JSON"),
        ("[]", "must be JSON"),
        ('{"current": "a"}', "must be JSON"),
        ('{"current": "b", "keys": {"a": "' + KEY + '"}}', "current id"),
        ('{"current": "a", "keys": {"a": "c2hvcnQ="}}', "32 random bytes"),
    ],
)
def test_a_ring_that_cannot_be_used_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    monkeypatch.setenv("RING", text)
    with pytest.raises(env.ConfigurationError, match=words) as caught:
        env.key_ring("RING")
    assert KEY not in str(caught.value)


def test_a_ring_is_read_and_does_not_show_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RING", json.dumps({"current": "b", "keys": {"a": KEY, "b": KEY}}))
    ring = env.key_ring("RING")
    assert ring is not None
    assert ring.current == "b"
    assert ring.keys["a"] == bytes(32)
    assert KEY not in repr(ring)
    assert "x00" not in repr(ring)


@pytest.mark.parametrize("text", ["maybe", "2", "nej då"])
def test_a_switch_that_says_neither_yes_nor_no_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("SWITCH", text)
    with pytest.raises(env.ConfigurationError):
        env.boolean("SWITCH", default=True)


@pytest.mark.parametrize("text", ["-1", "1.5", "٣", "many"])
def test_a_number_is_a_whole_number(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("NUMBER", text)
    with pytest.raises(env.ConfigurationError):
        env.integer("NUMBER", 1)


def test_a_postgresql_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("D", "postgresql://anna:p%40ss@db.example:6543/v%C3%A4rn?sslmode=verify-full")
    found = env.database("D", "")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("värn", "anna", "p@ss")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == (
        "db.example",
        "6543",
        {
            "sslmode": "verify-full",
            "options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=60s -c jit=off",
        },
    )


def test_the_waits_of_an_address_are_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("D", "postgresql://anna@/vetting?options=-c%20lock_timeout%3D5s")
    assert env.database("D", "")["OPTIONS"] == {"options": "-c lock_timeout=5s"}


@pytest.mark.parametrize(
    "text", ["mysql://a/b", "postgresql://host/", "sqlite://", "postgresql://h:port/x", "x"]
)
def test_an_address_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("D", text)
    with pytest.raises(env.ConfigurationError):
        env.database("D", "")


def test_sqlite_is_durable_and_forgets_what_is_deleted() -> None:
    options = env.sqlite("file.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "mmap_size=",
    ):
        assert pragma in options["init_command"]


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(
        command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=50, check=False
    )


def test_without_a_secret_key_it_says_in_one_line_what_to_do(tmp_path: Path) -> None:
    told = start(tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith("SECRET_KEY is missing: set SECRET_KEY, or SECRET_KEY_FILE")
    assert told.stderr.count("\n") == 1


def test_without_the_logs_key_it_does_not_start(tmp_path: Path) -> None:
    told = start(tmp_path, SECRET_KEY="x" * 40)
    assert told.returncode == 2
    assert told.stderr.startswith("LOG_KEY is missing: set LOG_KEY, or LOG_KEY_FILE")


def test_without_master_keys_it_starts_locked(tmp_path: Path) -> None:
    told = start(tmp_path, SECRET_KEY="x" * 40, LOG_KEY=KEY)
    assert told.returncode == 0, told.stderr


def test_demonstration_keys_are_private_and_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert sorted(demo_keys.write_missing(folder)) == [
        "checkpoint_key", "index_key", "log_key", "master_keys", "receipt_key", "recipient_root",
        "recipient_root_private", "secret_key",
    ]  # fmt: skip
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert demo_keys.write_missing(folder) == []
    assert before == {path.name: path.read_text() for path in folder.iterdir()}
