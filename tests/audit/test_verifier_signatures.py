"""The verifier's own Ed25519: the published vectors, what a strict verifier rejects, and another implementation."""

import hashlib
import os
import random
from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.verifier import ORDER, SMALL, D, Q, is_signed, point

COMPARED = 10_000 if os.environ.get("SOAK") else 200

# RFC 8032 section 7.1: key, message, signature.
PUBLISHED = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
        "24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
        "eeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
        "8dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac1"
        "7ad9bef1177331a704",
    ),
]
# The edge cases of "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko 2020; its repository's cases.json).
# What each is about, key, message, signature, and whether a strict verifier without cofactor takes it.
SMALL_KEY = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
MIXED_KEY = "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"
OTHER_MIXED_KEY = "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d"
# The point of SMALL_KEY.
EIGHT = (
    43496726750457979451437558183816721346016168361625936758514574428539776020131,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
)
GOOD_KEY = "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623"
EDGES = [
    (
        "key and R of small order, S zero", SMALL_KEY,
        "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
        "0000000000000000000000000000000000000000000000000000000000000000", False,
    ),
    (
        "key of small order", SMALL_KEY,
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"
        "a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04", False,
    ),
    (
        "R of small order", MIXED_KEY,
        "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
        "8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e", False,
    ),
    (
        "both of mixed order, true without cofactor", OTHER_MIXED_KEY,
        "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
        "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f"
        "87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009", True,
    ),
    (
        "true with cofactor alone", OTHER_MIXED_KEY,
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512"
        "5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09", False,
    ),
    (
        "true with cofactor alone, R a multiple", OTHER_MIXED_KEY,
        "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
        "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7"
        "e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405", False,
    ),
    (
        "S larger than the order", GOOD_KEY,
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e"
        "547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514", False,
    ),
    (
        "S much larger than the order", GOOD_KEY,
        "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
        "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942"
        "7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22", False,
    ),
    (
        "R not canonical, hashed as it stands", MIXED_KEY,
        "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        "454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607", False,
    ),
    (
        "R not canonical, hashed as it should be", MIXED_KEY,
        "84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        "084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09", False,
    ),
]  # fmt: skip


def ours(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        return is_signed(key, message, signature)
    except ValueError:
        return False


def theirs(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@pytest.mark.parametrize(("key", "message", "signature"), PUBLISHED)
def test_published_signatures(key: str, message: bytes, signature: str) -> None:
    assert ours(bytes.fromhex(key), message, bytes.fromhex(signature))
    assert not ours(bytes.fromhex(key), message + b"\x00", bytes.fromhex(signature))


@pytest.mark.parametrize(
    ("key", "message", "signature", "taken"), [case[1:] for case in EDGES], ids=[case[0] for case in EDGES]
)
def test_published_edges(key: str, message: str, signature: str, taken: bool) -> None:
    assert ours(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)) is taken


def test_no_key_is_of_small_order_or_written_in_a_second_way() -> None:
    """All eight heights and all that are written as if they were: their encodings up to 2²⁵⁵ and both signs."""
    x, y = 0, 1
    found = {y}
    for _ in range(7):
        # The point of SMALL_KEY, of order eight, added once more by the curve's equation.
        product = D * x * EIGHT[0] * y * EIGHT[1]
        x, y = (
            (x * EIGHT[1] + y * EIGHT[0]) * pow(1 + product, -1, Q) % Q,
            (y * EIGHT[1] + x * EIGHT[0]) * pow(1 - product, -1, Q) % Q,
        )
        found.add(y)
    assert found == SMALL
    heights = {y for small in SMALL for y in (small, small + Q) if y < 1 << 255}
    assert len(heights) > len(SMALL)
    for number in [y | sign << 255 for y in heights for sign in (0, 1)] + [Q + 2, Q + 3, Q + 18]:
        with pytest.raises(ValueError):
            point(number.to_bytes(32, "little"))
    for raw in (b"", b"\x09", bytes(31), bytes(33)):
        with pytest.raises((ValueError, IndexError)):
            point(raw)


def attempts(drawn: random.Random) -> Iterator[tuple[bytes, bytes, bytes]]:
    """A true signature, and it spoiled in every way there is: a bit of each part, length, another's, S + order."""
    signer = Ed25519PrivateKey.from_private_bytes(drawn.randbytes(32))
    key, message = signer.public_key().public_bytes_raw(), drawn.randbytes(drawn.randrange(100))
    signature = signer.sign(message)
    yield key, message, signature
    for part in range(3):
        parts = [bytearray(key), bytearray(message or b"x"), bytearray(signature)]
        parts[part][drawn.randrange(len(parts[part]))] ^= 1 << drawn.randrange(8)
        yield bytes(parts[0]), bytes(parts[1]), bytes(parts[2])
    yield key, message, signature[: drawn.randrange(64)]
    yield key, message, signature + bytes(drawn.randrange(1, 3))
    yield key, message, Ed25519PrivateKey.from_private_bytes(drawn.randbytes(32)).sign(message)
    s = int.from_bytes(signature[32:], "little")
    yield key, message, signature[:32] + (s + ORDER).to_bytes(32, "little")
    yield key, message, bytes(32) + signature[32:]
    yield key, message, drawn.randbytes(64)


@pytest.mark.deadline(600)
def test_another_implementation_says_the_same() -> None:
    drawn = random.Random(8032)
    tried = taken = 0
    while tried < COMPARED:
        for key, message, signature in attempts(drawn):
            verdict = ours(key, message, signature)
            assert verdict is theirs(key, message, signature), (key.hex(), message.hex(), signature.hex())
            tried, taken = tried + 1, taken + verdict
    assert taken == tried // 10
