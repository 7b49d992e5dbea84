"""A run may be told to wait for no other run's calls, and still read what those have answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cot_generation", "0018_search_texts")]

    operations = [
        migrations.AddField(
            model_name="run", name="waits_for_others", field=models.BooleanField(db_default=True, default=True)
        ),
    ]
