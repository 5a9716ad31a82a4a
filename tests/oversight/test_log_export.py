"""*Hämta loggpaketet*: the auditor alone, with the password again, recorded first; the verifier finds it whole."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from audit import anchors, state, verifier
from audit.models import Entry
from audit.sealer import seal_pending
from tests.harness.databases import RealDatabase
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world

EXPORT = "/granskning/tillstand/loggpaket/"


def unpacked(answer: Any, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        archive.extractall(folder)
    answer.close()
    return folder / "loggpaket"


def verify(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verifier.py"), "verify", str(folder), *more],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_is_recorded_with_its_digest_and_verifies(real_db: RealDatabase, tmp_path: Path) -> None:
    world = build_world()
    walk = Walk(world, "assistant").open()
    walk.finalist("Kim Kanariesson")
    seal_pending()
    anchors.checkpoint()
    page = client_of(world, "auditor").get("/granskning/tillstand/")
    (key,) = page.context["state"].vkeys
    typed = f"python3 verifier.py verify loggpaket \\\n    --first-key main.first \\\n    --vkey &#x27;{key}&#x27;"
    assert typed in page.content.decode()
    answer = client_of(world, "auditor", fresh=True).post(EXPORT, filled())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    folder = unpacked(answer, tmp_path)
    entry = Entry.objects.get(action="log.exported")
    assert entry.actor_role == "auditor"
    assert entry.facts["digest"] == sha256((folder / "manifest.json").read_bytes()).hexdigest()
    # What the page tells to compare with is in the sentence, for the event itself came after the package.
    said = client_of(world, "auditor").get("/granskning/logg/?slag=granskning").content.decode()
    assert f"kontrollsumma {entry.facts['digest']}" in said
    first = tmp_path / "main.first"
    first.write_bytes((state.folder() / "main.first").read_bytes())
    told = verify(folder, "--first-key", str(first), "--vkey", key)
    assert (told.returncode, told.stdout) == (0, ""), told.stdout + told.stderr
    lines = (folder / "entries.jsonl").read_text().splitlines()
    assert len(lines) >= entry.facts["position_number"] + 1
    assert (folder / "live.jsonl").read_text() == ""
    assert "Kanariesson" not in "".join(path.read_text() for path in folder.rglob("*.jsonl"))
    changed = (folder / "entries.jsonl").read_text().replace("recruitment.opened", "recruitment.closed", 1)
    (folder / "entries.jsonl").write_text(changed)
    assert verify(folder).returncode == 1


def test_who_may_and_when_follows_the_matrix(world: World) -> None:
    for name in world.accounts:
        if name != "auditor":
            assert client_of(world, name, fresh=True).post(EXPORT, filled()).status_code == 404, name
    client = client_of(world, "auditor")
    assert client.get(EXPORT).status_code == 405
    asked = client.post(EXPORT, filled())
    assert "Bekräfta att det är du" in asked.content.decode()
    assert not Entry.objects.filter(action="log.exported").exists()


def test_coming_back_from_the_password_hands_out_nothing_by_itself(world: World) -> None:
    answer = client_of(world, "auditor", fresh=True).post(EXPORT, filled(_resumed="1"))
    assert answer.status_code == 302
    assert not Entry.objects.filter(action="log.exported").exists()


def test_nothing_leaves_when_the_entry_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr("vetting.oversight.views.state.record", broken)
    client = client_of(world, "auditor", fresh=True)
    client.raise_request_exception = False
    answer = client.post(EXPORT, filled())
    assert answer.status_code >= 500
    assert b"PK" not in answer.content[:2]


def test_a_full_disk_is_said_and_leaves_no_entry(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr("audit.bundle.write", full)
    answer = client_of(world, "auditor", fresh=True).post(EXPORT, filled())
    assert answer.status_code == 503
    assert not Entry.objects.filter(action="log.exported").exists()


def test_the_verifier_is_handed_out_as_it_is(world: World) -> None:
    for name in ("auditor", "administrator", "data_protection_officer", "security_head"):
        answer = client_of(world, name).get("/granskning/tillstand/verifier.py")
        assert answer.content == Path(verifier.__file__).read_bytes()
    assert client_of(world, "hr").get("/granskning/tillstand/verifier.py").status_code == 404


def test_only_an_auditor_is_offered_the_package(world: World) -> None:
    for name, offered in (("auditor", True), ("administrator", False)):
        page = client_of(world, name).get("/granskning/tillstand/").content.decode()
        assert (EXPORT in page) == offered
        assert "verifier.py verify loggpaket" in page
