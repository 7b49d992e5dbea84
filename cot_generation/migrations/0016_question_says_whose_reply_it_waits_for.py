"""A question that waits for another's call names it, so that the run's page can say why it stands still."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cot_generation", "0015_calls_by_request")]

    operations = [
        migrations.AddField(
            model_name="runquestion",
            name="waits_for",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cot_generation.call",
            ),
        ),
    ]
