"""What the service exports is what the verifier reads: green where nothing was touched, and whole or not there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit import bundle, signing, state, verifier
from audit.models import Entry
from audit.recorder import Who, act, record
from audit.sealer import seal_pending
from tests.audit.testapp.models import Folder, Note


def tell(who: Who, count: int = 5) -> Note:
    """A short story: notes written, changed, removed and read, with a signed head on the way."""
    folder, note = Folder(title="Pärm"), Note(text="första")
    with act("note.written", who, facts={"reference": "RK-1"}) as a:
        a.save(folder)
        a.save(note)
    for n in range(count):
        note.count, note.folder, note.blob = n, folder, bytes([n]) * 9
        with act("note.written", who, seal=n % 2 == 0) as a:
            a.save(note)
        record("note.read", who)
    record("report.read", who)
    gone = Note(text="borta")
    with act("note.written", who) as a:
        a.save(gone)
    with act("note.written", who) as a:
        a.delete(gone)
    seal_pending()
    for tree in signing.trees():
        signing.sign(tree, anyway=True)
    record("note.read", who)
    seal_pending()
    return note


def keys() -> list[str]:
    """What the auditor was handed."""
    firsts = [f"--first-key={tree}={_first(tree)}" for tree in state.trees()]
    return [*firsts, *(f"--vkey={signing.signer(tree).verifier}" for tree in signing.trees())]


def _first(tree: str) -> str:
    return (state.folder() / f"{tree}.first").read_text().strip()


@pytest.fixture
def exported(real_db, who: Who, tmp_path: Path) -> Callable[..., Path]:
    """Export to a folder, as the command does."""
    tell(who)

    def export(*options: str) -> Path:
        out = tmp_path / f"bundle{len(list(tmp_path.iterdir()))}"
        call_command("audit_export", "--out", str(out), *options, stdout=StringIO())
        return out

    return export


@pytest.mark.parametrize("options", [(), ("--log-only",)], ids=["full", "log"])
def test_an_untouched_bundle_is_green(
    exported: Callable[..., Path], capsys, options: tuple[str, ...]
) -> None:
    out = exported(*options)
    assert verifier.main(["verify", str(out), *keys()]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert ("the rows (left out)" in told.err) == bool(options)
    assert "seals" not in told.err


def test_the_verifier_lies_beside_and_runs_alone(exported: Callable[..., Path]) -> None:
    out = exported()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verifier.py", "verify", ".", *keys()],
        cwd=out, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_log_alone_holds_no_row(exported: Callable[..., Path]) -> None:
    out = exported("--log-only")
    content = b"".join(path.read_bytes() for path in out.rglob("*.jsonl"))
    for text in ("första", "borta", "Pärm"):
        assert text.encode() not in content
        assert text.encode() in b"".join(path.read_bytes() for path in exported().rglob("*.jsonl"))
    assert (out / "live.jsonl").read_bytes() == b""


def test_what_waits_for_its_place_is_in_it(exported: Callable[..., Path], who: Who) -> None:
    record("note.read", who)
    lines = [json.loads(line) for line in (exported() / "entries.jsonl").read_text().splitlines()]
    assert len(lines) == Entry.objects.count()
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    assert sum(line[2] is None for line in lines) == Entry.objects.filter(position=None).count()


def test_a_folder_that_is_there_is_not_written_into(exported: Callable[..., Path], tmp_path: Path) -> None:
    out = exported()
    before = bundle.digest(out)
    with pytest.raises(CommandError, match="is there already") as refused:
        call_command("audit_export", "--out", str(out))
    assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="could not be written") as refused:
        call_command("audit_export", "--out", str(tmp_path / "nowhere" / "bundle"))
    assert refused.value.returncode == 2
    assert bundle.digest(out) == before
    assert not list(tmp_path.glob(".*"))


def test_others_write_meanwhile_and_the_bundle_is_of_one_moment(
    real_db, who: Who, tmp_path: Path, capsys
) -> None:
    import threading

    from django.db import connections

    from audit.snapshot import consistent

    tell(who)
    out = tmp_path / "bundle"

    def writer() -> None:
        tell(who, 3)
        connections.close_all()

    with consistent():
        before = Entry.objects.count()
        thread = threading.Thread(target=writer)
        thread.start()
        thread.join()
        bundle.write(out, full=True)
    assert len((out / "entries.jsonl").read_text().splitlines()) == before < Entry.objects.count()
    code = verifier.main(["verify", str(out), *keys()])
    assert (code, capsys.readouterr().out) == (0, "")
