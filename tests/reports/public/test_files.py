"""Files on the page that the code opens: received in memory, cleaned, told of, sealed; and no way around it."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from audit.models import Entry
from tests.reports import made_files as made
from tests.reports.public.visitor import OWN, Answer, Visitor
from tests.reports.recipients import Desk
from vetting.crypto.errors import SealError
from vetting.reports.actions import files
from vetting.reports.files import store
from vetting.reports.files.words import NOT_TAKEN
from vetting.reports.models import File, FilePart
from vetting.reports.public import budget, padding
from vetting.reports.returning import Returned, come_back


def inbox_of(desk: Desk, visitor: Visitor) -> tuple[Answer, str]:
    code = "".join(desk.send().code.groups)
    return visitor.post("/anmal/inkorg/", {"code": code}), code


def opened(code: str) -> Returned:
    back = come_back(code)
    assert back is not None
    return back


def test_the_reporter_is_told_what_was_found_and_it_is_gone(desk: Desk) -> None:
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    answer = visitor.send(page.token, made.photo())
    for told in ("Filen är sparad", "platsen där bilden togs", "59.3292, 18.0686", made.DEVICE, made.AUTHOR):
        assert told in answer.text
    back = opened(code)
    (file,) = File.objects.all()
    copy, original = (store.opened(back.key, file, which) for which in (files.COPY, files.ORIGINAL))
    assert original == made.photo() or original.startswith(b"\xff\xd8\xff")
    assert b"Kanarie" in original
    assert b"Kanarie" not in copy
    assert Image.open(BytesIO(copy)).size == (300, 400)
    assert Entry.objects.filter(subject=back.report.pk).latest("id").action == "report.added_to"


def test_nothing_of_it_is_in_the_clear_anywhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    photo = made.photo(1600, 1200, quality=95)
    assert len(photo) > 300_000
    visitor.send(page.token, photo)
    assert list(tmp_path.iterdir()) == []
    parts = b"".join(bytes(part.blob) for part in FilePart.objects.all())
    rows = repr([*File.objects.values_list(), *File.history.values_list()])
    for canary in (b"Kanarie", photo[1000:1032]):
        assert canary not in parts
        assert canary.decode("latin-1") not in rows
    assert FilePart.objects.filter(which=files.ORIGINAL).count() > 1
    # The name that the browser sent is nowhere, sealed or not.
    assert set(opened(_code).key.json(File.objects.get(), "told")) == {"found", "original"}


def test_a_second_press_is_one_file(desk: Desk) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    visitor.send(page.token, b"Han skrev igen.")
    again = visitor.send(page.token, b"Han skrev igen.")
    assert "Det är redan sparat." in again.text
    assert File.objects.count() == 1
    assert FilePart.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg><script>alert(1)</script></svg>", "markup"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "office"),
        (made.photo() + b"<script>", "two_in_one"),
        (made.enormous_png(), "pixels"),
    ],
)
def test_what_is_not_taken_is_told_and_leaves_nothing(desk: Desk, data: bytes, why: str) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    answer = visitor.send(page.token, data)
    assert answer.status == 200
    assert str(NOT_TAKEN[why]) in answer.text
    assert not File.objects.exists()
    assert not FilePart.objects.exists()


def test_sizes_of_answers_are_three_also_with_many_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "EACH", 4)
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    for _number in range(4):
        page = visitor.send(page.token, made.photo())
    page = visitor.send(page.token, b"hej")
    assert str(NOT_TAKEN["too_many"]) in page.text
    assert {len(answer.body) for answer in visitor.answers} <= set(padding.SIZES)
    assert all(not answer.header("Set-Cookie") for answer in visitor.answers)


def test_parts_are_bound_to_their_place(desk: Desk) -> None:
    visitor = Visitor()
    page, code = inbox_of(desk, visitor)
    page = visitor.send(page.token, b"ett " * 200_000)
    visitor.send(page.token, b"tva " * 200_000)
    one, two = File.objects.order_by("number")
    back = opened(code)
    assert store.opened(back.key, one, files.ORIGINAL) == b"ett " * 200_000
    assert store.is_whole(one)
    FilePart.objects.filter(file=one, which=files.ORIGINAL, number=3).delete()
    with pytest.raises(SealError):
        store.opened(back.key, one, files.ORIGINAL)
    FilePart.objects.filter(file=two, which=files.ORIGINAL).delete()
    FilePart.objects.filter(file=one, which=files.ORIGINAL).update(file=two)
    with pytest.raises(SealError):
        store.opened(back.key, two, files.ORIGINAL)
    assert not store.is_whole(two)


def test_what_is_stored_tells_the_size_only_roughly() -> None:
    lengths = {store.padded_length(length) for length in range(1_000_000, 1_030_000, 500)}
    assert len(lengths) <= 2
    assert all(
        length <= store.padded_length(length) <= length * 1.12 for length in range(100, 5_000_000, 997)
    )


def _raw(visitor: Visitor, body: bytes, **extra: Any) -> Answer:
    known = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(len(body))}
    return visitor._ask("POST", "/anmal/fil/", body, known | OWN | extra)


def test_forms_that_are_none_get_an_answer_and_no_fault(desk: Desk) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    field = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    assert _raw(visitor, b"ingenting").status == 400
    assert _raw(visitor, b"", CONTENT_TYPE="multipart/form-data").status == 400
    assert _raw(visitor, b"".join(field % (b"a", b"b") for _ in range(600)) + b"--x--\r\n").status == 400
    assert _raw(visitor, field % (b"t", b"x" * 1_100_000) + b"--x--\r\n").status == 400
    large = _raw(visitor, b"", CONTENT_LENGTH=str(30 * 1024 * 1024))
    assert large.status == 413
    assert "En fil får vara högst 20 MB" in large.text
    assert _raw(visitor, b"", CONTENT_LENGTH="-1").status == 413
    token = page.token.encode()
    cut = (
        field % (b"t", token) + b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhej'
    )
    assert "Filen kom inte fram hel" in _raw(visitor, cut).text
    assert (
        "Välj en fil först"
        in _raw(visitor, field % (b"t", token) + field % (b"end", b"1") + b"--x--\r\n").text
    )
    assert visitor.send("fel", b"hej").status == 400
    assert not File.objects.exists()


def test_files_close_before_text_does(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "common", budget.Budget(9, 0))
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    page = visitor.send(page.token, b"en")
    page = visitor.send(page.token, b"till")
    answer = visitor.send(page.token, b"och en")
    assert str(NOT_TAKEN["closed"]) in answer.text
    assert File.objects.count() == 2
    assert budget.until(0) == 0


def test_only_some_files_are_received_at_once(desk: Desk) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    for _number in range(budget.FILES_TOGETHER):
        assert budget.slots.acquire(blocking=False)
    try:
        answer = visitor.send(page.token, b"hej")
    finally:
        for _number in range(budget.FILES_TOGETHER):
            budget.slots.release()
    assert answer.status == 503
    assert "Många skickar filer just nu" in answer.text
    assert "Filen är sparad" in visitor.send(page.token, b"hej").text


def test_files_stop_where_theirs_are_enough(desk: Desk, settings: Any) -> None:
    visitor = Visitor()
    page, _code = inbox_of(desk, visitor)
    settings.REPORT_FILES_MIB = 0
    budget._state.clear()
    answer = visitor.send(page.token, b"hej")
    budget._state.clear()
    assert str(NOT_TAKEN["closed"]) in answer.text
