"""Files as a page tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.reports.actions.files import Told, told
from vetting.reports.files.words import FOUND, IS_A
from vetting.reports.models import File, Report


def of(report: Report, key: ContentKey) -> list[dict[str, Any]]:
    """Every file of a report whose key is at hand; one that is damaged is left out of nothing but its own words."""
    return [_one(file, key) for file in File.objects.filter(report=report)]


def _one(file: File, key: ContentKey) -> dict[str, Any]:
    try:
        said = told(file, key)
    except SealError:
        said = Told(file, [], "")
    return {
        "pk": file.pk,
        "number": file.number,
        "kind": IS_A[said.original or str(file.kind)],
        "day": file.day,
        "found": list(_in_words(said.found)),
        "scan": str(file.scan),
        "mib": f"{file.weight / 1024 / 1024:.1f}",
    }


def _in_words(found: Iterable[tuple[str, str]]) -> Iterable[tuple[Any, str]]:
    return ((FOUND[code], value) for code, value in found if code in FOUND)
