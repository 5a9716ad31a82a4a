"""The value object: nothing that shows, copies or sends values gets at the content."""

import copy
import json
import logging
import pickle

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Template

from vetting.crypto.sealed import MARKER, Opening, Sealed

BLOB = b"\x01" + b"Anna Svensson" * 10


def test_nothing_that_shows_it_shows_the_bytes(caplog: pytest.LogCaptureFixture) -> None:
    value = Sealed(BLOB)
    with caplog.at_level(logging.INFO):
        logging.getLogger("probe").info("value %s %r", value, value)
    shown = [
        repr(value),
        str(value),
        f"{[value]!r}",
        Template("{{ v }}").render(Context({"v": value})),
        caplog.text,
    ]
    assert not any("Anna" in each for each in shown)
    assert str(value) == MARKER


@pytest.mark.parametrize("text", ["{}", "{:>40}", "{!r:s}"])
def test_it_is_not_formatted_into_text(text: str) -> None:
    if text == "{!r:s}":
        assert text.format(Sealed(BLOB)) == "<Sealed>"
        return
    with pytest.raises(TypeError):
        text.format(Sealed(BLOB))


def test_it_is_neither_json_nor_pickle_nor_bytes() -> None:
    value = Sealed(BLOB)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(value, protocol)
    for encoder in (json.JSONEncoder, DjangoJSONEncoder):
        with pytest.raises(TypeError):
            json.dumps({"v": value}, cls=encoder)
    for leak in (bytes, list, len, vars, memoryview):
        with pytest.raises(TypeError):
            leak(value)


def test_copies_are_the_same_object() -> None:
    value = Sealed(BLOB)
    assert copy.copy(value) is value
    assert copy.deepcopy({"v": value})["v"] is value


def test_equal_by_its_bytes_and_unchangeable() -> None:
    assert Sealed(BLOB) == Sealed(memoryview(BLOB))
    assert len({Sealed(BLOB), Sealed(BLOB), Sealed(b"x")}) == 2
    assert Sealed(BLOB) != BLOB
    with pytest.raises(TypeError):
        Sealed(BLOB)._blob = b""
    with pytest.raises(TypeError):
        del Sealed(BLOB)._blob


def test_an_opening_cannot_be_moved_to_another_entry() -> None:
    with pytest.raises(AttributeError):
        Opening(1).entry_id = 2
