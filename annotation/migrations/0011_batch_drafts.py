"""Batches that are not started yet, and the order that puts the hardest first."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import config.base.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams"),
        ("annotation", "0010_gold_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="batch",
            name="order",
            field=models.CharField(
                choices=[("drawn", "Drawn"), ("hardest", "Hardest first"), ("given", "As given"), ("by_id", "By id")],
                default="drawn",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="BatchDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=config.base.fields.UUIDv7(), editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=160)),
                ("body", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.project"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
