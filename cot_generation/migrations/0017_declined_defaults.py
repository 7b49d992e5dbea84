"""A default prompt that a project does not want is offered no more until its texts change."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cot_generation", "0016_question_says_whose_reply_it_waits_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclinedDefault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("locale", models.CharField(max_length=12)),
                ("texts_sha256", models.CharField(max_length=64)),
                ("declined_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "declined_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "name", "locale", "texts_sha256"), name="declined_default_once_per_text"
                    )
                ],
            },
        ),
    ]
