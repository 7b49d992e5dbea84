"""The newest visits of a question one by one, for the page of its sample."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training_bridge", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="questionstate",
            name="seen",
            field=models.JSONField(default=list),
        ),
    ]
