"""What a file is, what is hidden in it, and what is refused: in a process of its own with little memory."""

from __future__ import annotations

import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.reports import made_files as made
from vetting.reports.files.cleaning import cleaned, run
from vetting.reports.files.kinds import TRIAL, NotTaken
from vetting.reports.files.words import FOUND, NOT_TAKEN

MIB_IN_KIB = 1024


def test_photo_tells_what_it_told_and_its_copy_does_not() -> None:
    clean = cleaned(made.photo())
    found = dict(clean.found)
    assert found["place"] == "59.3292, 18.0686"
    assert found["time"] == "2026-11-20 21:14:00"
    assert made.DEVICE in found["device"]
    assert found["author"] == made.AUTHOR
    assert set(found) <= FOUND.keys()
    copy = Image.open(BytesIO(clean.data))
    assert not copy.getexif()
    assert copy.size == (300, 400)  # turned as the camera was
    assert b"Kanarie" not in clean.data


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_are_drawn_anew(kind: str) -> None:
    clean = cleaned(made.photo(kind=kind))
    assert "place" in dict(clean.found)
    assert b"Kanarie" not in clean.data
    assert not Image.open(BytesIO(clean.data)).getexif()


def test_document_is_its_pages_alone() -> None:
    clean = cleaned(made.document())
    assert {"author", "active", "more"} <= dict(clean.found).keys()
    for canary in (b"Kanarie", b"kanarie", b"JavaScript", b"EmbeddedFile"):
        assert canary not in clean.data
    with pikepdf.open(BytesIO(clean.data)) as pdf:
        assert len(pdf.pages) == 1
        assert not pdf.docinfo
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        picture = pdf.pages[0].Resources.XObject.Im
        assert Image.open(BytesIO(picture.read_raw_bytes())).size == (200, 104)


def test_text_shows_what_was_hidden() -> None:
    clean = cleaned("Han skrev \u202egnirahd\u202c\r\noch gick.".encode())
    assert clean.data.decode() == "Han skrev ‹U+202E›gnirahd‹U+202C›\noch gick."
    assert clean.found == [("hidden_signs", "")]
    assert cleaned("Åsa såg bilen".encode("cp1252")).data.decode() == "Åsa såg bilen"


_REFUSED = {
    "empty": [b"", b"  \n"],
    "too_big": [b"a" * (20 * 1024 * 1024 + 1)],
    "markup": [
        b"<svg xmlns='x'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf<!doctype html><p>",
        b"<?xml version='1'?>",
    ],
    "archive": [b"PK\x03\x04" + b"\0" * 40, b"\x1f\x8b\x08abc", b"7z\xbc\xaf\x27\x1c"],
    "office": [
        b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc",
        b"{\\rtf1",
    ],
    "program": [b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\nrm", b"%!PS-Adobe"],
    "sound": [b"ID3\x04abc", b"\0\0\0\x18ftypmp42", b"OggSabc", b"RIFF\0\0\0\0WAVE", b"\x1aE\xdf\xa3"],
    "heic": [b"\0\0\0\x18ftypheic\0\0\0\0"],
    "moving": [b"GIF89a\x01\0"],
    "virus": [TRIAL, b"hej " + TRIAL],
    "damaged": [made.photo()[:5000], b"\x89PNG\r\n\x1a\n1234", b"%PDF-1.7\nhej", b"RIFF\x08\0\0\0WEBPVP8 "],
    "unknown": [b"hej\x00hej", b"abc\x81\x8d\x1b[2J"],
    "two_in_one": [
        made.photo() + b"PK\x03\x04",
        made.photo(kind="PNG") + b"<html><script>alert(1)</script>",
        made.document() + b"PK\x05\x06" + b"\0" * 18,
    ],
    "pixels": [made.enormous_png()],
    "locked": [made.document(encryption=pikepdf.Encryption(owner="a", user="b"))],
}


@pytest.mark.parametrize(("why", "data"), [(why, data) for why, files in _REFUSED.items() for data in files])
def test_what_is_not_taken_says_why(why: str, data: bytes) -> None:
    with pytest.raises(NotTaken) as refused:
        cleaned(data)
    assert refused.value.why == why
    assert NOT_TAKEN[why]


def test_motion_photo_loses_its_film() -> None:
    clean = cleaned(made.photo() + b"\0\0\0\x18ftypmp42" + b"\0" * 500)
    assert "film" in dict(clean.found)
    assert b"ftyp" not in clean.data


def test_a_bomb_unpacks_to_what_it_says() -> None:
    assert zlib.decompress(made.zeros(30)) == bytes(30_000_000)


@pytest.mark.deadline(120)
@pytest.mark.parametrize(
    "make",
    [
        lambda: made.photo(7800, 6000, quality=50),
        lambda: made.photo(7800, 6000, quality=50, progressive=True),
        lambda: made.photo(4000, 4000, kind="PNG", compress_level=1),
        lambda: made.photo(4000, 4000, kind="WEBP", method=0),
        made.enormous_png,
        made.text_bomb_png,
        made.object_bomb_pdf,
        lambda: b"%PDF-1.7\n" + b"[" * 2_000_000 + b"\n%%EOF",
    ],
    ids=["photo", "progressive", "png", "webp", "enormous", "text bomb", "object bomb", "nested"],
)
def test_memory_stays_under_300_mib(make: object) -> None:
    said, _copy, peak = run(make())
    assert peak < 300 * MIB_IN_KIB
    assert said.get("kind") or said.get("why") in NOT_TAKEN


def test_process_may_write_no_file_and_take_no_more_memory(tmp_path: Path) -> None:
    program = f"""
from vetting.reports.files.worker import confine
confine()
for act in (lambda: open({str(tmp_path / "x")!r}, "w").write("a" * 100_000), lambda: bytearray(400 << 20)):
    try:
        act()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["OSError", "MemoryError"]
