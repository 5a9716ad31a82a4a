from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_second_factors'),
        ('audit', '0004_what_is_disposed_of_leaves_the_history'),
        ('organisation', '0007_settings_taken_back'),
        ('recruitment', '0028_years_by_index'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='decision',
            name='decision_by_day',
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['decided_on', 'candidacy', 'recruitment', 'maker'], name='decision_of_day'),
        ),
    ]
