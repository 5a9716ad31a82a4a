"""Permits without a last day: recorded before the day was asked for, so that nothing says when they are due."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Check, Engagement

AT_EXPIRY = [
    code
    for code, check in CHECKPOINTS.items()
    if check.renewal is not None and check.renewal.months is None and check.visible_to == "all"
]
"""Checks that are due when the thing itself expires."""


def undated(case: Case, candidacy: Candidacy) -> list[str]:
    """Codes of what expires by itself in an engagement under way, and whose last day is known nowhere."""
    engagement = case.engagement_of(candidacy)
    if engagement is None or engagement.state != Engagement.State.ACTIVE:
        return []
    mine = (check for check in case.checks_of(candidacy) if check.code in AT_EXPIRY)
    return [
        check.code
        for check in mine
        if check.state == Check.State.DONE and check.code not in engagement.renewals
    ]


def is_undated() -> Exists:
    """Of engagements: whether a permit that was recorded has no last day to be due by (`undated`)."""
    own = Check.objects.filter(candidacy=OuterRef("candidacy"), code__in=AT_EXPIRY, state=Check.State.DONE)
    for code in AT_EXPIRY:
        own = own.exclude(code=code, candidacy__engagement__renewals__has_key=code)
    return Exists(own)
