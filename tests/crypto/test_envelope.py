"""One sealed value: what it hides, what it is bound to, and that nothing else ever opens."""

import os
import random
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash

from vetting.crypto import envelope
from vetting.crypto.errors import SealError

KEY = bytes(range(32))
KEY_ID = uuid.UUID("11111111-1111-4111-8111-111111111111")
ROW_ID = uuid.UUID("22222222-2222-4222-8222-222222222222")
NAME = envelope.named("candidacy.name")
PLACE = envelope.place(NAME, KEY_ID, ROW_ID)


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 4095, 4096, 4097, 100_000])
def test_what_was_sealed_opens_again(length: int) -> None:
    plain = os.urandom(length)
    assert envelope.unseal(KEY, PLACE, envelope.seal(KEY, PLACE, plain)) == plain


@pytest.mark.parametrize("plain", [b"\x80", b"\x80\x00\x00", b"\x00" * 31, b"x\x80" + b"\x00" * 40])
def test_text_that_looks_like_padding_opens_unchanged(plain: bytes) -> None:
    assert envelope.unseal(KEY, PLACE, envelope.seal(KEY, PLACE, plain)) == plain


def test_size_classes() -> None:
    found = {n: envelope.size_class(n) for n in (0, 31, 32, 63, 64, 2047, 4095, 4096, 8191, 8192)}
    assert found == {
        0: 32, 31: 32, 32: 64, 63: 64, 64: 128, 2047: 2048, 4095: 4096, 4096: 8192, 8191: 8192, 8192: 12288,
    }  # fmt: skip


def test_names_of_unlike_length_are_stored_alike() -> None:
    sizes = {len(envelope.seal(KEY, PLACE, b"x" * n)) for n in range(32)}
    assert sizes == {32 + envelope.OVERHEAD}


def test_overhead_is_within_the_agreed_bytes() -> None:
    assert envelope.OVERHEAD == 81


def test_the_same_text_never_has_the_same_ciphertext() -> None:
    assert len({envelope.seal(KEY, PLACE, b"same") for _ in range(100)}) == 100


