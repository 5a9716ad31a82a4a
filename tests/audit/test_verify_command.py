"""`audit_verify` says in lines and an exit code whether the database, with what lies outside it, is as the log says."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from audit import anchors, signing, state, triggers
from audit.errors import LogBroken
from audit.merkle import Frontier
from audit.models import Checkpoint, Entry
from audit.recorder import Who, record
from audit.sealer import seal_pending
from tests.audit.test_bundle import tell

Sql = Callable[..., None]


def verify(*options: str) -> tuple[int, list[str]]:
    """The exit code, and the lines on standard output."""
    out = StringIO()
    try:
        call_command("audit_verify", *options, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


@pytest.fixture
def log(real_db, who: Who) -> Who:
    """A story with a signed and anchored head, and triggers out of the way."""
    tell(who)
    anchors.deliver([anchors.FILE])
    with connection.cursor() as cursor:
        for name in triggers.installed("default"):
            triggers._drop(connection, cursor, name)
    return who


def sealed(position: int) -> Entry:
    return Entry.objects.get(tree="main", position=position)


def test_nothing_is_said_where_all_is_well(log: Who, capfd) -> None:
    assert verify() == (0, [])
    assert "not checked" not in capfd.readouterr().err


def test_a_seal_made_without_the_key(log: Who, sql: Sql) -> None:
    entry = sealed(2)
    sql("UPDATE audit_entry SET seal = leaf_hash WHERE id = %s", entry.id)
    assert verify() == (1, [f"seal-wrong: entry {entry.id}"])


def test_a_whole_tree_worked_out_anew_is_told_by_seals_mark_and_checkpoints(log: Who, sql: Sql) -> None:
    """As the owner of the database can: another leaf, its hash, and the head that then follows."""
    from audit.merkle import leaf_hash

    entry = sealed(1)
    leaf = bytes(entry.leaf).replace(b'"role":"hr_officer"', b'"role":"hr_offices"')
    sql("UPDATE audit_entry SET leaf = %s, leaf_hash = %s, actor_role = 'hr_offices' WHERE id = %s",
        leaf, leaf_hash(leaf), entry.id)  # fmt: skip
    head = Frontier()
    for hashed in Entry.objects.filter(tree="main").order_by("position").values_list("leaf_hash", flat=True):
        head.append(bytes(hashed))
    sql("UPDATE audit_tree SET frontier = %s WHERE name = 'main'", head.to_bytes())
    code, told = verify()
    assert code == 1
    assert f"seal-wrong: entry {entry.id}" in told
    assert {line.split(":")[0] for line in told} == {"seal-wrong", "mark-root", "checkpoint-root"}


def test_an_older_database(log: Who, sql: Sql) -> None:
    kept = Entry.objects.filter(tree="main", position__lt=4)
    head = Frontier()
    for hashed in kept.order_by("position").values_list("leaf_hash", flat=True):
        head.append(bytes(hashed))
    size = state.read_mark("main").size
    sql("DELETE FROM audit_blind WHERE commit_id IN (SELECT row_id FROM audit_rowcommit)")
    sql("DELETE FROM audit_rowcommit")
    sql("DELETE FROM audit_tests_note")
    sql("DELETE FROM audit_tests_folder")
    sql("DELETE FROM audit_entry WHERE tree = 'main' AND position >= 4")
    sql("UPDATE audit_tree SET size = 4, frontier = %s WHERE name = 'main'", head.to_bytes())
    code, told = verify()
    assert code == 1
    assert f"mark-behind: main – {size - 4} of {size} entries are missing" in told
    assert any(line.startswith("checkpoint-size: ") for line in told)


def test_a_checkpoint_taken_away_changed_or_signed_by_another(log: Who, sql: Sql) -> None:
    row = Checkpoint.objects.filter(tree="main").latest("id")
    sql(
        "UPDATE audit_checkpoint SET note = %s WHERE id = %s",
        row.note.replace(f"\n{row.size}\n", "\n3\n"),
        row.pk,
    )
    code, told = verify()
    assert code == 1
    assert any(line.startswith(f"checkpoint-signature: checkpoint {row.pk}") for line in told)
    assert any(line.startswith("checkpoint-missing: main-") for line in told)


def test_a_fork(log: Who, sql: Sql) -> None:
    row = Checkpoint.objects.filter(tree="main").latest("id")
    from audit.checkpoint import Head, time_line
    from audit.notes import signed

    forked = Head(signing.origin("main"), row.size, b"\x05" * 32, (time_line(row.time, day=False),)).text
    note = signed(forked, [signing.signer("main").sign(forked)])
    path = Path(settings.LOG_STATE) / "anchors" / f"main-{row.size:012d}-20990101T000000Z.note"
    path.write_text(note, encoding="utf-8")
    code, told = verify()
    assert code == 1
    assert any(line.startswith("fork: main – ") for line in told)
    assert any(line.startswith(f"checkpoint-root: {path.name}") for line in told)


def test_times_that_fall(log: Who, sql: Sql) -> None:
    entry = sealed(4)
    sql("UPDATE audit_entry SET time = %s WHERE id = %s", "2020-01-01 00:00:00", entry.id)
    code, told = verify()
    assert code == 1
    assert f"entry-changed: entry {entry.id} – time" in told
    assert any(line.startswith(f"time-falls: entry {entry.id}") for line in told)


def test_a_restart_that_does_not_go_on_from_the_old(log: Who, sql: Sql, settings) -> None:
    from audit.restart import restart
    from tests.audit.test_startup import EVENTS

    assert "log.restarted" in EVENTS
    settings.AUDIT_EVENTS = "tests.audit.test_startup.EVENTS"
    state.declare_broken("main", "mark-root: for the test")
    restart("main", log, other=uuid4(), reason="damaged")
    record("note.read", log)
    seal_pending()
    assert verify() == (0, [])
    last = Entry.objects.filter(tree="main").latest("position")
    sql("DELETE FROM audit_entry WHERE id = %s", last.id)
    head = Frontier()
    for hashed in Entry.objects.filter(tree="main").order_by("position").values_list("leaf_hash", flat=True):
        head.append(bytes(hashed))
    sql("UPDATE audit_tree SET size = %s, frontier = %s WHERE name = 'main'", head.size, head.to_bytes())
    first = Entry.objects.get(tree="main.2", position=0)
    assert f"restart-unanchored: entry {first.id} main.2 – does not go on from main" in verify()[1]


def test_the_auditor_s_own_first_key_is_believed(log: Who, tmp_path: Path, capfd) -> None:
    kept = tmp_path / "kept"
    (Path(settings.LOG_STATE) / "main.first").rename(kept)
    shutil.copy(kept, tmp_path / "main.first")
    for given in (f"main={kept}", f"main={kept.read_text().strip()}", str(tmp_path / "main.first")):
        assert verify(f"--first-key={given}") == (0, [])
    kept.write_text(base64.b64encode(bytes(32)).decode())
    code, told = verify(f"--first-key=main={kept}")
    assert code == 1
    assert {line.split(":")[0] for line in told} == {"seal-wrong"}
    for wrong in (f"main={tmp_path / 'missing'}", f"main={tmp_path}", "main"):
        with pytest.raises(CommandError) as refused:
            verify(f"--first-key={wrong}")
        assert refused.value.returncode == 2


def test_a_bundle_is_given_to_the_verifier(log: Who, tmp_path: Path, capsys) -> None:
    out = tmp_path / "bundle"
    call_command("audit_export", "--out", str(out), stdout=StringIO())
    assert verify("--bundle", str(out))[0] == 0
    lines = (out / "entries.jsonl").read_bytes()
    (out / "entries.jsonl").write_bytes(lines.replace(b"RK-1", b"RK-2", 1))
    assert verify("--bundle", str(out))[0] == 1
    assert "leaf-changed: entry 1" in capsys.readouterr().out
    assert verify("--bundle", str(tmp_path / "nowhere"))[0] == 2


def test_what_the_auditor_holds_goes_with_a_bundle(log: Who, tmp_path: Path, capsys) -> None:
    out = tmp_path / "bundle"
    call_command("audit_export", "--out", str(out), stdout=StringIO())
    kept = max((out / "checkpoints").glob("main-*"))
    vkey = str(signing.signer("main").verifier)
    assert verify("--bundle", str(out), f"--vkey={vkey}", f"--note={kept}")[0] == 0
    capsys.readouterr()
    forged = tmp_path / "forged.note"
    size = int(kept.read_text().split("\n")[1])
    forged.write_text(kept.read_text().replace(f"\n{size}\n", f"\n{size + 9}\n"))
    assert verify("--bundle", str(out), f"--vkey={vkey}", f"--note={forged}")[0] == 1
    assert capsys.readouterr().out == "checkpoint-signature: forged.note\n"
    with pytest.raises(CommandError, match="go with --bundle") as refused:
        verify(f"--vkey={vkey}")
    assert refused.value.returncode == 2


def test_a_database_that_cannot_be_read_is_one_line_and_two(log: Who, tmp_path: Path) -> None:
    from tests.harness.databases import pointed_at

    missing = (
        str(tmp_path / "missing" / "x") if connections["default"].vendor == "sqlite" else "no_such_database"
    )
    with (
        pointed_at({"default": missing}, tmp_path),
        pytest.raises(CommandError, match="could not verify") as refused,
    ):
        verify()
    assert refused.value.returncode == 2


def test_what_is_written_meanwhile_is_no_finding(log: Who) -> None:
    from audit import outside
    from audit.integrity import findings
    from audit.snapshot import consistent

    known = outside.read()
    with consistent():
        assert Entry.objects.exists()
        import threading

        def write() -> None:
            try:
                tell(log, 2)
            except LogBroken as error:
                raise AssertionError(str(error)) from error
            finally:
                connections.close_all()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        assert list(map(str, findings(known))) == []
    assert verify() == (0, [])
