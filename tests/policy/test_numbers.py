"""Personal numbers: what is read, what is refused and why, and what is found in text. All numbers are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.policy.numbers import PROBLEMS, NumberError, check_digit, find_numbers, parse

ON = date(2026, 11, 24)


def written(born: date, serial: int, *, add_to_day: int = 0) -> str:
    nine = f"{born:%y%m}{born.day + add_to_day:02}{serial:03}"
    return f"{born.year // 100}{nine}{check_digit(nine)}"


BORN = st.dates(date(1890, 1, 1), ON)
SERIAL = st.integers(1, 999)


@given(BORN, SERIAL)
def test_every_way_of_writing_gives_the_same_twelve_digits(born: date, serial: int) -> None:
    twelve = written(born, serial)
    sign = "+" if ON.year - born.year >= 100 else "-"
    ways = [
        twelve,
        f"{twelve[:8]}-{twelve[8:]}",
        f" {twelve[:8]} {twelve[8:]} ",
        f"{twelve[2:8]}{sign}{twelve[8:]}",
    ]
    if sign == "-":
        ways += [twelve[2:], f"{twelve[2:8]}–{twelve[8:]}"]
    for way in ways:
        number = parse(way, ON)
        assert (number.normalised, number.born, number.kind) == (twelve, born, "personnummer"), way


@given(BORN, SERIAL)
def test_a_samordningsnummer_has_sixty_added_to_its_day(born: date, serial: int) -> None:
    number = parse(written(born, serial, add_to_day=60), ON)
    assert number.is_coordination
    assert number.born == born


@given(BORN, SERIAL, st.integers(2, 11), st.integers(1, 9))
def test_one_wrong_digit_is_never_taken_for_a_right_number(
    born: date, serial: int, place: int, by: int
) -> None:
    right = written(born, serial)
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    with pytest.raises(NumberError):
        parse(wrong, ON)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "format"),
        ("12345", "format"),
        ("abcdefghij", "format"),
        ("19900101--0017", "format"),
        ("199001010017" + "1", "format"),
        ("٠٩٠٠١٠١٠٠١٧x", "format"),
        ("19900230-0019", "date"),
        ("19901301-0013", "date"),
        ("19900192-0013", "date"),
        ("18000000-0000", "date"),
        ("20261125-0015", "future"),
        ("261225-0015", "future"),
        ("19900101-0018", "checksum"),
    ],
)
def test_what_is_wrong_is_said(text: str, kind: str) -> None:
    with pytest.raises(NumberError) as wrong:
        parse(text, ON)
    assert wrong.value.kind == kind
    assert str(wrong.value) == PROBLEMS[wrong.value.kind]


@given(st.text(max_size=40))
def test_no_text_at_all_does_anything_but_parse_or_say_why(text: str) -> None:
    try:
        digits = parse(text, ON).normalised
    except NumberError:
        return
    assert len(digits) == 12


def test_the_luhn_digit_of_the_published_example() -> None:
    assert check_digit("811218987") == 6


def test_a_number_never_shows_itself() -> None:
    number = parse(written(date(1990, 1, 1), 1), ON)
    assert number.normalised not in f"{number} {number!r}"


def test_numbers_are_found_in_text() -> None:
    right = written(date(1990, 1, 1), 1)
    for way in (
        right,
        right[2:],
        f"{right[:8]}-{right[8:]}",
        f"{right[2:8]}-{right[8:]}",
        f"{right[:8]} - {right[8:]}",
    ):
        text = f"Ring {way} i morgon"
        (found,) = find_numbers(text, ON)
        assert text[found.start : found.end] == way


def test_a_slip_of_the_pen_is_found_too_but_a_case_number_is_not() -> None:
    wrong = written(date(1990, 1, 1), 1)[:-1]
    slip = f"{wrong[:8]}-{wrong[8:]}{(check_digit(wrong[2:]) + 1) % 10}"
    assert find_numbers(slip, ON)
    for innocent in (
        "KS 2026/00123",
        "08-123 456 78",
        "2026-11-24",
        "0701234567",
        "SOC-2026-001234",
        "1234567890123",
    ):
        assert find_numbers(innocent, ON) == []
