"""Whoever can write in the database and sign in finds nobody by a digest that is copied into a finalist of her own."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from audit.integrity import findings
from audit.sealer import seal_pending
from tests.recruitment.pool import NAME, booker, cleared, vetted
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, build_world
from vetting.crypto import blind_index, keystore
from vetting.policy.numbers import parse
from vetting.recruitment import search_index
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.models import BlindIndex, Candidacy, NameIndex
from vetting.recruitment.queries.pool import LOOK_UP, look_up, places
from vetting.recruitment.queries.search import candidacies_called, candidacies_with

NUMBER, OTHER = "19900107-2389", "19850412-1230"
MODELS: tuple[Any, ...] = (NameIndex, BlindIndex)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def plant(taken: Candidacy, into: Candidacy) -> None:
    """Everything of one row of each index but whose it is, into another's."""
    for model in MODELS:
        own, other = (model.objects.filter(candidacy=each).first() for each in (into, taken))
        if other is None:
            continue
        kept = {
            f.attname: getattr(other, f.attname) for f in model._meta.concrete_fields if not f.is_relation
        }
        kept.pop("id")
        assert kept["bound"] != own.bound
        model.objects.filter(pk=own.pk).update(**kept)


def planted() -> list[tuple[str, str, Any]]:
    keystore.forget_all()
    seal_pending()
    return [(each.kind, each.label, each.row) for each in findings()]


def test_no_search_finds_by_it_and_the_check_tells_of_it(world: World) -> None:
    hr = world.actor("hr")
    walk, other = Walk(world, "assistant").open(), Walk(world, "assistant").open()
    sought, own = walk.finalist(NAME), other.finalist("Prov Andersson")
    for who, number in ((sought, NUMBER), (own, OTHER)):
        search_index.store(who, blind_index.digest(INDEX_PURPOSE, parse(number).normalised))
    assert [row.pk for row in candidacies_called(hr, NAME)] == [sought.pk]
    assert [row.pk for row in candidacies_with(hr, parse(NUMBER))] == [sought.pk]
    assert planted() == []
    plant(sought, own)
    assert [row.pk for row in candidacies_called(hr, NAME)] == [sought.pk]
    assert [row.pk for row in candidacies_with(hr, parse(NUMBER))] == [sought.pk]
    assert planted() == [
        ("digest-planted", "recruitment.blindindex", own.pk),
        ("digest-planted", "recruitment.nameindex", own.pk),
    ]


def test_nobody_is_booked_by_it(world: World) -> None:
    _walk, finalist, _clearance = cleared(world)
    _other, sought = vetted(world, "Sixten Senare")
    booker(world)
    actor = world.actor("booker")
    assert look_up(actor, places(actor, LOOK_UP), NAME).answers
    assert not look_up(actor, places(actor, LOOK_UP), "Sixten Senare").answers
    plant(sought, finalist)
    assert not look_up(actor, places(actor, LOOK_UP), "Sixten Senare").answers
    assert not look_up(actor, places(actor, LOOK_UP), NAME).answers


def test_those_that_were_there_before_are_bound_when_the_service_is_brought_up_to_date(world: World) -> None:
    walk = Walk(world, "assistant").open()
    walk.finalist(NAME)
    NameIndex.objects.update(bound=None)
    assert candidacies_called(world.actor("hr"), NAME) == []
    migration = import_module("vetting.recruitment.migrations.0033_a_digest_is_bound")
    migration.bind(apps, SimpleNamespace(connection=connection))
    assert len(candidacies_called(world.actor("hr"), NAME)) == 1
