"""What a legal ground is, and when it carries a check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Entity = Literal["authority", "company"]
EntityKinds = Literal["both", "authority", "company"]
Documentation = Literal["free", "structured", "note_shown_only", "external_copy"]


@dataclass(frozen=True, slots=True)
class Ground:
    """A legal ground with its validity.

    ``documentation``: the form in which a check on this ground may be recorded. ``rehire_months``: length of
    the statute's exemption for a new engagement. ``verify``: what a jurist confirms before production.
    """

    code: str
    statute: str
    title: str
    valid_from: date
    documentation: Documentation = "structured"
    valid_to: date | None = None
    entity_kinds: EntityKinds = "both"
    rehire_months: int | None = None
    waivable: bool = False
    verify: str = ""

    def in_force(self, on: date) -> bool:
        """True on every day from ``valid_from`` through ``valid_to`` (both included, Stockholm days)."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def available_to(self, entity: Entity) -> bool:
        """True when this kind of employer can rely on the ground."""
        return self.entity_kinds in ("both", entity)
