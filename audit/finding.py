"""A finding: something in the database or outside it that is not as the log says."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the log says: what kind, and which entry or row."""

    kind: str
    entry: int | None = None
    label: str = ""
    row: UUID | None = None
    detail: str = ""

    def __str__(self) -> str:
        place = " ".join(
            str(part)
            for part in (f"entry {self.entry}" if self.entry else "", self.label, self.row or "")
            if part
        )
        return f"{self.kind}: {place}{' – ' + self.detail if self.detail else ''}"
