from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models

from audit.canonical import dumps, encoder, fact
from audit.errors import NotCanonical


def test_json_is_sorted_tight_and_in_utf8() -> None:
    assert dumps({"b": 1, "a": ["å", None, True]}) == '{"a":["å",null,true],"b":1}'.encode()


@pytest.mark.parametrize("value", [float("nan"), object(), "\ud800", {1: object()}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        dumps(value)


STOCKHOLM = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        (models.UUIDField(), UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (models.DateTimeField(), datetime(2026, 5, 1, 2, 0, tzinfo=STOCKHOLM), "2026-05-01T00:00:00.000000Z"),
        (models.DateField(), date(2026, 5, 1), "2026-05-01"),
        (models.DecimalField(max_digits=6, decimal_places=2), Decimal("1.5"), "1.50"),
        (models.BinaryField(), b"\x00\xff", "AP8="),
        (models.BinaryField(), memoryview(b"\x00\xff"), "AP8="),
        (models.CharField(), "x", "x"),
        (models.BooleanField(), False, False),
        (models.PositiveSmallIntegerField(), 7, 7),
        (models.JSONField(), {"a": [1]}, {"a": [1]}),
    ],
)
def test_values_of_columns(field: models.Field, value: object, written: object) -> None:
    assert encoder(field)(value) == written


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.UUIDField(), "00000000-0000-0000-0000-000000000001"),
        (models.DateTimeField(), datetime(2026, 5, 1)),
        (models.DateTimeField(), date(2026, 5, 1)),
        (models.DateField(), datetime(2026, 5, 1, tzinfo=UTC)),
        (models.DateField(), "2026-05-01"),
        (models.DecimalField(max_digits=6, decimal_places=2), 1.5),
        (models.BinaryField(), "text"),
        (models.CharField(), 1),
        (models.BooleanField(), 1),
        (models.IntegerField(), True),
        (models.IntegerField(), models.F("count") + 1),
    ],
)
def test_a_value_of_another_type_is_refused(field: models.Field, value: object) -> None:
    with pytest.raises(NotCanonical):
        encoder(field)(value)


def test_a_float_column_cannot_be_covered() -> None:
    with pytest.raises(NotCanonical):
        encoder(models.FloatField())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        ("RK-2026-1", "RK-2026-1"),
        (3, 3),
        (UUID(int=2), "00000000-0000-0000-0000-000000000002"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00.000000Z"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_facts(value: object, written: object) -> None:
    assert fact(value) == written


@pytest.mark.parametrize(
    "value", ["x" * 121, "two\nlines", "‮reversed", 1.5, [1], {"a": 1}, b"x", datetime(2026, 1, 1)]
)
def test_what_a_fact_cannot_be(value: object) -> None:
    with pytest.raises(NotCanonical):
        fact(value)
