"""The master keys: what is accepted, what locks the service, and how one key follows another."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from tests.crypto.conftest import master_keys
from vetting.crypto import keyring, keystore
from vetting.crypto.errors import Locked, SealError
from vetting.crypto.models import CaseKey

KEY_ID = uuid.uuid4()
DEK = bytes(range(32))


@pytest.mark.parametrize(
    "source",
    [
        "",
        None,
        "not json",
        "[]",
        '{"current": "a"}',
        '{"current": "a", "keys": []}',
        '{"current": "a", "keys": {"a": "short"}}',
        '{"current": "a", "keys": {"a": 5}}',
        master_keys("b", a=1),
        master_keys("x" * 41, **{"x" * 41: 1}),
    ],
)
def test_a_ring_that_cannot_be_used_locks(settings: Any, source: str | None) -> None:
    settings.MASTER_KEYS = source
    with pytest.raises(Locked):
        keyring.ring()
    with pytest.raises(Locked):
        keyring.wrap(KEY_ID, DEK)
    assert not keyring.is_open()
    assert "MASTER_KEYS" in keyring.problem()


def test_neither_the_reason_nor_the_ring_shows_a_key(settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("a", a=65)
    assert "A" * 8 not in repr(keyring.ring())
    settings.MASTER_KEYS = master_keys("b", a=65)
    assert "QUFB" not in keyring.problem()


def test_a_ring_given_as_an_object_is_the_same(settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("a", a=1)
    kek_id, wrapped = keyring.wrap(KEY_ID, DEK)
    settings.MASTER_KEYS = SimpleNamespace(current="a", keys={"a": b"\x01" * 32})
    assert keyring.unwrap(KEY_ID, kek_id, wrapped) == DEK


def test_the_wrapped_key_is_bound_to_its_id_and_its_master_key(settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("a", a=1, b=1)
    kek_id, wrapped = keyring.wrap(KEY_ID, DEK)
    assert (kek_id, len(wrapped)) == ("a", keyring.WRAPPED_BYTES)
    assert DEK not in wrapped
    for other_id, other_kek in ((uuid.uuid4(), "a"), (KEY_ID, "b")):
        with pytest.raises(SealError):
            keyring.unwrap(other_id, other_kek, wrapped)
    for at in range(len(wrapped)):
        with pytest.raises(SealError):
            keyring.unwrap(KEY_ID, "a", wrapped[:at] + bytes([wrapped[at] ^ 1]) + wrapped[at + 1 :])
    with pytest.raises(SealError):
        keyring.unwrap(KEY_ID, "a", wrapped[:-1])


def test_the_old_master_key_reads_while_the_new_one_writes(settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("old", old=1)
    old = keyring.wrap(KEY_ID, DEK)
    settings.MASTER_KEYS = master_keys("new", old=1, new=2)
    assert keyring.unwrap(KEY_ID, *old) == DEK
    new = keyring.wrap(KEY_ID, keyring.unwrap(KEY_ID, *old))
    assert new[0] == "new"
    settings.MASTER_KEYS = master_keys("new", new=2)
    assert keyring.unwrap(KEY_ID, *new) == DEK
    with pytest.raises(Locked):
        keyring.unwrap(KEY_ID, *old)


def test_an_empty_store_is_open_under_any_ring(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("first", first=9)
    assert keyring.is_open()


def test_another_master_key_of_the_same_name_locks(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("a", a=1)
    keystore.create(uuid.uuid4())
    assert keyring.is_open()
    settings.MASTER_KEYS = master_keys("a", a=2)
    assert not keyring.is_open()
    assert "not the one that wrapped" in keyring.problem()


def test_a_lost_older_master_key_locks(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("a", a=1)
    keystore.create(uuid.uuid4())
    settings.MASTER_KEYS = master_keys("b", b=2)
    assert not keyring.is_open()
    settings.MASTER_KEYS = master_keys("b", a=1, b=2)
    assert keyring.is_open()


def test_one_damaged_row_does_not_lock(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("c", c=3)
    keystore.create_many(uuid.uuid4() for _ in range(3))
    worst = CaseKey.objects.using("keystore").order_by("-id").first()
    worst.wrapped = bytes(60)
    worst.save()
    assert keyring.is_open()


def test_asking_again_costs_no_query(db: None, settings: Any, django_assert_num_queries: Any) -> None:
    settings.MASTER_KEYS = master_keys("d", d=4)
    assert keyring.is_open()
    with django_assert_num_queries(0, using="keystore"):
        assert keyring.is_open()
