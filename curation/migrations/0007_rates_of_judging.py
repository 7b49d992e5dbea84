"""Judging pictures has a rate as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("curation", "0006_workflow_trials")]

    operations = [
        migrations.AlterField(
            model_name="ratecard",
            name="work",
            field=models.CharField(
                choices=[
                    ("writing", "Writing by hand"),
                    ("rework", "Revising"),
                    ("audit", "Auditing"),
                    ("judging", "Judging pictures"),
                ],
                max_length=8,
            ),
        ),
    ]
