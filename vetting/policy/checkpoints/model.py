"""What a check in the catalogue says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["position", "recruitment", "candidacy", "engagement"]
Stage = Literal["before_advert", "finalist", "decision", "start", "employment", "exit"]
FieldType = Literal["date", "choice", "reference", "text", "yes_no"]
Reuse = Literal["never", "within_limit", "statutory_exemption"]
RenewalKind = Literal["licence", "permit", "declaration", "training", "access_review"]
ProtectedIdentity = Literal["as_usual", "manual", "not_applicable"]
PersonNumber = Literal["none", "birth_date", "number"]

LEVELS: tuple[Level, ...] = ("position", "recruitment", "candidacy", "engagement")
STAGES: tuple[Stage, ...] = ("before_advert", "finalist", "decision", "start", "employment", "exit")

#: "From the start": so that a back-dated demonstration has a catalogue.
FROM_THE_START = date(2023, 1, 1)


@dataclass(frozen=True, slots=True)
class EvidenceField:
    """One thing that may be stored, sealed. Nothing else may."""

    name: str
    type: FieldType


@dataclass(frozen=True, slots=True)
class Renewal:
    """What recurs during the engagement; ``months`` None: when the thing itself expires."""

    kind: RenewalKind
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A check in the catalogue.

    ``performed_by``: roles or relations, any one of them may act. ``question``: coded question that decides
    whether the check becomes a row. ``intrusive``: opens only for the finalist proposed for a place.
    ``max_age_months`` counts back from the decision (for start rows from the start). ``blocks``: what an open
    row stops. ``person_number``: what the check may ask for. ``default_on`` False: off until switched on.
    """

    code: str
    name: str
    belongs_to: Level
    stage: Stage
    ground: str
    performed_by: tuple[str, ...]
    outcomes: tuple[str, ...]
    fields: tuple[EvidenceField, ...]
    must_not_store: tuple[str, ...]
    help: str
    question: str | None = None
    intrusive: bool = False
    free_text: bool = False
    max_age_months: int | None = None
    blocks: Literal["decision", "start"] | None = None
    waivable: bool = False
    complete_after_start: bool = False
    reuse: Reuse = "never"
    renewal: Renewal | None = None
    since: date = FROM_THE_START
    retired: date | None = None
    protected_identity: ProtectedIdentity = "manual"
    person_number: PersonNumber = "none"
    visible_to: Literal["all", "protective_security"] = "all"
    default_on: bool = True

    def in_catalogue(self, on: date) -> bool:
        """True from ``since`` until the day before ``retired``."""
        return self.since <= on and (self.retired is None or on < self.retired)


def evidence(**fields: FieldType) -> tuple[EvidenceField, ...]:
    """The fields of a check in the order they are written: ``evidence(checked_on="date")``."""
    return tuple(EvidenceField(name, kind) for name, kind in fields.items())
