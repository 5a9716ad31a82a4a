"""The web server has loaded what it needs when it begins to answer, and does not look through it for garbage."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAYS = """
import gc, sys
import config.wsgi
print(gc.get_freeze_count(), len(gc.get_objects()), "vetting.recruitment.views.candidacies" in sys.modules)
"""


def test_what_is_loaded_is_out_of_the_collectors_sight(real_db: Any) -> None:
    said = subprocess.run(
        [sys.executable, "-c", SAYS],
        cwd=ROOT,
        env={**os.environ, **real_db.env, "DJANGO_SETTINGS_MODULE": "config.settings_test"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    kept, in_sight, has_views = said.stdout.split()
    assert has_views == "True", "a page is loaded when somebody first asks for it"
    assert int(kept) > 50_000
    assert int(in_sight) < 1_000
