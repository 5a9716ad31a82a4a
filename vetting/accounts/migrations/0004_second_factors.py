"""An account says which second factors it holds; none does yet, and its fingerprint stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_subject_binding")]
    operations = [
        migrations.AddField("account", "factors", models.BinaryField(default=b"", editable=False)),
    ]
