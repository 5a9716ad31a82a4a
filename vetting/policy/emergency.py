"""Break-glass (*Nödåtkomst*): for how long, why, and which pages of one recruitment it opens; never an act."""

from __future__ import annotations

MINUTES = 60
"""It ends by itself; whether it has is judged each time access is tested."""

SHORTEST = 30
"""Letters of a reason that the auditor can judge it by."""

TOLD_DAYS = 7
"""For how long colleagues and heads see on *Mitt arbete* that it was taken."""

OPENS = frozenset(
    {
        "recruitment.view",
        "recruitment.view_timeline",
        "recruitment.view_access",
        "candidacy.list",
        "candidacy.reveal",
        "check.view",
        "check.reveal",
        "declaration.list",
        "opinion.view",
        "decision.view",
        "engagement.view",
    }
)
"""Permissions that an emergency gives as if the recruitment were assigned: its own pages and what is opened on them.

Lists, searches, prints and exports are not here, nor is anything that changes; nor what others have declared about
themselves, nor votes. All that a permission requires and excludes holds as before.
"""
