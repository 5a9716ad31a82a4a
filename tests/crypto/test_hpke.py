"""Sealing to a public key: as the RFC says, for the holder alone, and nothing else ever opens."""

import os
import random

import pytest
from cryptography.hazmat.bindings._rust import openssl as library
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from vetting.crypto import hpke
from vetting.crypto.errors import SealError

SUITES = [hpke.X25519, hpke.HYBRID]
INFO = "4f6465206f6e2061204772656369616e2055726e"
PLAIN = "4265617574792069732074727574682c20747275746820626561757479"
COUNT_0 = "436f756e742d30"
#: RFC 9180, appendices A.1.1.1 and A.2.1.1: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, sequence number 0.
VECTORS = {
    "A.1.1": (
        AEAD.AES_128_GCM,
        "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
        "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
    ),
    "A.2.1": (
        AEAD.CHACHA20_POLY1305,
        "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb",
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_library_opens_the_rfcs_own_messages(name: str) -> None:
    aead, private, enc, sealed = VECTORS[name]
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, aead)
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    message = bytes.fromhex(enc + sealed)
    found = library.hpke._decrypt_with_aad(suite, message, key, bytes.fromhex(INFO), bytes.fromhex(COUNT_0))
    assert found == bytes.fromhex(PLAIN)


def test_suite_1_is_the_second_vectors_suite() -> None:
    """A message made here is opened by the suite of A.2, under the context that is bound to it."""
    seed = bytes.fromhex(VECTORS["A.2.1"][1])
    sealed = hpke.seal_to(hpke.public_of(seed, hpke.X25519), b"plain", b"info")
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    key = X25519PrivateKey.from_private_bytes(seed)
    assert (
        suite.decrypt(sealed[1:], key, b"vetting sealed to a public key, version 1\x00\x01info") == b"plain"
    )


@pytest.mark.parametrize("suite", SUITES)
def test_only_the_holder_opens(suite: int) -> None:
    seed, other = hpke.new_seed(), hpke.new_seed()
    sealed = hpke.seal_to(hpke.public_of(seed, suite), b"k" * 32, b"info")
    assert hpke.open_with(seed, sealed, b"info") == b"k" * 32
    for key, info in ((other, b"info"), (seed, b"infO"), (seed, b"")):
        with pytest.raises(SealError):
            hpke.open_with(key, sealed, info)


@pytest.mark.parametrize("suite", SUITES)
def test_the_same_text_is_never_sealed_alike(suite: int) -> None:
    public = hpke.public_of(hpke.new_seed(), suite)
    assert hpke.seal_to(public, b"text", b"") != hpke.seal_to(public, b"text", b"")


@pytest.mark.parametrize("suite", SUITES)
def test_a_changed_message_never_opens(suite: int) -> None:
    seed, drawn = hpke.new_seed(), random.Random(suite)
    sealed = hpke.seal_to(hpke.public_of(seed, suite), b"k" * 32, b"info")
    for _ in range(300):
        place = drawn.randrange(len(sealed))
        changed = sealed[:place] + bytes([sealed[place] ^ 1 << drawn.randrange(8)]) + sealed[place + 1 :]
        with pytest.raises(SealError):
            hpke.open_with(seed, changed, b"info")
    for cut in (0, 1, 33, len(sealed) - 1):
        with pytest.raises(SealError):
            hpke.open_with(seed, sealed[:cut], b"info")


def test_what_is_no_key_is_said_to_be_none() -> None:
    public = hpke.public_of(hpke.new_seed())
    for wrong in (b"", public[:-1], b"\x01" + public[1:], b"\x09" + public[1:], bytes(33)):
        with pytest.raises(SealError):
            hpke.seal_to(wrong, b"text", b"")
    for call in (lambda: hpke.public_of(b"short"), lambda: hpke.public_of(os.urandom(32), 7)):
        with pytest.raises(SealError):
            call()


def test_new_keys_are_hybrid_and_a_seed_has_one_key() -> None:
    seed = hpke.new_seed()
    assert hpke.public_of(seed)[0] == hpke.HYBRID
    assert hpke.public_of(seed) == hpke.public_of(seed)
    assert len(hpke.public_of(seed)) == hpke.PUBLIC_BYTES[hpke.HYBRID] == 1217
    assert len(hpke.seal_to(hpke.public_of(seed), b"k" * 32, b"")) == 1 + 1168


def test_the_hybrid_key_is_that_of_the_draft() -> None:
    """The first test vector of draft-connolly-cfrg-xwing-kem: how its public key begins and ends."""
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    public = hpke.public_of(seed)[1:].hex()
    assert public.startswith("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5")
    assert len(public) == 2 * 1216


def test_fingerprints_are_readable_and_differ() -> None:
    one, other = (hpke.fingerprint(hpke.public_of(hpke.new_seed())) for _ in range(2))
    assert one != other
    assert [len(group) for group in one.split()] == [8] * 5
