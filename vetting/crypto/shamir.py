"""Parts of a secret, of which so many give it back and fewer tell nothing (Shamir, "How to share a secret", 1979).

Each byte is the value at 0 of a random polynomial over GF(2⁸), the field of AES (FIPS 197, section 4: x⁸+x⁴+x³+x+1);
a part is its number (1–255) and the polynomials' values there. Any `threshold` parts fix the polynomials; with one
less, every secret is as likely as before. A wrong part gives a wrong secret, not an error: whoever joins parts checks
what comes out.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import reduce

LARGEST = 255
Parts = dict[int, bytes]


def split(secret: bytes, threshold: int, numbers: Sequence[int]) -> Parts:
    """Number → part, of which any `threshold` give `secret` back. Raises ValueError for impossible numbers."""
    distinct = set(numbers)
    if len(distinct) != len(numbers) or not all(1 <= number <= LARGEST for number in distinct):
        raise ValueError("Parts have numbers from 1 to 255, each its own.")
    if not 1 < threshold <= len(distinct):
        raise ValueError("At least two parts are needed, and not more than there are.")
    higher = [os.urandom(len(secret)) for _ in range(threshold - 1)]
    rows = list(zip(secret, *higher, strict=True))
    return {number: bytes(_value(row, number) for row in rows) for number in numbers}


def join(parts: Mapping[int, bytes], at: int = 0) -> bytes:
    """The value at `at` of the polynomials through these parts: the secret at 0, or a further part.

    Raises ValueError for parts that cannot belong together.
    """
    if len({len(part) for part in parts.values()}) != 1 or len(parts) < 2:
        raise ValueError("Parts of one secret are equally long, and two at least.")
    found = bytes(len(next(iter(parts.values()))))
    for number, part in parts.items():
        found = added(found, scaled(part, weight(number, parts, at)))
    return found


def weight(number: int, numbers: Sequence[int] | Mapping[int, bytes], at: int = 0) -> int:
    """What the part `number` counts for among `numbers` (Lagrange) in the value at `at`."""
    others = [other for other in numbers if other != number]
    above = reduce(times, (at ^ other for other in others), 1)
    below = reduce(times, (number ^ other for other in others), 1)
    return times(above, inverse(below))


def scaled(part: bytes, factor: int) -> bytes:
    """Every byte times `factor`."""
    return bytes(times(byte, factor) for byte in part)


def added(one: bytes, other: bytes) -> bytes:
    """The sum, byte by byte. Raises ValueError where they are not equally long."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def times(one: int, other: int) -> int:
    """The product in GF(2⁸). No branch and no table follows the values: their time tells nothing of a secret."""
    product = 0
    for bit in range(8):
        product ^= -((other >> bit) & 1) & one
        one = ((one << 1) & 0xFF) ^ (-(one >> 7) & 0x1B)
    return product


def inverse(value: int) -> int:
    """1 divided by `value`, as its 254th power. Raises ZeroDivisionError for 0."""
    if value == 0:
        raise ZeroDivisionError("Two parts have the same number.")
    return reduce(times, [value] * 253, value)


def _value(coefficients: Sequence[int], at: int) -> int:
    found = 0
    for coefficient in reversed(coefficients):
        found = times(found, at) ^ coefficient
    return found
