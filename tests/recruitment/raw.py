"""What an administrator with the database would try, and the rows tests look at."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from tests.recruitment.walk import Walk
from vetting.recruitment.models import Check


def raw_update(check: Check, **columns: Any) -> None:
    """What an administrator with the database would write; the entry is bumped so that only the rule can refuse."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        statement = "UPDATE recruitment_check SET {}, entry_id = entry_id + 1 WHERE id = %s"
        cursor.execute(
            statement.format(names),
            [*columns.values(), check.pk.hex if connection.vendor == "sqlite" else check.pk],
        )


def extract_of(walk: Walk, finalist: Any) -> Check:
    """The finalist's extract row."""
    case = walk.case()
    check = case.check_named("crim_school", case.candidacy(finalist.pk))
    assert check is not None
    return check
