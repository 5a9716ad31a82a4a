"""The scanner itself, where the machine has it: clamd finds the test file of EICAR, and lets a photograph pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reports import made_files as made
from tests.reports.pages import at, recipient
from tests.reports.recipients import Desk
from vetting.reports.actions.files import add_file
from vetting.reports.errors import BadInput
from vetting.reports.files import scanning
from vetting.reports.models import File
from vetting.reports.returning import come_back

CLAMD = os.environ.get("CLAMD") or shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file of eicar.org, in two parts: a scanner that walks over this folder has nothing to find in it."""
PATIENCE = 30.0
"""Seconds for clamd to read its signatures."""


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon with one signature of ours, so that the test needs no network and no hundred megabytes."""
    if CLAMD is None:
        pytest.skip("ClamAV's daemon is not installed (apt install clamav-daemon).")
    (tmp_path / "own.ndb").write_text(f"Eicar.Test:0:*:{EICAR.hex()}\n", encoding="ascii")
    written = [f"LocalSocket {tmp_path}/clamd", f"DatabaseDirectory {tmp_path}", "Foreground yes"]
    conf = tmp_path / "clamd.conf"
    conf.write_text("\n".join([*written, "StreamMaxLength 21M", ""]), encoding="ascii")
    settings.CLAMD_SOCKET = f"{tmp_path}/clamd"
    with subprocess.Popen([CLAMD, "--config-file", str(conf)], stdout=subprocess.DEVNULL) as daemon:
        until = time.monotonic() + PATIENCE
        while not scanning.answers() and time.monotonic() < until:
            time.sleep(0.1)
        assert scanning.answers()
        yield daemon
        daemon.terminate()


def test_clamd_finds_the_test_file_and_lets_a_photograph_pass(
    desk: Desk, clamd: subprocess.Popen[bytes]
) -> None:
    back = come_back("".join(desk.send().code.groups))
    assert back is not None
    for found in (EICAR, b"Han skrev det h\xc3\xa4r:\n" + EICAR, made.photo() + EICAR):
        with pytest.raises(BadInput) as refused:
            add_file(back, found)
        assert refused.value.errors == {"file": "virus"}
    assert not File.objects.exists()
    assert add_file(back, made.photo(2000, 1500)).file.scan == "clean"
    clamd.terminate()
    clamd.wait()
    waiting = add_file(back, b"Han skrev igen.").file
    assert waiting.scan == "waiting"
    rita = recipient(desk, "rita")
    assert rita.get(at(back.report, "file", file=waiting.pk)).status_code == 409
