"""Reasons are neutral, and their codes fit the log."""

from __future__ import annotations

import re

from vetting.policy.reasons import ALL, NOT_APPLICABLE, NOT_SELECTED, TRANSITION_REASONS
from vetting.policy.words import warnings_for


def test_codes_fit_the_log_and_labels_say_something() -> None:
    for reasons in ALL.values():
        for code, label in reasons.items():
            assert re.fullmatch(r"[a-z_]{3,40}", code)
            assert label.strip()


def test_no_reason_for_ending_says_anything_about_the_person() -> None:
    for label in NOT_SELECTED.values():
        assert warnings_for(None, label) == []
        assert "kandidatens" not in label.lower()


def test_the_lists_in_use_are_the_declared_ones() -> None:
    declared = [id(reasons) for reasons in ALL.values()]
    assert {id(reasons) for reasons in TRANSITION_REASONS.values()} <= set(declared)
    assert NOT_APPLICABLE is TRANSITION_REASONS["check", "mark_not_applicable"]
