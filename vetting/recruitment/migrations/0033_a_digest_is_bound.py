"""Each digest that a search finds is bound to the finalist whose it is; those that are there already are bound here."""

from django.db import migrations, models

from vetting.crypto import blind_index


def bind(apps, schema_editor):
    """As `search_index.bound` does. Raises Locked where there is something to bind and no INDEX_KEY."""
    for name, columns in (("BlindIndex", ("digest",)), ("NameIndex", ("digest", "called"))):
        rows = apps.get_model("recruitment", name).objects.using(schema_editor.connection.alias)
        part = []
        for row in rows.iterator(2000):
            digests = (getattr(row, column) for column in columns)
            said = [row.candidacy_id.hex, *(bytes(each).hex() if each else "-" for each in digests)]
            row.bound = blind_index.digest("candidacy.bound", ":".join(said))
            part.append(row)
            if len(part) == 2000:
                rows.bulk_update(part, ["bound"], batch_size=300)
                part = []
        rows.bulk_update(part, ["bound"], batch_size=300)


class Migration(migrations.Migration):

    dependencies = [("recruitment", "0032_newest_of_ones_own")]

    operations = [
        migrations.AddField("blindindex", "bound", models.BinaryField(max_length=32, null=True)),
        migrations.AddField("nameindex", "bound", models.BinaryField(max_length=32, null=True)),
        migrations.RunPython(bind, migrations.RunPython.noop, elidable=True),
    ]
