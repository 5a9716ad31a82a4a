"""Keys and signatures of signed notes (C2SP signed-note and tlog-cosignature). Pure.

Two kinds are known: plain Ed25519 over the text, and a witness's timestamped cosignature. A key's id is the first four
bytes of a hash of its name, kind and public key; name and id together say which key has signed.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 0x01, 0x04
KEY_BYTES, ID_BYTES, SIGNATURE_BYTES, TIME_BYTES = 32, 4, 64, 8
DASH = "\u2014 "
_PRIVATE = "PRIVATE+KEY+"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteError(ValueError):
    """Base of what is wrong with a note or a key."""


class MalformedNote(NoteError):
    """Not a signed note as the format has it."""


class MalformedKey(NoteError):
    """Not a key in its written form, of a kind that is not known, or with an id that is not its own."""


def is_name(text: str) -> bool:
    """Whether a key may be named so: not empty, without white space, control characters and plus."""
    return bool(text) and not any(sign.isspace() or sign == "+" or sign < " " for sign in text)


def decoded(written: str) -> bytes | None:
    """The bytes of standard base64, written in the one way there is; None for anything else."""
    try:
        raw = b64decode(written, validate=True)
    except ValueError:
        return None
    return raw if b64encode(raw).decode() == written else None


def text_bytes(text: str) -> bytes:
    """The text as it is signed. Raises MalformedNote for one that no note can hold."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise MalformedNote("a text ends with a newline and has no other control character")
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise MalformedNote("the text is not UTF-8") from None


def cosigned(text: str, at: int) -> bytes:
    """What a cosignature signs: a header, the time in seconds since 1970, and the whole text of the note."""
    return f"cosignature/v1\ntime {at}\n".encode() + text_bytes(text)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and id, and what it made of the text."""

    name: str
    key_id: bytes
    made: bytes

    @property
    def line(self) -> str:
        """As it stands in the note, with its newline."""
        return f"{DASH}{self.name} {b64encode(self.key_id + self.made).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """The signature of a line without its newline. Raises MalformedNote."""
        name, _, written = line.removeprefix(DASH).partition(" ")
        raw = decoded(written) or b""
        if not line.startswith(DASH) or not is_name(name) or len(raw) <= ID_BYTES:
            raise MalformedNote("a signature line is not of the form «— name base64»")
        return cls(name, raw[:ID_BYTES], raw[ID_BYTES:])

    @property
    def time(self) -> int | None:
        """When a cosignature says it was made, in seconds since 1970; None for what cannot be one."""
        if len(self.made) != TIME_BYTES + SIGNATURE_BYTES or self.made[0] & 0x80:
            return None
        return int.from_bytes(self.made[:TIME_BYTES])


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key by its name. Written `name+id+base64`: the «vkey» that is handed to others."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        """The id that signature lines carry."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return _written(self.name, self.key_id, self.kind, self.public)

    @classmethod
    def parse(cls, written: str) -> Verifier:
        """The key from its written form. Raises MalformedKey."""
        found = cls(*_parsed(written))
        if str(found) != written:
            raise MalformedKey("the id is not that of the key")
        return found

    def has_signed(self, text: str, signature: Signature) -> bool:
        """Whether the signature is this key's over the text."""
        message, made = text_bytes(text), signature.made
        if self.kind == COSIGNATURE:
            if signature.time is None:
                return False
            message, made = cosigned(text, signature.time), made[TIME_BYTES:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(made, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A private key, the seed of Ed25519, by its name. Written `PRIVATE+KEY+name+id+base64`."""

    name: str
    seed: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        if not is_name(self.name) or len(self.seed) != KEY_BYTES:
            raise MalformedKey("a key has 32 bytes and a name without white space and plus")

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._private.public_key().public_bytes_raw(), self.kind)

    @property
    def written(self) -> str:
        """The key in the form that other tools read. Secret."""
        return _PRIVATE + _written(self.name, self.verifier.key_id, self.kind, self.seed)

    @classmethod
    def parse(cls, written: str) -> Signer:
        """The key from its written form. Raises MalformedKey."""
        found = cls(*_parsed(written.removeprefix(_PRIVATE)))
        if found.written != written:
            raise MalformedKey("the id is not that of the key")
        return found

    def sign(self, text: str, *, at: int | None = None) -> Signature:
        """The signature over the text; a cosignature says that it was made `at` (seconds since 1970).

        Raises MalformedNote for a text that no note can hold, and for a cosignature without a time.
        """
        if self.kind == COSIGNATURE:
            if at is None or not 0 <= at < 1 << 63:
                raise MalformedNote("a cosignature has a time")
            made = at.to_bytes(TIME_BYTES) + self._private.sign(cosigned(text, at))
        else:
            made = self._private.sign(text_bytes(text))
        return Signature(self.name, self.verifier.key_id, made)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def _written(name: str, key_id: bytes, kind: int, key: bytes) -> str:
    return f"{name}+{key_id.hex()}+{b64encode(bytes([kind]) + key).decode()}"


def _parsed(written: str) -> tuple[str, bytes, int]:
    """Name, key and kind of `name+id+base64`; whether the id is right is for the caller to see."""
    name, _, rest = written.partition("+")
    raw = decoded(rest.partition("+")[2]) or b""
    if not is_name(name) or len(raw) != 1 + KEY_BYTES or raw[0] not in {ED25519, COSIGNATURE}:
        raise MalformedKey("not a key of the form name+id+base64, or of a kind that is not known")
    return name, raw[1:], raw[0]
