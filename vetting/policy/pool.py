"""*Klar för pool*: how long a vetting that was done once lets somebody be booked. Pure rules, no database.

The last day is the first on which one of its parts lapses, and never later than the policy's own limit. What only
describes how fresh something was at the decision (references, the opinion) is not asked for again from a person who
is known by then; what the catalogue lets be used again within a limit, and every extract, lapses by its own age.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.engagement_forms import FORMS
from vetting.policy.grounds import GROUNDS
from vetting.policy.profiles import PROFILES

LONGEST_MONTHS = 12
"""The policy's own limit: a clearance is decided anew within a year, whatever its parts would allow."""
SOON_DAYS = 30
"""From how many days before its last day a clearance, or a part of it, is told of as soon to be renewed."""
LOOKUPS_PER_HOUR = 40
"""How many questions one person may ask in an hour; a morning's bookings of a large unit are some twenty."""
LIMIT = "policy"
"""What is named as first to lapse where it is the policy's own limit."""


def gives_clearance(form: str) -> bool:
    """Whether the form of engagement is vetted once and then booked by *Får jag boka?*."""
    return FORMS[form].pool_clearance


def months_of(spec: Checkpoint) -> int | None:
    """For how many calendar months the check carries bookings after the day its evidence speaks of; None: no limit.

    A licence is followed up as often as during employment. An extract carries for the statute's exemption period at
    re-hire, where it has one, and never longer than its own age limit (skollagen 2:31-33, lag 2007:171 3 §).
    """
    if spec.renewal is not None and spec.renewal.months is not None and spec.stage == "finalist":
        return spec.renewal.months
    if spec.code.startswith("crim_"):
        exemption = GROUNDS[spec.ground].rehire_months
        limits = [months for months in (exemption, spec.max_age_months) if months is not None]
        return min(limits, default=None)
    by_expiry = spec.renewal is not None and spec.renewal.kind == "permit"
    return spec.max_age_months if spec.reuse == "within_limit" and not by_expiry else None


def part_lasts(
    code: str, evidence_on: date | None, valid_until: date | None, renewed_until: date | None = None
) -> date | None:
    """The last day on which the check `code` carries bookings, or None where nothing of it lapses.

    `valid_until`: the last day of what the evidence shows (a permit, a licence for a limited time).
    `renewed_until`: the day through which a later follow-up holds, which then counts instead of the evidence's age.
    """
    months = months_of(CHECKPOINTS[code])
    by_age = add_months(evidence_on, months) if months is not None and evidence_on is not None else None
    if by_age is not None and renewed_until is not None:
        by_age = max(by_age, renewed_until)
    days = [day for day in (by_age, valid_until) if day is not None]
    return min(days, default=None)


def last_day(granted_on: date, parts: Mapping[str, date]) -> tuple[date, str]:
    """The clearance's last day and the code of what lapses first (LIMIT for the policy's own limit)."""
    until, first = add_months(granted_on, LONGEST_MONTHS), LIMIT
    for code, day in sorted(parts.items()):
        if day < until:
            until, first = day, code
    return until, first


def profile_key(profiles: Iterable[str]) -> str:
    """One code for a set of control profiles, the same however they are ordered; inner ones are never told."""
    shown = {code for code in profiles if PROFILES[code].visible_to == "all"}
    return "|".join(sorted(shown or {"base"}))
