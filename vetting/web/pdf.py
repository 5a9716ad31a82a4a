"""A page as PDF/A, set in a process apart: the server itself never loads the typesetter."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

from django.contrib.staticfiles import finders

from vetting.web import pdf_worker

logger = logging.getLogger(__name__)

PATIENCE, WAIT = pdf_worker.SECONDS + 10, 30
"""Seconds until a document is given up, and seconds that the next one waits for its turn."""
STYLE, FONT = "app/record.css", "vendor/inter-latin.woff2"
_one_at_a_time = threading.BoundedSemaphore(1)


class NoPdf(Exception):
    """The document cannot be set here and now: the typesetter is missing, or it did not manage."""


def pdf_of(html: str, *, epoch: int) -> bytes:
    """The page as PDF/A-2a; `epoch` (seconds since 1970) is the time that stands in it. Raises NoPdf.

    An operator gets one line in the server log.
    """
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise NoPdf
    try:
        program = [sys.executable, "-I", str(Path(pdf_worker.__file__).resolve()), _file(STYLE), _file(FONT)]
        done = subprocess.run(
            program,
            input=html.encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={"SOURCE_DATE_EPOCH": str(epoch), "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        logger.error("no PDF was made: it took more than %s seconds", PATIENCE)
        raise NoPdf from error
    finally:
        _one_at_a_time.release()
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        # The last line alone: a text of the page may stand in the others.
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        why = said[0] if done.returncode == 3 else f"exit code {done.returncode}"
        logger.error("no PDF was made: %s. Is pango installed (libpango-1.0-0 libpangoft2-1.0-0)?", why)
        raise NoPdf
    return done.stdout


def _file(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise NoPdf
    return found
