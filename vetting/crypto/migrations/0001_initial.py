import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CaseKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kek_id', models.CharField(max_length=40)),
                ('wrapped', models.BinaryField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['kek_id', 'id'], name='crypto_casekey_kek'), models.Index(fields=['created_at', 'id'], name='crypto_casekey_created')],
            },
        ),
    ]
