"""The process that sets a document fetches nothing, is told nothing, and does not take the server with it."""

from __future__ import annotations

import io
import threading
from ctypes.util import find_library
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest

from vetting.web import pdf

CANARY = "KANARIEFILENS INNEHÅLL"
WAYS = """<link rel=stylesheet href="{u}"><link rel=attachment href="{u}"><style>@import url({u});
@font-face {{ font-family: q; src: url({u}) }} body {{ background: url({u}); font-family: q }}
p::before {{ content: url({u}) }}</style><img src="{u}"><object data="{u}"></object><embed src="{u}">
<iframe src="{u}"></iframe><a rel=attachment href="{u}">a</a><p>x</p>
<svg xmlns="http://www.w3.org/2000/svg"><image href="{u}"/></svg>
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{u}'/></svg>">"""


@pytest.mark.skipif(find_library("pangoft2-1.0") is None, reason="pango is not on this machine")
@pytest.mark.deadline(200)
def test_no_address_and_no_file_in_a_text_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Listener)
    listening = threading.Thread(target=server.serve_forever)
    listening.start()
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, encoding="utf-8")
    try:
        body = "".join(
            WAYS.format(u=url) for url in (f"http://127.0.0.1:{server.server_port}/x", secret.as_uri())
        )
        page = f'<html lang="sv"><title>x</title><base href="{tmp_path.as_uri()}/"><body>{body}</body></html>'
        made = pdf.pdf_of(page, epoch=0)
    finally:
        server.shutdown()
        server.server_close()
        listening.join()
    assert asked == []
    with pikepdf.open(io.BytesIO(made)) as paper:
        assert not list(paper.attachments)
        streams = [part.read_bytes() for part in paper.objects if isinstance(part, pikepdf.Stream)]
    assert streams
    assert not any(CANARY.encode() in each for each in streams)


def test_it_is_given_nothing_of_the_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "worker.py"
    program.write_text(
        "import os, sys\n"
        "held = [n for n in os.listdir('/proc/self/fd') if int(n) > 2] if os.path.isdir('/proc/self/fd') else []\n"
        "sys.stdout.write('%PDF-' + '|'.join(sorted(os.environ)) + f' {len(held)} {sys.flags.isolated}')\n"
    )
    monkeypatch.setenv("DJANGO_SECRET_KEY", "hemlig")
    monkeypatch.setattr(pdf.pdf_worker, "__file__", str(program))
    # The one that is open is the listing itself.
    assert pdf.pdf_of("<p>", epoch=1).decode() == "%PDF-LC_ALL|SOURCE_DATE_EPOCH 1 1"


def test_one_that_never_ends_is_given_up_and_the_next_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stays, goes = tmp_path / "stays.py", tmp_path / "goes.py"
    stays.write_text("while True: pass\n")
    goes.write_text("import sys\nsys.stdout.write('%PDF-1')\n")
    monkeypatch.setattr(pdf, "PATIENCE", 1)
    monkeypatch.setattr(pdf.pdf_worker, "__file__", str(stays))
    with pytest.raises(pdf.NoPdf):
        pdf.pdf_of("<p>", epoch=0)
    assert "more than 1 seconds" in caplog.text
    monkeypatch.setattr(pdf, "PATIENCE", 60)
    monkeypatch.setattr(pdf.pdf_worker, "__file__", str(goes))
    assert pdf.pdf_of("<p>", epoch=0) == b"%PDF-1"
