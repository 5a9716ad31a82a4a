"""Sealed fields on both engines: only ciphertext is stored, only the right place opens, and nothing else is taken."""

import uuid
from typing import Any

import pytest
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F, Value
from django.db.models.functions import Concat

from tests.crypto.conftest import new_probe
from tests.crypto.probe import Bare, BareHistory, Probe, Required
from vetting.crypto import keystore
from vetting.crypto.errors import Locked, NoKey, SealError
from vetting.crypto.sealed import (
    MARKER,
    Opening,
    Sealed,
    SealedField,
    seal_into,
    seal_json_into,
    unseal,
    unseal_json,
)

Historical = Probe.history.model


def raw(bare: type[models.Model], pk: uuid.UUID, column: str = "name") -> bytes:
    """A column as the database holds it, past the sealed field."""
    return bytes(bare.objects.values_list(column, flat=True).get(pk=pk))


def test_it_opens_with_its_text(probe: Probe, opening: Opening) -> None:
    again = Probe.objects.get(pk=probe.pk)
    assert unseal(again, "name", opening) == "Ängla Östlund"
    assert unseal(again, "note", opening) == "Talade om läget i Åre."


def test_the_columns_hold_ciphertext_live_and_in_history(probe: Probe) -> None:
    live = raw(Bare, probe.pk)
    kept = raw(BareHistory, probe.history.get().pk)
    assert live == kept
    assert live[0] == 1
    assert len(live) == 81 + 32
    for blob in (live, raw(Bare, probe.pk, "note")):
        assert not any(part.encode() in blob for part in ("Ängla", "Öst", "läget", "Åre"))


def test_history_opens_under_the_live_rows_id_after_change_and_deletion(
    probe: Probe, opening: Opening
) -> None:
    seal_into(probe, "name", "Ängla Ek")
    probe.save()
    live_id, _ = probe.pk, probe.delete()
    names = [
        unseal(row, "name", opening) for row in Historical.objects.filter(id=live_id).order_by("history_date")
    ]
    assert names == ["Ängla Östlund", "Ängla Ek", "Ängla Ek"]


def test_empty_stays_empty(probe: Probe, opening: Opening) -> None:
    seal_into(probe, "name", None)
    seal_json_into(probe, "note", None)
    probe.save()
    again = Probe.objects.get(name__isnull=True)
    assert (again.name, unseal(again, "name", opening), unseal_json(again, "note", opening)) == (
        None,
        "",
        None,
    )


def test_json_goes_in_and_out(probe: Probe, opening: Opening) -> None:
    held = {"språk": ["sv", "fi"], "år": 3, "inget": None}
    seal_json_into(probe, "note", held)
    probe.save()
    assert unseal_json(Probe.objects.get(pk=probe.pk), "note", opening) == held
    for bad in ({1, 2}, float("nan")):
        with pytest.raises((TypeError, ValueError)):
            seal_json_into(probe, "note", bad)


def test_text_asked_for_as_json_is_a_seal_error(probe: Probe, opening: Opening) -> None:
    with pytest.raises(SealError):
        unseal_json(probe, "name", opening)


def test_half_a_character_is_a_seal_error(probe: Probe) -> None:
    with pytest.raises(SealError):
        seal_into(probe, "name", "\ud800")


@pytest.mark.parametrize("without", [None, 1, "opening", True])
def test_nothing_opens_without_an_opening(probe: Probe, without: object) -> None:
    with pytest.raises(TypeError):
        unseal(probe, "name", without)


def test_only_sealed_fields_are_sealed_and_opened(probe: Probe, opening: Opening) -> None:
    with pytest.raises(TypeError):
        seal_into(probe, "candidacy_id", "x")
    with pytest.raises(TypeError):
        unseal(probe, "candidacy_id", opening)


PLAIN = ["text", b"bytes", "", b"", bytearray(b"x"), memoryview(b"x"), 5, Value("x"), F("note")]


