"""What is kept of each answerer beyond its figures, and how often people agree on the test questions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_bridge", "0003_losses"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainingrun",
            name="answerers",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="trainingrun",
            name="human_ceiling",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
