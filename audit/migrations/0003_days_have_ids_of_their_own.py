"""A sequence for the entries of trees that tell days, on PostgreSQL; on SQLite the next id follows from the range."""

from typing import Any

from django.db import migrations

FIRST, LAST = 1 << 31, (1 << 32) - 1


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE SEQUENCE audit_entry_days_seq AS bigint MINVALUE {FIRST} MAXVALUE {LAST} START {FIRST}"
            # Of another column than the id, which has a sequence already that is found by the column.
            " OWNED BY audit_entry.position"
        )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE audit_entry_days_seq")


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0002_checkpoint"),
    ]

    operations = [
        migrations.RunPython(make, remove),
    ]
