"""Rows with sealed columns from the database: nothing is made of a value before it is asked for, and then a Sealed."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.db.models.signals import post_init, pre_init

from tests.crypto.probe import Leaf, Probe, Required
from vetting.crypto import keystore
from vetting.crypto.sealed import Opening, Sealed, SealedField, seal_into, unseal


def unread(row: models.Model, field: str = "name") -> bool:
    """Whether the row still has the column as the driver gave it."""
    return type(row.__dict__[field]) is bytes


@pytest.mark.parametrize(
    "asked",
    [
        lambda: Probe.objects.get(),
        lambda: next(Probe.objects.iterator()),
        lambda: Probe.objects.only("name").get(),
        lambda: Probe.objects.defer("note").get(),
        lambda: next(iter(Probe.objects.in_bulk().values())),
        lambda: Probe.objects.annotate(n=F("candidacy_id")).get(),
        lambda: Leaf.objects.select_related("probe").get().probe,
        lambda: Leaf.objects.prefetch_related("probe").get().probe,
        lambda: Leaf.objects.get().probe,
        lambda: Probe.objects.union(Probe.objects.all()).get(),
        lambda: Probe.history.get(),
        lambda: Probe.objects.raw("SELECT * FROM crypto_probe_probe")[0],
        lambda: Probe.objects.raw("SELECT id, name FROM crypto_probe_probe")[0],
    ],
)
def test_every_row_gives_sealed_values_that_open(
    probe: Probe, opening: Opening, asked: Callable[[], Probe]
) -> None:
    Leaf.objects.create(probe=probe)
    row = asked()
    assert (row._state.adding, row._state.db) == (False, "default")
    assert isinstance(row.name, Sealed)
    assert isinstance(row.note, Sealed)
    assert row.name == probe.name
    assert (unseal(row, "name", opening), unseal(row, "note", opening)) == (
        "Ängla Östlund",
        "Talade om läget i Åre.",
    )


@pytest.mark.parametrize(
    "asked",
    [
        lambda: Probe.objects.values_list("name", flat=True)[0],
        lambda: Probe.objects.values()[0]["name"],
        lambda: Probe.objects.annotate(again=F("name")).get().again,
        lambda: Probe.objects.annotate(again=F("name")).values("again")[0]["again"],
        lambda: Leaf.objects.values_list("probe__name", flat=True)[0],
        lambda: Leaf.objects.annotate(again=F("probe__name")).select_related("probe").get().again,
        lambda: Probe.objects.annotate(again=Coalesce("name", "note")).get().again,
        lambda: (
            Leaf.objects.annotate(
                again=Subquery(Probe.objects.filter(pk=OuterRef("probe_id")).values("name"))
            )
            .get()
            .again
        ),
        lambda: Probe.objects.values("name").union(Probe.objects.values("name"))[0]["name"],
    ],
)
def test_every_other_answer_is_sealed_too(probe: Probe, asked: Callable[[], Any]) -> None:
    Leaf.objects.create(probe=probe)
    assert asked() == probe.name
    assert isinstance(asked(), Sealed)


def test_an_aggregate_is_sealed_too(probe: Probe) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has no greatest among bytes before version 18.")
    assert Probe.objects.aggregate(most=Max("name")) == {"most": probe.name}


def test_one_query_may_be_asked_for_rows_and_for_values(probe: Probe) -> None:
    query = Probe.objects.annotate(again=F("name"))
    for _ in range(2):
        row = query.get()
        assert unread(row)
        assert (row.again, row.name) == (probe.name, probe.name)
        assert list(query.values_list("again", "name")) == [(probe.name, probe.name)]


def test_a_list_makes_nothing_of_its_values_before_they_are_asked_for(probe: Probe, opening: Opening) -> None:
    row = Probe.objects.get()
    assert unread(row)
    unseal(row, "name", opening)
    assert unread(row)
    assert row.name is row.name
    assert not unread(row)
    assert unread(row, "note")


def test_a_list_costs_no_key_and_opening_one_case_costs_one(
    probe: Probe, opening: Opening, django_assert_num_queries: Any
) -> None:
    keystore.forget_all()
    with django_assert_num_queries(0, using="keystore"):
        row = Probe.objects.get()
    with django_assert_num_queries(1, using="keystore"):
        unseal(row, "name", opening)
        unseal(row, "note", opening)


def test_what_is_empty_is_none_and_what_was_left_out_is_fetched(
    probe: Probe, django_assert_num_queries: Any
) -> None:
    Probe.objects.update(note=None)
    row = Probe.objects.only("candidacy_id").get()
    assert row.get_deferred_fields() == {"name", "note"}
    with django_assert_num_queries(2):
        assert (row.name, row.note, row.name) == (probe.name, None, probe.name)


def test_a_row_is_as_django_would_have_made_it(probe: Probe) -> None:
    ours, theirs = Probe.objects.get(), Probe(id=probe.pk, candidacy_id=probe.candidacy_id)
    theirs.name, theirs.note = probe.name, probe.note
    assert [*vars(ours)] == [*vars(theirs)]
    assert (ours, ours.candidacy_id, ours.name, ours.note) == (
        theirs,
        theirs.candidacy_id,
        theirs.name,
        theirs.note,
    )


def test_a_row_that_was_read_is_saved_again_unchanged_or_changed(probe: Probe, opening: Opening) -> None:
    row = Probe.objects.get()
    row.save()
    seal_into(row, "note", "Ny.")
    row.save()
    row.refresh_from_db()
    assert (unseal(row, "name", opening), unseal(row, "note", opening)) == ("Ängla Östlund", "Ny.")
    assert Probe.objects.get().name == probe.name


def test_reading_again_replaces_what_was_not_read(probe: Probe, opening: Opening) -> None:
    row = Probe.objects.get()
    seal_into(probe, "name", "Bo")
    probe.save()
    row.refresh_from_db()
    assert unseal(row, "name", opening) == "Bo"


@pytest.fixture
def listening() -> Iterator[list[uuid.UUID]]:
    """The rows that Django says are made, while somebody listens."""
    made: list[uuid.UUID] = []

    def begins(sender: type[models.Model], **signal: Any) -> None:
        assert sender is not None

    def listen(instance: models.Model, **signal: Any) -> None:
        made.append(instance.pk)

    pre_init.connect(begins)
    post_init.connect(listen, sender=Probe)
    yield made
    pre_init.disconnect(begins)
    post_init.disconnect(listen, sender=Probe)


def test_who_listens_for_new_rows_hears_of_them(
    probe: Probe, opening: Opening, listening: list[uuid.UUID]
) -> None:
    row = Probe.objects.get()
    assert listening == [probe.pk]
    assert isinstance(row.name, Sealed)
    assert unseal(row, "name", opening) == "Ängla Östlund"


def test_a_model_with_an_init_of_its_own_is_made_by_it(
    probe_tables: None, db: None, opening: Opening
) -> None:
    class Counting(Required):
        class Meta:
            app_label = "crypto_probe"
            proxy = True

        def __init__(self, *args: Any, **fields: Any) -> None:
            super().__init__(*args, **fields)
            self.was_made = True

    row = Required()
    keystore.create(row.pk)
    seal_into(row, "name", "Bo")
    row.save()
    found = Counting.objects.get()
    assert found.was_made
    assert unseal(found, "name", opening) == "Bo"


def test_a_model_that_reads_its_rows_in_another_way_is_refused() -> None:
    with pytest.raises(TypeError, match="from_db of its own"):

        class Other(models.Model):
            name = SealedField("other.name", key="id")

            class Meta:
                app_label = "crypto_probe"

            @classmethod
            def from_db(cls, *row: Any) -> Any:
                return super().from_db(*row)
