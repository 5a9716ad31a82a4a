"""Swedish is the source; English is complete: every sentence of the program, none fuzzy, placeholders kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.catalogue import entries

ROOT = Path(__file__).parents[2]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")
PLACE = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


def test_every_translation_keeps_its_places() -> None:
    broken = [
        source
        for source, said in entries(ROOT / CATALOGUE).items()
        for text in said
        if text and set(PLACE.findall(text)) - set(PLACE.findall(source))
    ]
    assert not broken


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not on this machine")
def test_the_english_catalogue_holds_every_sentence(tmp_path: Path) -> None:
    for name in ("audit", "config", "vetting", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "-v", "0"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
    )
    translated = entries(ROOT / CATALOGUE)
    missing = [source for source in entries(tmp_path / CATALOGUE) if not all(translated.get(source) or [""])]
    assert not missing, f"{len(missing)} without English"