@pytest.mark.parametrize("plain", PLAIN)
def test_plain_values_are_refused_at_every_way_in(probe: Probe, plain: Any) -> None:
    before = raw(Bare, probe.pk)
    everything = Probe.objects.all()
    ways = [
        lambda: Probe(candidacy_id=probe.candidacy_id, name=plain),
        lambda: setattr(probe, "name", plain),
        lambda: Historical(id=probe.pk, candidacy_id=probe.pk, name=plain),
        lambda: Probe.objects.create(candidacy_id=probe.candidacy_id, name=plain),
        lambda: everything.update(name=plain),
        lambda: everything.update_or_create(pk=probe.pk, defaults={"name": plain}),
    ]
    for way in ways:
        with pytest.raises(TypeError, match="sealed values only"), transaction.atomic():
            way()
    assert isinstance(probe.name, Sealed)
    assert raw(Bare, probe.pk) == before
    assert Probe.objects.count() == 1


@pytest.mark.parametrize("plain", PLAIN)
def test_what_got_past_the_attribute_is_refused_at_every_way_out(probe: Probe, plain: Any) -> None:
    before = raw(Bare, probe.pk)
    fresh, kept = Probe(candidacy_id=probe.candidacy_id), Historical(id=probe.pk, candidacy_id=probe.pk)
    for row in (fresh, kept, probe):
        row.__dict__["name"] = plain
    ways = [
        fresh.save,
        lambda: fresh.save_base(raw=True),
        lambda: Probe.objects.bulk_create([fresh]),
        lambda: Historical.objects.bulk_create([kept]),
        fresh.full_clean,
    ]
    if not isinstance(plain, bytes):  # bytes in a row that was stored are what a database gives
        ways += [
            probe.save,
            lambda: probe.save(update_fields=["name"]),
            lambda: Probe.objects.bulk_update([probe], ["name"]),
        ]
    for way in ways:
        with pytest.raises(TypeError, match="sealed values only"), transaction.atomic():
            way()
    assert raw(Bare, probe.pk) == before
    assert Probe.objects.count() == 1


def test_expressions_cannot_write_past_the_field(probe: Probe) -> None:
    with pytest.raises(TypeError):
        Probe.objects.update(name=Concat(Value("a"), Value("b")))
    with pytest.raises(TypeError):
        Probe.objects.update(name=Value(b"x", output_field=models.BinaryField()))


def test_sealed_values_pass_in_bulk_and_in_updates(probe: Probe, opening: Opening) -> None:
    fresh = Probe(candidacy_id=probe.candidacy_id)
    seal_into(fresh, "name", "Bo")
    Probe.objects.bulk_create([fresh])
    assert unseal(Probe.objects.get(pk=fresh.pk), "name", opening) == "Bo"
    seal_into(fresh, "name", "Bosse")
    Probe.objects.filter(pk=fresh.pk).update(name=fresh.name, note=None)
    assert unseal(Probe.objects.get(pk=fresh.pk), "name", opening) == "Bosse"


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "x"},
        {"name": None},
        {"name": Sealed(b"x")},
        {"name__exact": b"x"},
        {"name__in": [b"x"]},
        {"name__contains": b"x"},
        {"name__gt": b"x"},
        {"name__regex": "x"},
        {"name__length": 3},
    ],
)
def test_a_sealed_column_cannot_be_searched(probe: Probe, asked: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="sealed"):
        Probe.objects.filter(**asked)
    with pytest.raises(TypeError, match="sealed"):
        Probe.objects.exclude(**asked)


def test_whether_there_is_a_value_can_be_asked(probe: Probe) -> None:
    assert Probe.objects.filter(name__isnull=False).count() == 1
    assert Probe.objects.exclude(name__isnull=False).count() == 0


@pytest.mark.parametrize("kind", ["json", "xml", "jsonl", "python"])
def test_a_dump_shows_a_marker_and_cannot_be_loaded(probe: Probe, kind: str) -> None:
    dumped = serializers.serialize(kind, [probe, *probe.history.all()])
    assert raw(Bare, probe.pk)[40:60].hex() not in str(dumped)
    assert MARKER in str(dumped) or "\\u00f6rseglad" in str(dumped)
    with pytest.raises((DeserializationError, TypeError)):
        list(serializers.deserialize(kind, dumped))


