"""The value object of a sealed column: ciphertext that shows nothing of itself."""

from typing import Any, NoReturn

MARKER = "[förseglad]"


class Sealed:
    """Ciphertext of one value. Immutable, equal by its bytes, and shows nothing of them."""

    __slots__ = ("_blob",)
    _blob: bytes

    def __init__(self, blob: bytes) -> None:
        _set_blob(self, bytes(blob))

    def __eq__(self, other: object) -> bool:
        return self._blob == other._blob if isinstance(other, Sealed) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._blob)

    def __repr__(self) -> str:
        return "<Sealed>"

    def __str__(self) -> str:
        return MARKER

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise TypeError("A sealed value is immutable.")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("A sealed value cannot be put into text.")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A sealed value cannot be pickled.")


# The slot itself: to set it past the refusal to set anything, and to read it.
_set_blob = Sealed.__dict__["_blob"].__set__
bytes_of = Sealed.__dict__["_blob"].__get__


def value_of(stored: Any) -> Sealed | None:
    """What a database gave for a sealed column, as the column's value."""
    return stored if stored is None or isinstance(stored, Sealed) else Sealed(stored)
