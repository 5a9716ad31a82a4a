"""Text that people type: what is put right, what is refused, and in which words."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vetting.web.text import LIMIT, UnsafeText, clean, has_hidden, mark_hidden

HIDDEN = [
    "\x00",
    "\x1b",
    "\x7f",
    "\x9b",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\U000e0041",
]


@pytest.mark.parametrize("character", HIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_hidden_characters_are_refused_by_name_and_place(character: str) -> None:
    with pytest.raises(UnsafeText, match=rf"U\+{ord(character):04X}, rad 2"):
        clean(f"ett\ntv{character}å")
    with pytest.raises(UnsafeText, match=r"tecken som inte syns"):
        clean(f"Ann{character}a", lines=False)
    assert mark_hidden(f"a{character}b") == f"a[U+{ord(character):04X}]b"


def test_what_word_processors_paste_is_put_right() -> None:
    assert clean("\ufeffett\r\ntv\u00adå\u2028tre\x0bfyra\u200b\r") == "ett\ntvå\ntre\nfyra"


def test_names_are_one_line() -> None:
    assert clean("  Anna\t Maria\nEk ", lines=False) == "Anna Maria Ek"


def test_letters_are_composed() -> None:
    assert clean("A\u030angstro\u0308m") == "\u00c5ngström"


def test_other_scripts_and_signs_are_left_alone() -> None:
    text = "Żaneta Łęcka · عائشة · 李娜 · 👩\u200d⚕️ · 5 § – ”citat”"
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_long_text_is_measured_in_plain_words() -> None:
    assert len(clean("å" * LIMIT)) == LIMIT
    with pytest.raises(UnsafeText, match=r"20\s001 tecken.*högst 20\s000"):
        clean("å" * (LIMIT + 1))
    with pytest.raises(UnsafeText, match="100\u00a0000 tecken"):
        clean("x" * 100_000)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_whatever_comes_is_refused_or_safe_to_store(text: str) -> None:
    try:
        kept = clean(text)
    except UnsafeText as error:
        str(error).encode()
        mark_hidden(text).encode()
        return
    assert not has_hidden(kept)
    assert clean(kept) == kept
    kept.encode()
