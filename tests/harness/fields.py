"""Fields of a migration's state are copied instead of taken apart and put together again: nearly half of its time.

Django draws some fifty models anew for most of the operations of a migration, each field by its own constructor. A
field of a state belongs to no model yet, so a copy of it is as good; what comes of it is compared, statement by
statement, in tests/house/test_migrated_schema.py (`make soak`, SOAK=schema).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from unittest import mock

from django.db.models import Field


def _copy(field: Field) -> Field:
    """With a place of its own in the order of fields, as the constructor gives it: SQLite's columns stand in that."""
    made = deepcopy(field, {})
    if made.auto_created:
        made.creation_counter, Field.auto_creation_counter = (
            Field.auto_creation_counter,
            Field.auto_creation_counter - 1,
        )
    else:
        made.creation_counter, Field.creation_counter = Field.creation_counter, Field.creation_counter + 1
    return made


@contextmanager
def copied() -> Iterator[None]:
    """As long as it lasts, a field's clone is its copy."""
    with mock.patch.object(Field, "clone", _copy):
        yield
