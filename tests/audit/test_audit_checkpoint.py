"""The command: signs now, tells the keys, compares what was kept elsewhere; a line and a code for each trouble."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from audit import anchor_files, anchor_mail, clock, signing
from audit.merkle import leaf_hash
from audit.models import Anchor, Checkpoint
from audit.notes import open_note
from audit.recorder import Who
from audit.signatures import Verifier
from tests.audit.test_signing import NOON, hashes, rewritten, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_state(settings, tmp_path: Path) -> None:
    settings.LOG_STATE = tmp_path / "log"
    settings.LOG_ORIGIN = "kommun.se/logg"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    code = 0
    try:
        call_command("audit_checkpoint", *map(str, arguments))
    except SystemExit as stop:
        code = int(str(stop.code or 0))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_it_signs_and_prints_each_head(who: Who, capsys) -> None:
    with clock.at(NOON):
        write(who, 3)
        write(who, 1, "report.read")
        code, out, err = run(capsys)
    row = Checkpoint.objects.get()
    assert (code, out, err) == (0, row.note, "")
    with clock.at(NOON + timedelta(days=1)):
        code, out, err = run(capsys)
        again = run(capsys)
    notes = [row.note for row in Checkpoint.objects.order_by("id")][1:]
    # Where the newest is signed already, it is printed again.
    assert (code, out, err) == again == (0, "\n".join(notes), "")
    assert [signing.head_of(note).size for note in notes] == [3, 1]
    assert len(list(anchor_files.folder().iterdir())) == Anchor.objects.count() == 3


def test_an_empty_log_has_nothing_to_sign(capsys) -> None:
    assert run(capsys) == (0, "", "")


def test_without_a_key_it_says_so(who: Who, settings, capsys) -> None:
    settings.CHECKPOINT_KEY = None
    write(who, 1)
    for arguments in ((), ("--vkey",)):
        code, out, err = run(capsys, *arguments)
        assert (code, out) == (2, "")
        assert err == "CHECKPOINT_KEY is missing: there is nothing to sign checkpoints with.\n"


def test_the_keys_that_are_told_open_the_notes(who: Who, capsys) -> None:
    assert run(capsys, "--vkey")[1].startswith("kommun.se/logg/main+")
    with clock.at(NOON):
        write(who, 1)
        write(who, 1, "report.read")
    run(capsys)
    keys = [Verifier.parse(line) for line in run(capsys, "--vkey")[1].splitlines()]
    assert [key.name for key in keys] == ["kommun.se/logg/main", "kommun.se/logg/reports"]
    for row in Checkpoint.objects.all():
        assert len(open_note(row.note, keys).known) == 1


def test_notes_kept_elsewhere_are_as_the_log_says(who: Who, tmp_path: Path, capsys) -> None:
    write(who, 3)
    first = signing.sign("main").note
    write(who, 4)
    second = signing.sign("main").note
    mail, plain = tmp_path / "mail.txt", tmp_path / "kept.note"
    mail.write_bytes(
        f"Från: logg\n\n{anchor_mail.SENTENCE}\n\n{first}\nHälsningar\n".replace("\n", "\r\n").encode()
    )
    plain.write_text(second)
    assert run(capsys, "--check", mail, plain) == (
        0,
        f"{mail}: 3 entries of main, as the log has them\n{plain}: 7 entries of main, as the log has them\n",
        "",
    )


@pytest.mark.usefixtures("no_triggers")
def test_a_fork_a_rollback_and_a_forged_note_are_told(who: Who, sql, tmp_path: Path, capsys) -> None:
    write(who, 3)
    first = signing.sign("main").note
    write(who, 2)
    second = signing.sign("main").note
    rewritten(sql, "main", [*hashes()[:1], leaf_hash(b"other"), *hashes()[2:]])
    sql("DELETE FROM audit_checkpoint")
    forked = signing.sign("main").note
    sql("DELETE FROM audit_entry WHERE position >= 4")
    rewritten(sql, "main", hashes()[:4])
    paths = []
    for name, note in (("1", first), ("2", second), ("3", forked), ("4", first.replace("\n3\n", "\n2\n"))):
        paths.append(tmp_path / name)
        paths[-1].write_text(note)
    code, out, err = run(capsys, "--check", *paths)
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        f"checkpoint-root: the first 3 entries of main are not those that were signed ({paths[0]})",
        f"checkpoint-size: 1 of 5 entries of main are missing ({paths[1]})",
        f"fork: two notes of main tell 5 entries with different roots ({paths[2]})",
        f"checkpoint-size: 1 of 5 entries of main are missing ({paths[2]})",
        f"checkpoint-signature: the signature of kommun.se/logg/main is not over this text ({paths[3]})",
    ]


def test_what_holds_no_checkpoint_of_this_log_is_said(who: Who, tmp_path: Path, capsys, settings) -> None:
    write(who, 1)
    note = signing.sign("main").note
    for name, content in (("a", b""), ("b", b"\xff\xfe"), ("c", note.replace("kommun", "region").encode())):
        (tmp_path / name).write_bytes(content)
        code, out, err = run(capsys, "--check", tmp_path / name)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert str(tmp_path / name) in err
    code, _out, err = run(capsys, "--check", tmp_path / "none")
    assert (code, err) == (2, f"{tmp_path / 'none'} cannot be read (FileNotFoundError).\n")


@pytest.mark.usefixtures("no_triggers")
def test_a_log_that_contradicts_what_was_signed_is_told_and_not_signed(who: Who, sql, capsys) -> None:
    write(who, 3)
    run(capsys)
    sql("DELETE FROM audit_entry WHERE position >= 2")
    rewritten(sql, "main", hashes()[:2])
    code, out, err = run(capsys)
    assert (code, out, err) == (1, "checkpoint-size: 1 of 3 entries of main are missing\n", "")
    assert Checkpoint.objects.count() == 1
