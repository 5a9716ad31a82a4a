"""`python -m config.stale`: do all templates compile, and are the compiled catalogues those of their source?"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.template import TemplateSyntaxError, engines

BASE = Path(__file__).resolve().parent.parent


def broken_templates() -> list[str]:
    """One line per template of ours that does not compile."""
    engine = engines["django"]
    found = []
    for path in sorted((BASE / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg"}:
            name = path.relative_to(BASE / "templates").as_posix()
            try:
                engine.get_template(name)
            except TemplateSyntaxError as error:
                found.append(f"{name}: {error}")
    return found


def stale_catalogues() -> list[str]:
    """One line per compiled catalogue that is missing or differs from its source; none where gettext is missing."""
    msgfmt = shutil.which("msgfmt")
    found = []
    for source in sorted(Path(settings.LOCALE_PATHS[0]).rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists():
            found.append(f"{source.relative_to(BASE)}: not compiled")
        elif msgfmt:
            with tempfile.NamedTemporaryFile(suffix=".mo") as fresh:
                subprocess.run([msgfmt, "--check-format", "-o", fresh.name, str(source)], check=True)
                if Path(fresh.name).read_bytes() != compiled.read_bytes():
                    found.append(f"{source.relative_to(BASE)}: compiled from another text")
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    wrong = broken_templates() + stale_catalogues()
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    raise SystemExit(bool(wrong))
