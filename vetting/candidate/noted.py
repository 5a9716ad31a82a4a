"""What is noted of a check, for the person herself: she has a right to see it before she replies (FL 25 §, GDPR 15)."""

from __future__ import annotations

from vetting.access.reveal import of_the_subject
from vetting.recruitment.check_page import opened_facts
from vetting.recruitment.models import Check
from vetting.web.parts import Fact


def noted_of(check: Check, entry_id: int) -> list[Fact]:
    """The sealed evidence in words, opened under the entry with which her page was opened."""
    if check.evidence is None and check.assessment is None:
        return []
    return opened_facts(check, of_the_subject(entry_id))
