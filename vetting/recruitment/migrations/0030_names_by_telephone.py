"""What a finalist is called, as a keyed digest; only whoever is entered or renamed from now on is found by it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("recruitment", "0029_decisions_by_index")]

    operations = [
        migrations.AddField("nameindex", "called", models.BinaryField(max_length=32, null=True)),
        migrations.AlterField("nameindex", "digest", models.BinaryField(max_length=32, null=True)),
        migrations.AddIndex("nameindex", models.Index(fields=["called"], name="name_index_called")),
    ]
