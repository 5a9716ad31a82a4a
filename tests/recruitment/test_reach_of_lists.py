"""What a list says of how somebody is reached is judged in a time that follows its length, whatever it says."""

from __future__ import annotations

import pytest

from vetting.recruitment.rounds.reach import why_unreachable


@pytest.mark.parametrize("kind", ["contact", "phone", "email"])
def test_a_cell_of_blanks_takes_no_longer_than_one_of_letters(kind: str) -> None:
    # With blanks looked for on both sides of what stands between, this takes minutes.
    for filling in (" ", "\t", "; ", " och", "-", "("):
        assert why_unreachable(kind, "x" + filling * 50_000 + "x") != ""


def test_several_ways_are_kept_apart_by_signs_and_words() -> None:
    for typed in ("070-123 45 67 och 08-123 456", "070-123 45 67 ;08-123 456", "070-1234567/ 08-123456"):
        assert why_unreachable("phone", typed) == ""
        assert why_unreachable("phone", f"{typed} eller hemma") != ""
    assert why_unreachable("email", "a@example.se , b@example.se") == ""
    assert why_unreachable("contact", "") != ""
