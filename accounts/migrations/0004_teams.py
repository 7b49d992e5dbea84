"""Teams: members of a project under one name."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import config.base.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_own_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=config.base.fields.UUIDv7(), editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("members", models.ManyToManyField(related_name="teams", to="accounts.membership")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="teams", to="accounts.project"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "name"), name="team_name_once_per_project")],
            },
        ),
    ]
