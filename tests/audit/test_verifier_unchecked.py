"""What a package does not prove: the verifier says so."""

from pathlib import Path

import pytest

from tests.audit.tampering.asked import verified
from tests.audit.tampering.opened import Opened
from tests.audit.tampering.synthetic import made


def test_a_package_with_nothing_in_it_proves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = made(tmp_path / "bundle", 100)
    opened = Opened(bundle.folder)
    opened.entries.clear()
    opened.live.clear()
    opened.manifest["trees"].clear()
    opened.manifest["vkeys"].clear()
    for note in [*opened.notes("main"), *opened.notes("reports")]:
        note.unlink()
    opened.save()
    code, findings, _ = verified(capsys, "verify", bundle.folder)
    assert (code, findings) == (1, ["tree-root: main – 0 entries, and the bundle says 0"])


def test_what_cannot_be_checked_is_said_and_is_no_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = made(tmp_path / "log", 100, full=False)
    code, findings, unchecked = verified(capsys, "verify", bundle.folder)
    assert (code, findings) == (0, [])
    assert unchecked == [
        "not checked: the seals of main (no --first-key)",
        "not checked: the seals of reports (no --first-key)",
        "not checked: who signed the notes (no --vkey)",
        "not checked: the rows (left out)",
        "100 entries and 3 notes: 0 findings",
    ]
    opened = Opened(bundle.folder)
    opened.entries[-1][2] = opened.entries[-1][4] = None
    opened.entries[-1][1] = "main"
    opened.rewrite(opened.entries[-1], tree="main")
    opened.regrow("main")
    opened.regrow("reports")
    for path in opened.notes("reports"):
        path.unlink()
    opened.save()
    code, findings, unchecked = verified(capsys, "verify", bundle.folder, *bundle.arguments())
    assert (code, findings) == (0, [])
    assert unchecked == [
        "not checked: the rows (left out)",
        "not checked: 1 entries without a place in a tree",
        "99 entries and 1 notes: 0 findings",
    ]
