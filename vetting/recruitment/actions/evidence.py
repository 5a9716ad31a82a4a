"""What may be stored of a check: the catalogue's fields, in their types, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from audit.clock import now
from vetting.policy.calendar import add_months, today_stockholm
from vetting.policy.checkpoints import Checkpoint
from vetting.policy.choices import CHOICES
from vetting.recruitment.actions.errors import BadInput

MAY_BE_AHEAD = {"exception_until", "valid_until", "keep_until", "end_on", "last_notice_on"}
OPTIONAL = {
    "case_number",
    "minutes",
    "exemption",
    "exception_until",
    "decision",
    "handling",
    "tax_agency_notified_on",
    "copy_kept_at",
    "reference",
    "last_notice_on",
    "notice_on",
    "union_told_on",
    "contract",
    "information_on",
    "held_on",
    "end_on",
}
"""Fields that depend on the outcome; everything else in the catalogue must be filled in."""
DAY_FIELDS = (
    "checked_on",
    "shown_on",
    "taken_on",
    "received_on",
    "verified_on",
    "done_on",
    "assessed_on",
    "compared_on",
    "asked_on",
    "given_on",
    "acknowledged_on",
    "held_on",
    "granted_on",
    "notified_on",
    "contract_on",
    "access_closed_on",
    "reported_on",
)
REFERENCE = re.compile(r"^[\w .,:;§()/\-–]{1,60}$")
EARLIEST = date(1990, 1, 1)


def clean_evidence(spec: Checkpoint, typed: Mapping[str, Any]) -> dict[str, Any]:
    """`typed` reduced to the check's own fields, in storable form (ISO dates, codes, bools, text).

    Raises BadInput with a code per field: required, future, impossible, choice, reference.
    """
    kept: dict[str, Any] = {}
    errors: dict[str, str] = {}
    today = today_stockholm(now())
    for field in spec.fields:
        value = typed.get(field.name)
        if value in (None, ""):
            if field.name not in OPTIONAL and field.type != "text":
                errors[field.name] = "required"
            continue
        if field.type == "date":
            if not isinstance(value, date):
                value = date.fromisoformat(str(value))
            if value > today and field.name not in MAY_BE_AHEAD:
                errors[field.name] = "future"
            elif field.name in {"valid_until", "exception_until"} and value < today:
                errors[field.name] = "passed"
            elif value < EARLIEST:
                errors[field.name] = "impossible"
            kept[field.name] = value.isoformat()
        elif field.type == "choice":
            if value not in CHOICES[spec.code, field.name]:
                errors[field.name] = "choice"
            kept[field.name] = value
        elif field.type == "yes_no":
            kept[field.name] = bool(value)
        elif field.type == "reference":
            if not REFERENCE.match(str(value)):
                errors[field.name] = "reference"
            kept[field.name] = str(value)
        elif spec.free_text:
            kept[field.name] = str(value)
    if errors:
        raise BadInput(**errors)
    return kept


def fresh_evidence(spec: Checkpoint, typed: Mapping[str, Any], on: date) -> tuple[dict[str, Any], date]:
    """As `clean_evidence`, with the day it speaks of. Raises BadInput also where it was too old on the day `on`."""
    kept = clean_evidence(spec, typed)
    day = evidence_day(spec, kept, on)
    if spec.max_age_months is not None and add_months(day, spec.max_age_months) < on:
        typed_days = (field.name for field in spec.fields if field.type == "date" and field.name in kept)
        raise BadInput(**{next(typed_days, "outcome"): "too_old"})
    return kept, day


def evidence_day(spec: Checkpoint, kept: Mapping[str, Any], otherwise: date) -> date:
    """The day the evidence speaks of: its age is counted from here (the day of recording where none is typed)."""
    declared = {field.name for field in spec.fields if field.type == "date"}
    for name in DAY_FIELDS:
        if name in declared and name in kept:
            return date.fromisoformat(kept[name])
    return otherwise


def last_day(kept: Mapping[str, Any]) -> date | None:
    """The last day of what the evidence shows, where it has one: a permit's."""
    return date.fromisoformat(kept["valid_until"]) if "valid_until" in kept else None
