"""Gold with its results, what a batch asks for beyond its number of opinions, and pauses."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import config.base.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_log_append_only"),
        ("annotation", "0004_imported_from"),
        ("catalog", "0004_sample_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=config.base.fields.UUIDv7(), editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("opinion", "Opinion"), ("gold", "Gold"), ("training", "Training")],
                        default="gold",
                        max_length=8,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("adjudicated", "Adjudicated answer"),
                            ("consensus", "Consensus answer"),
                            ("imported", "Imported answer"),
                            ("by_hand", "Given by a lead"),
                        ],
                        max_length=11,
                    ),
                ),
                ("expected", models.JSONField()),
                ("tolerance", models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, default="", max_length=2000)),
                ("judged_count", models.PositiveIntegerField(default=0)),
                ("most_judged", models.PositiveIntegerField(default=40)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "retired_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_lead", "Retired by a lead"),
                            ("wrong", "Its expected answer was wrong"),
                            ("worn", "Judged by as many as it may be"),
                            ("leaked", "Its answers became identical and fast"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoldResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("opinion", "Opinion"), ("gold", "Gold"), ("training", "Training")], max_length=8
                    ),
                ),
                ("slot", models.CharField(max_length=1)),
                ("expected", models.CharField(max_length=6)),
                ("said", models.CharField(max_length=6)),
                ("is_right", models.BooleanField(null=True)),
                ("is_void", models.BooleanField(db_default=False)),
                ("judged_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="batch",
            name="after_due",
            field=models.CharField(
                choices=[("go_on", "Goes on, marked late"), ("pause", "Hands out nothing more")],
                default="go_on",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="agreement_floor",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="assist",
            field=models.CharField(
                choices=[
                    ("blind", "Blind"),
                    ("after_commit", "Shown after the submit"),
                    ("from_start", "Shown from the start"),
                ],
                default="blind",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="day_cap",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="extra_share",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="batch",
            name="extra_wanted",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="batch",
            name="gold_floor",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="gold_share",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="batch",
            name="gold_window",
            field=models.PositiveSmallIntegerField(default=10),
        ),
        migrations.AddField(
            model_name="batch",
            name="shuffled",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="batch",
            name="training_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="personturn",
            name="day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="personturn",
            name="day_count",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="personturn",
            name="gold_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="personturn",
            name="paused_aspect",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.aspect",
            ),
        ),
        migrations.AddField(
            model_name="personturn",
            name="paused_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="personturn",
            name="practised",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="personturn",
            name="uncounted",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="piece",
            name="extra",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("extra_share__range", (0, 1)), ("gold_share__range", (0, 0.5))),
                name="batch_shares_are_shares",
            ),
        ),
        migrations.AddField(
            model_name="gold",
            name="created_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="gold",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.project"
            ),
        ),
        migrations.AddField(
            model_name="gold",
            name="sample",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.sample"),
        ),
        migrations.AddField(
            model_name="piece",
            name="gold",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotation.gold",
            ),
        ),
        migrations.AddIndex(
            model_name="piece",
            index=models.Index(
                condition=models.Q(("gold__isnull", False)), fields=["batch", "gold"], name="piece_gold"
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gold__isnull", True),
                    models.Q(("accepted", 0), ("held", 0), ("surplus", 0), ("wanted", 0)),
                    _connector="OR",
                ),
                name="piece_gold_has_no_place",
            ),
        ),
        migrations.AddField(
            model_name="goldresult",
            name="annotator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="goldresult",
            name="aspect",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.aspect"
            ),
        ),
        migrations.AddField(
            model_name="goldresult",
            name="assignment",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotation.assignment",
            ),
        ),
        migrations.AddField(
            model_name="goldresult",
            name="batch",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotation.batch"
            ),
        ),
        migrations.AddField(
            model_name="goldresult",
            name="gold",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotation.gold"
            ),
        ),
        migrations.AddConstraint(
            model_name="gold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)), fields=("sample",), name="gold_once_per_sample"
            ),
        ),
        migrations.AddConstraint(
            model_name="gold",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", "opinion"), _negated=True), name="gold_is_no_opinion"
            ),
        ),
        migrations.AddConstraint(
            model_name="gold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_at__isnull", True), ("retired_why", "")),
                    models.Q(("retired_at__isnull", False), models.Q(("retired_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="gold_retired_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="goldresult",
            index=models.Index(fields=["batch", "annotator", "-id"], name="gold_result_window"),
        ),
        migrations.AddConstraint(
            model_name="goldresult",
            constraint=models.UniqueConstraint(
                fields=("assignment", "aspect", "slot"), name="gold_result_once_per_cell"
            ),
        ),
    ]
