"""What was found by a check, in words: its outcome, or that it has been assessed."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.policy.outcomes import OUTCOMES
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.models import Check


def outcome_label(row: Row) -> str:
    """The recorded outcome in words, or "". Of what has been assessed, that: it is to be assessed no longer."""
    check = row.check
    if check is None or not check.outcome:
        return ""
    if check.deviated and check.assessed_on is not None and check.state != Check.State.TO_ASSESS:
        return _("Har varit att bedöma, bedömd %(day)s") % {"day": date_format(check.assessed_on, "j b Y")}
    return _(OUTCOMES[row.spec.code][check.outcome].label)
