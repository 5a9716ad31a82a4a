"""The arithmetic of the signatures' verifier: published vectors, what must be refused, and another implementation."""

from __future__ import annotations

import os
import random
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

from audit.verify_signatures import BAD, ORDER, G, N, P, cose, integers, is_signed, plus, times
from tests.audit.test_verifier_signatures import PUBLISHED, SMALL_KEY
from tests.harness.soft_key import cose as cose_of
from tests.harness.soft_key import made, sign

COMPARED = 3000 if os.environ.get("SOAK") else 20
# RFC 6979 A.2.5: P-256 with SHA-256.
X = bytes.fromhex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6")
Y = bytes.fromhex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299")
SAMPLES = [
    (
        b"sample",
        0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,
        0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8,
    ),
    (
        b"test",
        0xF1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,
        0x019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083,
    ),
]
ES256 = cbor.encode({1: 2, 3: -7, -1: 1, -2: X, -3: Y})
MESSAGE, R, S = SAMPLES[0]
GOOD = encode_dss_signature(R, S)


def ed25519_key(raw: str) -> bytes:
    return cbor.encode({1: 1, 3: -8, -1: 6, -2: bytes.fromhex(raw)})


@pytest.mark.parametrize(("message", "r", "s"), SAMPLES)
def test_the_published_signatures_of_p256_are_true(message: bytes, r: int, s: int) -> None:
    assert is_signed(ES256, message, encode_dss_signature(r, s))
    # WebAuthn asks for no low s: both are signatures (FIPS 186-5).
    assert is_signed(ES256, message, encode_dss_signature(r, N - s))
    assert not is_signed(ES256, message + b"x", encode_dss_signature(r, s))


@pytest.mark.parametrize(("key", "message", "signature"), PUBLISHED)
def test_the_published_signatures_of_ed25519_are_true(key: str, message: bytes, signature: str) -> None:
    assert is_signed(ed25519_key(key), message, bytes.fromhex(signature))
    assert not is_signed(ed25519_key(key), message + b"x", bytes.fromhex(signature))


@pytest.mark.parametrize(
    ("r", "s"),
    [
        (0, S),
        (R, 0),
        (0, 0),
        (N, S),
        (R, N),
        (R + N, S),
        (R, S + N),
        (1, 1),
        (N - 1, N - 1),
        (R, N // 2),
        (P, S),
    ],
)
def test_numbers_out_of_range_are_no_signature(r: int, s: int) -> None:
    assert not is_signed(ES256, MESSAGE, encode_dss_signature(r, s))


JUNK = {
    "a byte after": GOOD + b"\0",
    "a byte inside, counted": bytes([0x30, GOOD[1] + 1]) + GOOD[2:] + b"\0",
    "length in long form": bytes([0x30, 0x81, GOOD[1]]) + GOOD[2:],
    "indefinite length": b"\x30\x80" + GOOD[2:] + b"\0\0",
    "zero in front": bytes([0x30, GOOD[1] + 1, 2, GOOD[3] + 1, 0]) + GOOD[4:],
    "another tag": b"\x31" + GOOD[1:],
    "cut off": GOOD[:-1],
    "empty numbers": b"\x30\x04\x02\x00\x02\x00",
    "negative": bytes([0x30, 70, 2, 33, 0xFF])
    + R.to_bytes(32, "big")
    + b"\x02\x21\x00"
    + S.to_bytes(32, "big"),
    "raw": R.to_bytes(32, "big") + S.to_bytes(32, "big"),
    "nothing": b"",
}


@pytest.mark.parametrize("name", JUNK)
def test_der_that_is_not_der_is_no_signature(name: str) -> None:
    assert integers(GOOD) == [R, S]
    assert not is_signed(ES256, MESSAGE, JUNK[name])


@pytest.mark.parametrize(
    "key",
    [
        {1: 2, 3: -7, -1: 1, -2: X, -3: bytes(31) + b"\1"},  # not on the curve
        {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)},
        {1: 2, 3: -7, -1: 1, -2: (int.from_bytes(X, "big") + P).to_bytes(33, "big"), -3: Y},
        {1: 2, 3: -7, -1: 2, -2: X, -3: Y},
        {1: 2, 3: -35, -1: 1, -2: X, -3: Y},
        {1: 3, 3: -257, -1: b"\3", -2: b"\3"},
        {3: -7},
        {},
    ],
)
def test_what_is_no_key_signs_nothing(key: dict[int, object]) -> None:
    assert not is_signed(cbor.encode(key), MESSAGE, GOOD)