def test_values_moved_between_rows_columns_and_cases_do_not_open(probe: Probe, opening: Opening) -> None:
    same_case = Probe.objects.create(candidacy_id=probe.candidacy_id, name=probe.name, note=probe.name)
    other_case = new_probe("Bo", "x")
    other_case.name = probe.name
    other_case.save()
    probe.candidacy_id, own = other_case.candidacy_id, probe.candidacy_id
    for row, field in ((same_case, "name"), (same_case, "note"), (other_case, "name"), (probe, "name")):
        with pytest.raises(SealError):
            unseal(row, field, opening)
    probe.candidacy_id = own
    assert unseal(probe, "name", opening) == "Ängla Östlund"


def test_a_damaged_row_does_not_break_a_list(probe: Probe, opening: Opening) -> None:
    whole = new_probe("Bo", "hel")
    damaged, empty = new_probe("Cia", "trasig"), new_probe("Dag", "tömd")
    Bare.objects.filter(pk=damaged.pk).update(name=b"\x01garbage")
    Bare.objects.filter(pk=empty.pk).update(name=b"")
    found: dict[uuid.UUID, str] = {}
    for row in Probe.objects.all():
        try:
            found[row.pk] = unseal(row, "name", opening)
        except SealError:
            found[row.pk] = "kan inte läsas"
    assert found == {
        probe.pk: "Ängla Östlund", whole.pk: "Bo", damaged.pk: "kan inte läsas", empty.pk: "kan inte läsas",
    }  # fmt: skip
    assert unseal(Probe.objects.get(pk=damaged.pk), "note", opening) == "trasig"


def test_locked_neither_opens_nor_seals_but_lists(probe: Probe, opening: Opening, settings: Any) -> None:
    settings.MASTER_KEYS = ""
    row = Probe.objects.get()
    assert isinstance(row.name, Sealed)
    with pytest.raises(Locked):
        unseal(row, "name", opening)
    with pytest.raises(Locked):
        seal_into(row, "name", "x")


def test_what_is_shredded_never_opens_live_or_in_history(probe: Probe, opening: Opening) -> None:
    other = new_probe("Bo", "kvar")
    keystore.destroy(probe.candidacy_id)
    for row in (probe, Probe.objects.get(pk=probe.pk), probe.history.get()):
        with pytest.raises(NoKey):
            unseal(row, "name", opening)
    with pytest.raises(NoKey):
        seal_into(probe, "name", "again")
    assert unseal(other, "name", opening) == "Bo"


def test_no_row_is_sealed_before_its_key_exists(probe_tables: None, db: None) -> None:
    with pytest.raises(NoKey):
        seal_into(Probe(candidacy_id=uuid.uuid4()), "name", "x")
    with pytest.raises(SealError):
        seal_into(Probe(), "name", "x")


def test_the_migration_writes_label_and_key() -> None:
    field = Probe._meta.get_field("name")
    text, imports = MigrationWriter.serialize(field)
    assert text == "vetting.crypto.sealed.SealedField('probe.name', key='candidacy_id', null=True)"
    assert imports == {"import vetting.crypto.sealed"}
    copied = field.clone()
    assert (copied.label, copied.key_attr, copied.null) == ("probe.name", "candidacy_id", True)
    kept = Historical._meta.get_field("name")
    assert (type(kept), kept.label, kept.key_attr) == (SealedField, "probe.name", "candidacy_id")


def test_a_required_value_that_was_never_sealed_is_refused_by_the_database(probe: Probe) -> None:
    field = SealedField("probe.required", key="id")
    assert (field.get_default(), field.null) == (None, False)
    assert Probe().name is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Required.objects.create()


@pytest.mark.parametrize("option", ["default", "unique", "db_index", "primary_key", "choices", "max_length"])
def test_options_that_make_no_sense_for_ciphertext_are_refused(option: str) -> None:
    with pytest.raises(TypeError, match=option):
        SealedField("probe.x", key="id", **{option: 1})


def test_a_key_attribute_that_is_not_there_is_found_at_start() -> None:
    field = SealedField("probe.x", key="nobody")
    field.contribute_to_class(type("Other", (), {"_meta": Probe._meta}), "name", private_only=True)
    assert "crypto.E001" in [error.id for error in field.check()]
    assert [error.id for error in Probe._meta.get_field("note").check()] == []
