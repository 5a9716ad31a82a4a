from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_factors"),
        ("audit", "0004_what_is_disposed_of_leaves_the_history"),
        ("recruitment", "0027_lists_by_unit"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="opinion",
            name="opinion_given",
        ),
        migrations.AddIndex(
            model_name="candidacy",
            index=models.Index(
                condition=models.Q(("is_protected", True)), fields=["id"], name="candidacy_protected"
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(
                fields=["concluded_on", "requested_on", "recruitment", "candidacy"], name="opinion_by_day"
            ),
        ),
    ]
