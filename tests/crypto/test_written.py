"""The written secret: forgiving of hands, unforgiving of errors, and silent about itself."""

import random
import time

import pytest

from vetting.crypto.written import LENGTH, RANDOM_SIGNS, SIGNS, Code, NotACode, holds_code


def shown(code: Code) -> str:
    return "-".join(code.groups)


def test_it_is_seven_groups_of_four_and_never_the_same() -> None:
    codes = {shown(Code.new()) for _ in range(500)}
    assert len(codes) == 500
    assert all([len(group) for group in code.split("-")] == [4] * 7 for code in codes)
    assert {sign for code in codes for sign in code} == {*SIGNS, "-"}


def test_it_is_read_as_hands_write_it() -> None:
    code = Code.of([0, 1, *range(2, RANDOM_SIGNS)])
    plain = shown(code)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in plain.replace("-", ""))
    letters = plain.replace("0", "O").replace("1", "l")
    for typed in (
        plain,
        plain.lower(),
        plain.replace("-", " "),
        plain.replace("-", ""),
        f"\n {letters} ",
        wide,
    ):
        assert Code.read(typed) == code
    assert Code.from_bits(code.bits) == code


def test_every_one_wrong_sign_and_every_swap_is_noticed() -> None:
    signs = shown(Code.new()).replace("-", "")
    for place in range(LENGTH):
        for other in SIGNS.replace(signs[place], ""):
            with pytest.raises(NotACode):
                Code.read(signs[:place] + other + signs[place + 1 :])
    for place in range(LENGTH - 1):
        a, b = signs[place : place + 2]
        if a != b:
            with pytest.raises(NotACode):
                Code.read(signs[:place] + b + a + signs[place + 2 :])


def test_two_wrong_signs_are_noticed() -> None:
    drawn, signs = random.Random(7), list(shown(Code.new()).replace("-", ""))
    for _ in range(5000):
        wrong = signs.copy()
        for place in drawn.sample(range(LENGTH), 2):
            wrong[place] = drawn.choice(SIGNS.replace(signs[place], ""))
        with pytest.raises(NotACode):
            Code.read("".join(wrong))


@pytest.mark.parametrize(
    "typed", ["", "0", "å" * 28, "U" * 28, "0" * 27, "0" * 29, "\x00" * 28, "0" * 100_000]
)
def test_what_is_none_is_refused_quickly_and_without_repeating_it(typed: str) -> None:
    began = time.thread_time()
    with pytest.raises(NotACode) as error:
        Code.read(typed)
    assert str(error.value) == ""
    assert time.thread_time() - began < 0.05


def test_each_purpose_has_a_key_of_its_own() -> None:
    code, other = Code.new(), Code.new()
    keys = {code.key("lookup"), code.key("report"), other.key("lookup"), other.key("report")}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)
    assert code.key("lookup") == Code.read(shown(code)).key("lookup")


def test_the_check_that_it_was_saved() -> None:
    code = Code.new()
    assert code.is_group(3, f" {code.groups[2].lower()} ")
    assert not code.is_group(3, code.groups[3]) or code.groups[2] == code.groups[3]
    assert not code.is_group(0, code.groups[0])
    assert not code.is_group(8, code.groups[6])
    assert not code.is_group(1, "Å")


def test_a_text_with_a_code_in_it_is_noticed() -> None:
    code = Code.new()
    for written in (shown(code), shown(code).lower().replace("-", " ")):
        assert holds_code(f"Min kod är {written}, spara den.")
        assert code.is_in(f"Min kod är {written}, spara den.")
    assert code.is_in(f"x{shown(code).replace('-', '')}x")
    assert not holds_code("Det var inte sant att hans post blev kvar igen efter tjänst")
    assert not code.is_in("Han sade att jag borde tänka på mina barn.")
    began = time.thread_time()
    assert not holds_code("abcd " * 20_000)
    assert time.thread_time() - began < 1


def test_it_does_not_show_itself() -> None:
    code = Code.new()
    assert repr(code) == str(code) == f"{code}" == "<Code>"
    with pytest.raises(NotACode):
        Code.from_bits(b"\xff" * 17)