def test_a_key_with_something_after_it_is_no_key() -> None:
    with pytest.raises(BAD):
        cose(ES256 + b"\0")
    assert not is_signed(ES256 + b"\0", MESSAGE, GOOD)


def test_a_key_of_small_order_signs_nothing() -> None:
    nothing = bytes.fromhex(SMALL_KEY[:-2] + "7a") + bytes(32)
    assert not any(is_signed(ed25519_key(SMALL_KEY), bytes([n]), nothing) for n in range(64))


def test_ed25519_is_written_one_way() -> None:
    key, message, signature = PUBLISHED[1]
    raw = bytes.fromhex(signature)
    more = raw[:32] + (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little")
    assert not is_signed(ed25519_key(key), message, more)
    assert not is_signed(ed25519_key(key), message, raw + b"\0")


def test_the_base_point_has_its_order() -> None:
    assert times(plus, N, G, None) is None
    assert times(plus, N - 1, G, None) == (G[0], P - G[1])


@pytest.mark.parametrize("kind", ["ES256", "EdDSA", "RS256"])
def test_it_agrees_with_another_implementation(kind: str) -> None:
    chance = random.Random(kind)
    private = made(kind)
    key = cose_of(private)
    for _case in range(COMPARED):
        message = chance.randbytes(chance.randrange(80))
        raw = bytearray(sign(private, message))
        assert is_signed(key, message, bytes(raw))
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        assert is_signed(key, message, bytes(raw)) == _other(private, message, bytes(raw))


def _other(private: object, message: bytes, signature: bytes) -> bool:
    try:
        if isinstance(private, ec.EllipticCurvePrivateKey):
            private.public_key().verify(signature, message, ec.ECDSA(SHA256()))
        elif isinstance(private, ed25519.Ed25519PrivateKey):
            private.public_key().verify(signature, message)
        else:
            return False
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("change", ["padding", "digest", "short", "long", "small key"])
def test_rsa_is_compared_byte_by_byte(change: str) -> None:
    private = made("RS256")
    numbers = private.private_numbers()
    n, d = numbers.public_numbers.n, numbers.d
    told = sha256(MESSAGE).digest()
    info = bytes.fromhex("3031300d060960864801650304020105000420")
    filled = b"\0\1" + b"\xff" * 202 + b"\0" + info + told
    wrong = {
        "padding": b"\0\1" + b"\xff" * 8 + b"\0" + info + told + bytes(194),  # Bleichenbacher 2006
        "digest": filled[:-1] + bytes([filled[-1] ^ 1]),
    }.get(change, filled)
    signature = pow(int.from_bytes(wrong, "big"), d, n).to_bytes(256, "big")
    signature = {"short": signature[:-1], "long": b"\0" + signature}.get(change, signature)
    key = {1: 3, 3: -257, -1: n.to_bytes(256, "big"), -2: b"\1\0\1"}
    if change == "small key":
        key[-1] = n.to_bytes(256, "big")[128:]
    assert not is_signed(cbor.encode(key), MESSAGE, signature)
    right = pow(int.from_bytes(filled, "big"), d, n).to_bytes(256, "big")
    assert is_signed(cbor.encode({**key, -1: n.to_bytes(256, "big")}), MESSAGE, right)
