"""What the auditor takes away to draw again: the lists, the key and the program, as one file."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from vetting.oversight import redraw
from vetting.oversight.models import Sample
from vetting.recruitment.models import Candidacy, DrawKey, Recruitment

FOLDER = "dragning"
"""The folder that the file unpacks into."""


def sample_package(sample: Sample) -> tuple[bytes, str]:
    """The file of one sample, and the digest that names it: that of what says how it was drawn."""
    rows = sample.drawn.select_related("recruitment").order_by("place")
    told = {
        "kind": "sample",
        "number": sample.number,
        "authority": sample.authority.name,
        "first": sample.first.isoformat(),
        "last": sample.last.isoformat(),
        "size": sample.size,
        "draw": sample.draw_key.draw,
        "digest": sample.draw_key.digest,
        "seed": sample.seed,
        "population_digest": sample.population_digest,
    }
    files = {
        "draw.json": _json(told),
        "population.csv": _csv(("reference",), ((line,) for line in sample.population.splitlines())),
        "drawn.csv": _csv(
            ("place", "reference", "ticket"),
            ((row.place, row.recruitment.reference, row.ticket) for row in rows),
        ),
    }
    return _packed(files)


def second_package(key: DrawKey, within: Iterable[Recruitment]) -> tuple[bytes, str]:
    """The file of a quarter's draws of second approvers, within some recruitments. Only once the key is disclosed."""
    if not key.seed:
        raise ValueError("the key has not been disclosed")
    rows = Candidacy.objects.filter(draw=key.draw, recruitment__in=within).order_by(
        "recruitment__reference", "label"
    )
    told = {"kind": "second", "draw": key.draw, "digest": key.digest, "seed": key.seed}
    drawn = (
        (reference, label, percent, "yes" if sampled else "no")
        for reference, label, percent, sampled in rows.values_list(
            "recruitment__reference", "label", "draw_percent", "sampled"
        )
    )
    return _packed(
        {"draw.json": _json(told), "draws.csv": _csv(("reference", "candidacy", "percent", "drawn"), drawn)}
    )


def _packed(files: dict[str, bytes]) -> tuple[bytes, str]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{FOLDER}/{name}", content)
        archive.write(Path(redraw.__file__), f"{FOLDER}/redraw.py")
    together = sha256(b"".join(sha256(content).digest() for content in files.values()))
    return packed.getvalue(), together.hexdigest()


def _json(told: object) -> bytes:
    return json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n"


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()
