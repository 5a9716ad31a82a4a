"""*Loggpaketet*: the log's bundle without any case's rows, with the verifier beside, as one file to carry away."""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from audit import bundle
from audit.snapshot import consistent

NAME = "loggpaket"
"""The folder that the file unpacks into."""


@dataclass(frozen=True, slots=True)
class Package:
    """The file, open at its beginning and already without a name on the disk; what is in it, and what names it."""

    file: IO[bytes]
    size: int
    digest: str


def package() -> Package:
    """Write the bundle of the log alone, and pack it. Raises OSError."""
    with ExitStack() as opened:
        packed = opened.enter_context(tempfile.TemporaryFile())
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / NAME
            folder.mkdir()
            with consistent():
                told = bundle.write(folder, full=False)
            digest = bundle.digest(folder)
            _pack(folder, packed)
        packed.seek(0)
        opened.pop_all()  # whoever sends it closes it
        return Package(packed, main_size(told["trees"]), digest)


def main_size(trees: dict[str, dict[str, Any]]) -> int:
    """How many entries the log's tree had, the one that is written to now."""
    names = [name for name in trees if name.partition(".")[0] == "main"]
    newest = max(names, key=lambda name: int(name.partition(".")[2] or 1), default="")
    return int(trees[newest]["size"]) if newest else 0


def _pack(folder: Path, packed: IO[bytes]) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{NAME}/{path.relative_to(folder).as_posix()}")
        for program in bundle.PROGRAMS:
            archive.write(program, f"{NAME}/{program.name}")
