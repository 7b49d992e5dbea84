"""Nobody is paused without a reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0018_practice_of_turns")]

    operations = [
        migrations.AddConstraint(
            model_name="personturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_at__isnull", True), ("paused_why", ""))
                | (models.Q(("paused_at__isnull", False)) & ~models.Q(("paused_why", ""))),
                name="turn_paused_says_why",
            ),
        ),
    ]
