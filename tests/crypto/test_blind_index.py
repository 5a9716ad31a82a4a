"""The digest by which a number is found again."""

import hmac
from typing import Any

import pytest

from vetting.crypto import blind_index
from vetting.crypto.errors import Locked


def test_equal_numbers_alone_are_equal() -> None:
    first = blind_index.digest("candidacy.number", "199001012385")
    assert first == blind_index.digest("candidacy.number", "199001012385")
    assert first != blind_index.digest("candidacy.number", "199001012386")
    assert len(first) == 32


def test_purposes_are_kept_apart() -> None:
    assert blind_index.digest("a", "bc") != blind_index.digest("ab", "c")
    assert blind_index.digest("person", "199001012385") != blind_index.digest("candidacy", "199001012385")


def test_it_is_keyed_and_stays_as_it_is(settings: Any) -> None:
    settings.INDEX_KEY = bytes(32)
    own = hmac.digest(bytes(32), b"vetting blind index: p", "sha256")
    assert blind_index.digest("p", "n") == hmac.digest(own, b"n", "sha256")
    settings.INDEX_KEY = b"\x01" * 32
    assert blind_index.digest("p", "n") != hmac.digest(own, b"n", "sha256")


@pytest.mark.parametrize("key", [None, "", "short", "!!", b"short"])
def test_without_its_key_it_is_locked(settings: Any, key: str | bytes | None) -> None:
    settings.INDEX_KEY = key
    with pytest.raises(Locked, match="INDEX_KEY"):
        blind_index.digest("p", "n")


@pytest.mark.parametrize(("purpose", "value"), [("", "1"), ("p", "")])
def test_nothing_has_no_digest(purpose: str, value: str) -> None:
    with pytest.raises(ValueError, match="purpose and a value"):
        blind_index.digest(purpose, value)
