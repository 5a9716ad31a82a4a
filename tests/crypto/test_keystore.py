"""The data keys: made before the data, held for one request, destroyed for good, swept when left over."""

import threading
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from tests.crypto.conftest import master_keys
from vetting.crypto import keyring, keystore
from vetting.crypto.errors import Locked, NoKey, SealError, TooManyOrphans
from vetting.crypto.models import CaseKey

DAY = timedelta(days=1)


def rows() -> Any:
    return CaseKey.objects.using("keystore")


def aged(count: int, age: timedelta = 2 * DAY) -> list[uuid.UUID]:
    """Make keys that look as if they were made `age` ago."""
    made = [uuid.uuid4() for _ in range(count)]
    keystore.create_many(made)
    rows().filter(pk__in=made).update(created_at=timezone.now() - age)
    return made


def test_a_key_is_made_wrapped_and_read(db: None) -> None:
    key_id = uuid.uuid4()
    keystore.create(key_id)
    key = keystore.get(key_id)
    row = rows().get(pk=key_id)
    keystore.forget_all()
    assert keystore.get(key_id) == key
    assert len(key) == 32
    assert key not in bytes(row.wrapped)
    assert bytes(row.wrapped).hex() not in repr(row) + str(row)


def test_every_key_is_its_own(db: None) -> None:
    ids = [uuid.uuid4() for _ in range(600)]
    keystore.create_many(ids)
    assert len({keystore.get(key_id) for key_id in ids}) == 600


def test_a_key_is_never_replaced(real_db: Any) -> None:
    key_id = uuid.uuid4()
    keystore.create(key_id)
    key = keystore.get(key_id)
    with pytest.raises(IntegrityError):
        keystore.create_many([uuid.uuid4(), key_id])
    assert keystore.get(key_id) == key
    assert rows().count() == 1


def test_no_key_is_a_seal_error_of_its_own(db: None) -> None:
    with pytest.raises(NoKey):
        keystore.get(uuid.uuid4())
    assert issubclass(NoKey, SealError)


def test_a_key_is_read_once_a_request(real_db: Any, django_assert_num_queries: Any) -> None:
    ids = aged(3)
    keystore.forget_all()
    with django_assert_num_queries(1, using="keystore"):
        keystore.get(ids[0])
        keystore.get(ids[0])
    with django_assert_num_queries(1, using="keystore"):
        keystore.preload(ids)
        for key_id in ids:
            keystore.get(key_id)
    request_finished.send(sender=None)
    with django_assert_num_queries(1, using="keystore"):
        keystore.get(ids[0])


def test_many_keys_are_preloaded_in_few_questions(db: None, django_assert_num_queries: Any) -> None:
    ids = [uuid.uuid4() for _ in range(1100)]
    keystore.create_many(ids)
    keys = [keystore.get(key_id) for key_id in ids]
    keystore.forget_all()
    with django_assert_num_queries(3, using="keystore"):
        keystore.preload(key_id for key_id in [*ids, *ids])
        assert [keystore.get(uuid.UUID(str(key_id))) for key_id in ids] == keys
    with django_assert_num_queries(0, using="keystore"):
        keystore.preload(ids)


def test_a_key_that_was_prepared_and_never_committed_is_gone_with_its_block(db: None) -> None:
    kept, lost, renewed = (uuid.uuid4() for _ in range(3))
    with keystore.prepared() as batch:
        for key_id in (kept, renewed):
            keystore.create(key_id)
        batch.commit()
        before = keystore.get(renewed)
        keystore.renew(renewed)
        keystore.create(lost)
        first = keystore.get(lost)
        keystore.renew(lost)
        assert keystore.get(lost) != first
        assert keystore.get(renewed) != before
        assert len({keystore.get(key_id) for key_id in (kept, lost, renewed)}) == 3
    keystore.get(kept)
    assert keystore.get(renewed) == before
    with pytest.raises(NoKey):
        keystore.get(lost)


def test_no_more_keys_are_held_than_agreed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keystore, "HELD_AT_MOST", 5)
    keystore.forget_all()
    ids = aged(12)
    assert len(keystore._all_held()) == 5
    for key_id in ids:
        keystore.get(key_id)
    assert len(keystore._all_held()) == 5


def test_keys_are_not_held_across_threads(db: None) -> None:
    keystore.create(uuid.uuid4())
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(len(keystore._all_held())))
    thread.start()
    thread.join()
    assert seen == [0]