def derived(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The one-step derivation of SP 800-56C as the library has it: the key used once, and the commitment."""
    both = ConcatKDFHash(SHA512(), 64, b"vetting sealed value, version 1" + salt).derive(key)
    return both[:32], both[32:]


def test_the_format_is_what_the_document_says() -> None:
    """Opened by a second implementation."""
    blob = envelope.seal(KEY, PLACE, b"Ada")
    version, salt, commitment, ciphertext = blob[0], blob[1:33], blob[33:65], blob[65:]
    once, committed = derived(KEY, salt)
    assert (version, commitment) == (1, committed)
    where = b"\x00\x0ecandidacy.name" + b"\x11" * 6 + b"\x41\x11\x81" + b"\x11" * 7
    where += b"\x22" * 6 + b"\x42\x22\x82" + b"\x22" * 7
    assert AESGCM(once).decrypt(bytes(12), ciphertext, where) == b"Ada\x80" + bytes(28)


def test_every_derivation_is_the_librarys_and_one_of_its_own() -> None:
    """For keys and salts at random, and one salt or key beside another."""
    key, salt = os.urandom(32), os.urandom(32)
    pairs = {(os.urandom(32), os.urandom(32)) for _ in range(200)} | {(KEY, salt), (key, salt), (key, KEY)}
    found = {pair: envelope._derive(*pair) for pair in pairs}
    assert found == {pair: b"".join(derived(*pair)) for pair in pairs}
    halves = [half for both in found.values() for half in (both[:32], both[32:])]
    assert len(set(halves)) == 2 * len(pairs)


def test_what_is_hashed_is_one_block_of_one_length() -> None:
    """What the derivation rests on: nothing can be appended, no two inputs run into each other."""
    hashed = len(envelope._COUNTER) + envelope.KEY_BYTES + len(envelope._CONTEXT) + 32
    assert hashed + 1 + 16 <= 128
    for wrong in (KEY[:-1], KEY + b"x", b""):
        with pytest.raises(SealError):
            envelope.unseal(wrong, PLACE, envelope.seal(KEY, PLACE, b"secret"))


def test_a_stored_value_of_version_1_opens_for_ever() -> None:
    stored = bytes.fromhex(
        "01863e1607a5872b26be1358353bb17aada3a43c48f0da2ea20eb6b55ffee5e401fa0d1386b0"
        "db9850e551be6751f292846f1528acaf6c68a535ab8c1d9905025cfb53bc5231ef131343fbae"
        "71a09d2e93528dbbf9d5cfd925dd174230a390be1699466c020da4297205a30e0e982a534a"
    )
    assert envelope.unseal(KEY, PLACE, stored).decode() == "Åsa Exempel"


@pytest.mark.parametrize(
    ("label", "key_id", "row_id"),
    [
        ("candidacy.note", KEY_ID, ROW_ID),
        ("candidacy.name", uuid.uuid4(), ROW_ID),
        ("candidacy.name", KEY_ID, uuid.uuid4()),
        ("candidacy.name", ROW_ID, KEY_ID),
    ],
)
def test_a_value_in_another_place_does_not_open(label: str, key_id: uuid.UUID, row_id: uuid.UUID) -> None:
    blob = envelope.seal(KEY, PLACE, b"secret")
    with pytest.raises(SealError):
        envelope.unseal(KEY, envelope.place(envelope.named(label), key_id, row_id), blob)


def test_another_key_is_told_by_the_commitment() -> None:
    with pytest.raises(SealError, match="not sealed under this key"):
        envelope.unseal(bytes(32), PLACE, envelope.seal(KEY, PLACE, b"secret"))


@pytest.mark.parametrize("missing", [None, "", "11111111-1111-4111-8111-111111111111", 7])
def test_a_place_needs_real_ids(missing: object) -> None:
    with pytest.raises(SealError):
        envelope.place(NAME, missing, ROW_ID)
    with pytest.raises(SealError):
        envelope.place(NAME, KEY_ID, missing)


def test_too_long_and_wrong_keys_are_refused() -> None:
    with pytest.raises(SealError):
        envelope.seal(KEY, PLACE, bytes(envelope.LARGEST_PLAIN + 1))
    with pytest.raises(SealError):
        envelope.seal(KEY[:16], PLACE, b"")


@pytest.mark.parametrize("odd", [None, "", "text", 5, b"", b"\x01", bytes(200), memoryview(b"\x01" * 200)])
def test_what_is_no_blob_at_all_is_a_seal_error(odd: object) -> None:
    with pytest.raises(SealError):
        envelope.unseal(KEY, PLACE, odd)


def test_padding_that_was_never_sealed_by_us_is_refused() -> None:
    salt = bytes(32)
    once, commitment = derived(KEY, salt)
    for padded in (bytes(32), b"x" * 32, b"text\x80" + b"\x00" * 26 + b"x"):
        forged = b"\x01" + salt + commitment + AESGCM(once).encrypt(bytes(12), padded, PLACE)
        with pytest.raises(SealError):
            envelope.unseal(KEY, PLACE, forged)


def mutated(blob: bytes, other: bytes, dice: random.Random) -> bytes:
    """`blob` changed in one of eight ways; now and then the other or itself."""
    at, way = dice.randrange(len(blob)), dice.randrange(8)
    if way == 0:
        return blob[:at] + bytes([blob[at] ^ 1 << dice.randrange(8)]) + blob[at + 1 :]
    if way == 1:
        return blob[:at]
    if way == 2:
        return blob + dice.randbytes(1 + dice.randrange(64))
    if way == 3:
        return blob[:at] + dice.randbytes(1) + blob[at:]
    if way == 4:
        return blob[:at] + blob[at + 1 :]
    if way == 5:
        cut = dice.choice([1, 33, 65, len(blob) - 16])
        return blob[:cut] + other[cut:]
    if way == 6:
        size = min(len(blob) - at, 1 + dice.randrange(32))
        return blob[:at] + bytes(byte ^ 0xFF for byte in blob[at : at + size]) + blob[at + size :]
    return bytes([dice.choice([0, *range(2, 256)])]) + blob[1:]


def campaign(rounds: int) -> None:
    """Every mutation ends in SealError and in nothing else."""
    dice = random.Random(20)
    whole = [envelope.seal(KEY, PLACE, dice.randbytes(dice.randrange(200))) for _ in range(50)]
    accepted = 0
    for _ in range(rounds):
        blob, other = dice.sample(whole, 2)
        changed = mutated(blob, other, dice)
        if changed in (blob, other):
            continue
        try:
            envelope.unseal(KEY, PLACE, changed)
        except SealError:
            continue
        accepted += 1
    assert accepted == 0


def test_no_mutation_is_accepted() -> None:
    campaign(20_000)


@pytest.mark.soak
def test_no_mutation_of_a_million_is_accepted() -> None:
    campaign(1_000_000)
