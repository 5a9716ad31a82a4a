"""A recipient's key opens with each of her secrets, and with nothing of the service's."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.test import override_settings

from vetting.crypto import envelopes, hpke, slots
from vetting.crypto.errors import Locked
from vetting.crypto.models import Envelope, KeySlot
from vetting.crypto.passphrase import new_passphrase
from vetting.crypto.slots import WrongSecret
from vetting.crypto.written import Code


@pytest.fixture
def key(db: None) -> uuid.UUID:
    return uuid.uuid4()


def test_passphrase_and_recovery_code_open_the_same_key(key: uuid.UUID) -> None:
    seed, phrase, code = hpke.new_seed(), new_passphrase(), Code.new()
    slots.lock(key, seed, phrase=phrase, code=code)
    assert slots.unlock(key, phrase.upper()) == seed
    assert slots.recover(key, code) == seed
    for wrong in (new_passphrase(), ""):
        with pytest.raises(WrongSecret):
            slots.unlock(key, wrong)
    with pytest.raises(WrongSecret):
        slots.recover(key, Code.new())
    with pytest.raises(WrongSecret):
        slots.unlock(uuid.uuid4(), phrase)
    with pytest.raises(WrongSecret):
        slots.recover(uuid.uuid4(), code)


def test_a_new_passphrase_ends_the_old_one_and_leaves_the_code(key: uuid.UUID) -> None:
    seed, old, new, code = hpke.new_seed(), new_passphrase(), new_passphrase(), Code.new()
    slots.lock(key, seed, phrase=old, code=code)
    slots.lock(key, seed, phrase=new)
    with pytest.raises(WrongSecret):
        slots.unlock(key, old)
    assert slots.unlock(key, new) == slots.recover(key, code) == seed
    slots.destroy(key)
    with pytest.raises(WrongSecret):
        slots.unlock(key, new)


def test_a_slot_moved_to_another_key_does_not_open(key: uuid.UUID) -> None:
    phrase, code, other = new_passphrase(), Code.new(), uuid.uuid4()
    slots.lock(key, hpke.new_seed(), phrase=phrase, code=code)
    KeySlot.objects.using("keystore").filter(key=key).update(key=other)
    with pytest.raises(WrongSecret):
        slots.unlock(other, phrase)
    with pytest.raises(WrongSecret):
        slots.recover(other, code)


def test_without_the_master_key_the_passphrase_waits_and_the_paper_works(key: uuid.UUID) -> None:
    seed, phrase, code = hpke.new_seed(), new_passphrase(), Code.new()
    slots.lock(key, seed, phrase=phrase, code=code)
    with override_settings(MASTER_KEYS=None):
        with pytest.raises(Locked):
            slots.unlock(key, phrase)
        assert slots.recover(key, code) == seed


def made(owner: uuid.UUID, **values: object) -> Envelope:
    return Envelope(**{"owner": owner, "purpose": "report", "holder": uuid.uuid4(), "blob": b"x"} | values)


def test_envelopes_are_found_lent_taken_back_and_destroyed(key: uuid.UUID) -> None:
    owner, one, two = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    tag, now = bytes(32), datetime(2026, 3, 5, 12, tzinfo=UTC)
    envelopes.store(
        [
            made(owner, holder=None, purpose="receipt", tag=tag),
            made(owner, holder=one),
            made(owner, holder=two),
        ]
    )
    assert [each.owner for each in envelopes.by_tag(tag)] == [owner]
    assert envelopes.by_tag(b"\x01" * 32) == []
    assert [e.holder for e in envelopes.held_by([one], [owner], ["report"])] == [one]
    for blob in (b"first", b"second"):
        envelopes.lend(
            made(owner, holder=one, lender=two, purpose="lent", until=now + timedelta(hours=1), blob=blob)
        )
    assert [bytes(e.blob) for e in envelopes.lent_to(one, owner, now)] == [b"second"]
    assert envelopes.lent_to(one, owner, now + timedelta(hours=1)) == []
    envelopes.forget_lent(now + timedelta(hours=2))
    assert envelopes.lent_to(one, owner, now) == []
    envelopes.take_back(owner, two)
    assert envelopes.held_by([two], [owner], ["report"]) == []
    assert envelopes.owners([owner, key]) == {owner}
    envelopes.destroy(owner)
    assert envelopes.by_tag(tag) == []
    assert envelopes.owners([owner]) == set()


@pytest.mark.parametrize(
    "values",
    [
        {"tag": bytes(32)},
        {"holder": None},
        {"purpose": "receipt"},
        {"purpose": "lent"},
        {"lender": uuid.uuid4()},
    ],
)
def test_an_envelope_is_for_a_code_or_for_a_holder(key: uuid.UUID, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        envelopes.store([made(uuid.uuid4(), **values)])


def test_two_reports_never_share_a_code(key: uuid.UUID) -> None:
    both = [made(uuid.uuid4(), holder=None, purpose="receipt", tag=bytes(32)) for _ in range(2)]
    with pytest.raises(IntegrityError):
        envelopes.store(both)