def test_preloading_leaves_damage_to_the_one_who_opens(db: None) -> None:
    good, bad = aged(2)
    rows().filter(pk=bad).update(wrapped=bytes(60))
    keystore.forget_all()
    keystore.preload([good, bad, uuid.uuid4()])
    keystore.get(good)
    with pytest.raises(SealError):
        keystore.get(bad)


def test_locked_means_locked_also_for_a_key_already_held(db: None, settings: Any) -> None:
    key_id = uuid.uuid4()
    keystore.create(key_id)
    settings.MASTER_KEYS = ""
    with pytest.raises(Locked):
        keystore.get(key_id)
    with pytest.raises(Locked):
        keystore.create(uuid.uuid4())
    assert rows().count() == 1


def test_a_wrong_master_key_opens_nothing(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("a", a=1)
    (key_id,) = aged(1)
    keystore.forget_all()
    settings.MASTER_KEYS = master_keys("a", a=2)
    with pytest.raises(SealError):
        keystore.get(key_id)


def test_rewrapping_under_a_new_master_key_changes_no_data_key(db: None, settings: Any) -> None:
    settings.MASTER_KEYS = master_keys("old", old=1)
    (key_id,) = aged(1)
    key = keystore.get(key_id)
    settings.MASTER_KEYS = master_keys("new", old=1, new=2)
    kek_id, wrapped = keyring.wrap(key_id, key)
    rows().filter(pk=key_id, kek_id="old").update(kek_id=kek_id, wrapped=wrapped)
    settings.MASTER_KEYS = master_keys("new", new=2)
    keystore.forget_all()
    assert keystore.get(key_id) == key


def test_destroying_forgets_at_once_and_needs_no_master_key(db: None, settings: Any) -> None:
    key_id = uuid.uuid4()
    keystore.create(key_id)
    settings.MASTER_KEYS, ring = "", settings.MASTER_KEYS
    assert keystore.destroy(key_id)
    assert not keystore.destroy(key_id)
    settings.MASTER_KEYS = ring
    with pytest.raises(NoKey):
        keystore.get(key_id)


def test_sweeping_destroys_only_old_keys_without_data(db: None) -> None:
    kept, orphans, young = aged(600), aged(3), aged(2, timedelta(hours=1))
    asked: list[int] = []

    def existing(ids: list[uuid.UUID]) -> set[uuid.UUID]:
        asked.append(len(ids))
        return set(ids) & set(kept)

    assert set(keystore.sweep_orphans(existing, DAY)) == set(orphans)
    assert set(rows().values_list("pk", flat=True)) == {*kept, *young}
    assert max(asked) <= 500
    assert keystore.sweep_orphans(existing, DAY) == []


def test_a_missing_database_does_not_sweep_the_keys_away(db: None) -> None:
    aged(101)
    with pytest.raises(TooManyOrphans, match="101 keys"):
        keystore.sweep_orphans(lambda ids: set(), DAY)
    assert rows().count() == 101


def test_keys_of_running_transactions_are_never_swept(db: None) -> None:
    with pytest.raises(ValueError, match="ten minutes"):
        keystore.sweep_orphans(lambda ids: set(), timedelta(minutes=9))


def test_a_key_is_committed_though_the_data_is_rolled_back(real_db: Any) -> None:
    key_id = uuid.uuid4()

    def act_that_fails() -> None:
        with transaction.atomic():
            keystore.create(key_id)
            raise LookupError

    with pytest.raises(LookupError):
        act_that_fails()
    connections["keystore"].close()
    assert rows().filter(pk=key_id).exists()


def test_a_transaction_on_the_key_store_is_refused(real_db: Any) -> None:
    with transaction.atomic(using="keystore"):
        with pytest.raises(RuntimeError):
            keystore.create(uuid.uuid4())
        with pytest.raises(RuntimeError):
            keystore.destroy(uuid.uuid4())


def test_destroyed_bytes_are_gone_from_the_file_and_its_log(real_db: Any) -> None:
    if connections["keystore"].vendor != "sqlite":
        pytest.skip("What SQLite leaves in its files; other servers forget at the next master key.")
    ids = [uuid.uuid4() for _ in range(50)]
    keystore.create_many(ids)
    wrapped = {key_id: bytes(rows().get(pk=key_id).wrapped) for key_id in ids}
    file = Path(real_db.names["keystore"])

    def on_disk() -> bytes:
        return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))

    assert all(each in on_disk() for each in wrapped.values())
    for key_id in ids[:25]:
        keystore.destroy(key_id)
    left = on_disk()
    assert [wrapped[key_id] in left for key_id in ids] == [False] * 25 + [True] * 25
