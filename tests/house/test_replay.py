"""What most tests begin with is put back row by row: it must be what the program built, to the last row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from audit.integrity import findings
from tests.harness.replay import ALIASES, replayed, rows_in
from tests.recruitment.visit import client_of
from tests.recruitment.world import build_world, put
from vetting.organisation.models import Organisation


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block writes, in either database, is gone after it."""
    with transaction.atomic("default"), transaction.atomic("keystore"):
        yield
        transaction.set_rollback(True, "default")
        transaction.set_rollback(True, "keystore")


def test_what_is_put_back_is_what_was_built(db: None) -> None:
    builds = []
    original = build_world.__wrapped__

    @replayed
    def build() -> object:
        builds.append(1)
        return original()

    seen = []
    for _time in range(2):
        with undone():
            world = build()
            seen.append(({alias: rows_in(alias) for alias in ALIASES}, world))
            assert not list(findings())
            assert client_of(world, "hr").get("/arbete/").status_code == 200
    (first, one), (second, other) = seen
    assert len(builds) == 1, "the second time was built, not put back"
    assert first == second
    assert sum(len(rows) for rows in first["default"].values()) > 200
    assert one is not other


def test_where_something_is_there_already_it_is_built(db: None) -> None:
    builds = []

    @replayed
    def build() -> int:
        builds.append(1)
        if len(builds) == 1:
            put(Organisation(name="Nordviks kommun", kind="municipality"))
        return len(builds)

    with undone():
        build()
        assert build() == 2
