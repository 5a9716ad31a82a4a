"""Files at the recipients' pages: the copy by default, the original by an act of its own, both told of."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit.models import Entry
from tests.reports import made_files as made
from tests.reports.pages import at, recipient, text_of
from tests.reports.recipients import Desk
from tests.reports.test_handling import Work
from vetting.reports.actions import handling
from vetting.reports.actions.files import COPY, ORIGINAL, add_file
from vetting.reports.actions.moving import propose_transfer, transfer
from vetting.reports.errors import BadInput
from vetting.reports.files import scanning, store
from vetting.reports.models import File, Report
from vetting.reports.returning import Returned, come_back


def with_photo(desk: Desk, **told: Any) -> tuple[Report, File, Returned]:
    receipt = desk.send(**told)
    back = come_back("".join(receipt.code.groups))
    assert back is not None
    return back.report, add_file(back, made.photo()).file, back


def openings(report: Report) -> list[str]:
    found = Entry.objects.filter(subject=report.pk, action="report.file_opened").order_by("id")
    return [entry.facts["file_kind"] for entry in found]


def test_the_copy_is_saved_and_that_is_told(desk: Desk) -> None:
    report, file, _back = with_photo(desk)
    rita = recipient(desk, "rita")
    page = text_of(rita.get(at(report)))
    assert "Hämta kopian" in page
    assert "platsen där bilden togs" in page
    assert made.AUTHOR not in page  # told to whoever sent it alone
    answer = rita.get(at(report, "file", file=file.pk))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{report.reference}-1.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert b"Kanarie" not in answer.content
    assert openings(report) == ["jpeg"]


def test_the_original_comes_after_a_warning_and_is_told_as_such(desk: Desk) -> None:
    report, file, _back = with_photo(desk)
    rita = recipient(desk, "rita")
    where = at(report, "file_original", file=file.pk)
    assert "Öppna originalet?" in text_of(rita.get(where))
    assert openings(report) == []
    answer = rita.post(where)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"Kanarie" in answer.content
    assert openings(report) == ["original_jpeg"]


def test_nobody_else_and_nobody_locked_opens_it(desk: Desk) -> None:
    report, file, _back = with_photo(desk, excluded=frozenset({desk.person("ragnar")}))
    other = desk.report(desk.send())
    for name in ("ragnar", "vera"):
        assert recipient(desk, name).get(at(report, "file", file=file.pk)).status_code == 404
    rita = recipient(desk, "rita")
    assert rita.get(at(other, "file", file=file.pk)).status_code == 404
    assert rita.get(at(report, "file", file=uuid4())).status_code == 404
    locked = recipient(desk, "rita", is_open=False)
    assert locked.get(at(report, "file", file=file.pk)).status_code == 302
    assert openings(report) == []


def test_what_is_set_apart_is_not_opened(desk: Desk) -> None:
    report, file, _back = with_photo(desk)
    rita = recipient(desk, "rita")
    rita.post(at(report, "quarantine"), {"once": str(uuid4())})
    assert rita.get(at(report, "file", file=file.pk)).status_code == 409
    assert openings(report) == []


def test_a_changed_part_opens_nothing(desk: Desk) -> None:
    report, file, _back = with_photo(desk)
    part = file.parts.filter(which="copy").get()
    blob = bytearray(part.blob)
    blob[200] ^= 1
    file.parts.filter(pk=part.pk).update(blob=bytes(blob))
    assert recipient(desk, "rita").get(at(report, "file", file=file.pk)).status_code == 409


@contextmanager
def daemon(path: Path, answer: bytes) -> Iterator[list[bytes]]:
    """A scanner at a socket, by the words of clamd's manual: reads INSTREAM to its end, says what it is told to say."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()

        def serve() -> None:
            while True:
                try:
                    line, _address = door.accept()
                except OSError:
                    return
                with line, line.makefile("rb") as said:
                    assert said.read(10) == b"zINSTREAM\0"
                    whole = b""
                    while (length := struct.unpack(">I", said.read(4))[0]) != 0:
                        whole += said.read(length)
                    heard.append(whole)
                    line.sendall(answer + b"\0")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield heard
        door.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_scanner_is_asked_about_all_of_it(desk: Desk, settings: Any, tmp_path: Path) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    data = b"Han skrev igen. " * 20_000
    with daemon(tmp_path / "clamd", b"stream: OK") as heard:
        assert scanning.scan(data) == "clean"
    assert heard == [data]


def test_what_a_scanner_finds_is_refused(desk: Desk, settings: Any, tmp_path: Path) -> None:
    back = come_back("".join(desk.send().code.groups))
    assert back is not None
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    with daemon(tmp_path / "clamd", b"stream: Kanarie.Test FOUND"), pytest.raises(BadInput) as refused:
        add_file(back, b"Han skrev igen.")
    assert refused.value.errors == {"file": "virus"}
    assert not File.objects.exists()


@pytest.mark.parametrize(("answer", "status"), [(b"stream: OK", 200), (b"stream: X FOUND", 409)])
def test_with_a_silent_scanner_it_is_kept_and_opened_when_that_answers(
    desk: Desk, settings: Any, tmp_path: Path, answer: bytes, status: int
) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    report, file, _back = with_photo(desk)
    assert file.scan == "waiting"
    rita = recipient(desk, "rita")
    where = at(report, "file", file=file.pk)
    assert rita.get(where).status_code == 409
    with daemon(tmp_path / "clamd", answer):
        assert rita.get(where).status_code == status
    file = File.objects.get(pk=UUID(str(file.pk)))
    assert file.scan == ("clean" if status == 200 else "found")
    assert rita.get(where).status_code == status


def test_files_go_along_to_the_other_channel_and_are_gone_with_the_report(desk: Desk) -> None:
    receipt = desk.send()
    back = come_back("".join(receipt.code.groups))
    assert back is not None
    add_file(back, made.photo())
    work = Work.of(desk, receipt, back.report.pk)
    work.do("rita", handling.take)
    work.do("ragnar", propose_transfer, sealed=True, ground="duty_to_pass_on", reason="Missförhållande")
    work.do("rita", transfer, sealed=True)
    moved = come_back("".join(receipt.code.groups))
    assert moved is not None
    assert moved.report.pk != back.report.pk
    file = File.objects.get(report=moved.report)
    assert b"Kanarie" in store.opened(moved.key, file, ORIGINAL)
    assert b"Kanarie" not in store.opened(moved.key, file, COPY)
    assert store.is_whole(file)
