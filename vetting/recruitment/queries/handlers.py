"""Who handles, or has handled, a recruitment that is named in a text: told to a room that must keep them out of it."""

from __future__ import annotations

import re
from uuid import UUID

from vetting.recruitment.models import Recruitment, RecruitmentGrant, Vote

_REFERENCE = re.compile(r"R\s?[-–]?\s?(\d{4})\s?[-–]?\s?(\d{4,6})", re.IGNORECASE)
MOST = 5
"""References of one text that are looked up."""


def handlers_of(text: str) -> set[UUID]:
    """The persons behind every reference in the text (setting REPORT_HANDLERS). Reads alone, and leaves no trace."""
    named = {f"R-{year}-{number}" for year, number in _REFERENCE.findall(text)[:MOST]}
    found: set[UUID] = set()
    for recruitment in Recruitment.objects.filter(reference__in=named):
        found |= {recruitment.manager_id}
        found |= {recruitment.responsible_id} if recruitment.responsible_id is not None else set()
        found |= {UUID(each["person"]) for each in recruitment.earlier_managers}
        grants = RecruitmentGrant.objects.filter(content_object=recruitment)
        found |= set(grants.values_list("user__person", flat=True))
        votes = Vote.objects.filter(opinion__recruitment=recruitment)
        found |= set(votes.values_list("person", flat=True))
        found |= set(recruitment.opinions.values_list("preparer", flat=True))
    return found
