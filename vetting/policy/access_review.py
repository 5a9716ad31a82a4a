"""The quarterly review of access: what is looked at, how long an answer may take, and why something is in it."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from vetting.policy.text import _

UNUSED_DAYS = 60
"""Days without an act under the role, or in the recruitment, after which access is asked about."""
ANSWER_DAYS = 14
"""Days to answer in, the last one included; what nobody has answered by then gives nothing more."""
QUARTER_DAYS = 92
"""Days after which heads are reminded that a review is due."""
AT_MOST = 500
"""Roles and assignments in one start, the longest held first. One act writes them all."""
REVIEWS = uuid5(NAMESPACE_URL, "vetting:access-reviews")
"""What an entry about a started review is about: all reviews, so that the newest is found by the log's own index."""

CAUSES: dict[str, str] = {
    "unused": _("Inte använd på 60 dagar"),
    "outside": _("Ligger utanför personens roll"),
}
"""Why an access is in the review."""
