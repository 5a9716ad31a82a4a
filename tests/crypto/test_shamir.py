"""Parts of a secret: enough of them give it back, and with one less every secret is as likely."""

import os
from itertools import combinations

import pytest

from vetting.crypto import shamir

SECRET = bytes(range(32))


def test_the_field_is_that_of_aes() -> None:
    assert shamir.times(0x57, 0x83) == 0xC1  # FIPS 197, section 4.2
    assert shamir.times(0x57, 0x13) == 0xFE
    assert all(shamir.times(value, shamir.inverse(value)) == 1 for value in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        shamir.inverse(0)


def test_every_three_of_five_give_it_back() -> None:
    parts = shamir.split(SECRET, 3, range(1, 6))
    for chosen in combinations(parts, 3):
        assert shamir.join({number: parts[number] for number in chosen}) == SECRET
    assert shamir.join(parts) == SECRET


def test_no_two_do() -> None:
    parts = shamir.split(SECRET, 3, range(1, 6))
    for chosen in combinations(parts, 2):
        assert shamir.join({number: parts[number] for number in chosen}) != SECRET


def test_two_parts_of_three_fit_every_secret_alike() -> None:
    """For each value a byte could have there is exactly one third part: the two tell nothing."""
    one, two = (shamir.split(b"s", 3, (1, 2, 3))[number][0] for number in (1, 2))
    found = {shamir.join({1: bytes([one]), 2: bytes([two]), 3: bytes([third])}) for third in range(256)}
    assert len(found) == 256


def test_parts_of_different_splits_do_not_mix() -> None:
    one, other = (shamir.split(SECRET, 2, (1, 2)) for _ in range(2))
    assert shamir.join({1: one[1], 2: other[2]}) != SECRET


def test_two_holders_make_a_third_part_without_joining_the_secret() -> None:
    """Each sends the weighted part under a mask; only the masks' sum is nothing, and only the newcomer has both."""
    parts, mask = shamir.split(SECRET, 2, (1, 2, 3)), os.urandom(32)
    first = shamir.added(shamir.scaled(parts[1], shamir.weight(1, (1, 3), 9)), mask)
    second = shamir.added(shamir.scaled(parts[3], shamir.weight(3, (1, 3), 9)), mask)
    ninth = shamir.added(first, second)
    assert ninth == shamir.join({1: parts[1], 3: parts[3]}, at=9)
    assert shamir.join({2: parts[2], 9: ninth}) == SECRET


@pytest.mark.parametrize(
    ("threshold", "numbers"), [(1, (1, 2)), (3, (1, 2)), (2, (0, 1)), (2, (1, 1)), (2, (1, 256))]
)
def test_impossible_splits_are_refused(threshold: int, numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        shamir.split(SECRET, threshold, numbers)


def test_parts_that_cannot_belong_together_are_refused() -> None:
    for parts in ({1: b"a", 2: b"bc"}, {1: b"a"}, {}):
        with pytest.raises(ValueError):
            shamir.join(parts)
