"""A batch may ask for a share of right practice before anything else, and turns say how practice stands."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0016_work_by_time")]

    operations = [
        migrations.AddField(model_name="batch", name="training_floor", field=models.FloatField(blank=True, null=True)),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_floor__isnull", True))
                | models.Q(("training_count__gte", 1), ("training_floor__gt", 0), ("training_floor__lte", 1)),
                name="batch_floor_needs_practice",
            ),
        ),
        migrations.AddField(
            model_name="personturn", name="practised_here", field=models.PositiveIntegerField(db_default=0)
        ),
        migrations.AddField(
            model_name="personturn", name="practice_more", field=models.PositiveIntegerField(db_default=0)
        ),
        migrations.AddField(
            model_name="personturn",
            name="practice_below",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="personturn", name="practice_passed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="personturn",
            name="paused_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("gold", "Below the gold floor"),
                    ("practice", "Practice is below its floor, and none is left"),
                ],
                db_default="",
                max_length=8,
            ),
        ),
    ]
