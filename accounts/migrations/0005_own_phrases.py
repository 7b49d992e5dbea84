from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="phrases",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
    ]
