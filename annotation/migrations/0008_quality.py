"""Figures of quality, the choice of consensus, and reviews that fix, point at places and are followed up."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_log_append_only"),
        ("annotation", "0007_overall_answers"),
        ("catalog", "0004_sample_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsensusPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                (
                    "method",
                    models.CharField(choices=[("majority", "Majority"), ("dawid_skene", "Dawid–Skene")], max_length=11),
                ),
                ("settles_at", models.FloatField(default=0.95)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ModelAnswer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "sample_id", "aspect_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=8)),
                ("confidence", models.FloatField()),
                ("opinions", models.PositiveSmallIntegerField()),
                (
                    "aspect",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.aspect",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.project"
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.sample",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QualityFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=64)),
                ("part", models.CharField(max_length=80)),
                ("body", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QualitySamples",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=120)),
                (
                    "sample_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("total", models.PositiveIntegerField()),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="QualityWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("owner", models.CharField(blank=True, default="", max_length=64)),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True)),
                ("fence", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("max_attempts", models.PositiveSmallIntegerField(default=5)),
                ("next_attempt_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("failure", models.CharField(blank=True, default="", max_length=500)),
                ("done_mark", models.BigIntegerField(default=-1)),
                ("asked", models.BooleanField(default=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("took_ms", models.PositiveIntegerField(default=0)),
                ("opinions", models.PositiveIntegerField(default=0)),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.project"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="annotation",
            name="fixed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="active_ms",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="review",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="review",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotation.review",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="regions",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="review",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="consensus",
            name="source",
            field=models.CharField(
                choices=[
                    ("imported", "Imported"),
                    ("single", "Single opinion"),
                    ("majority", "Majority"),
                    ("dawid_skene", "Dawid–Skene"),
                    ("adjudicated", "Adjudicated"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="verdict",
            field=models.CharField(
                choices=[("accepted", "Accepted"), ("fixed", "Fixed"), ("sent_back", "Sent back")], max_length=9
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("verdict", "sent_back")),
                fields=["id"],
                name="review_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="consensuspolicy",
            constraint=models.UniqueConstraint(fields=("project", "version"), name="consensus_policy_once_per_version"),
        ),
        migrations.AddConstraint(
            model_name="consensuspolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("settles_at__gte", 0.5), ("settles_at__lte", 1)),
                name="consensus_policy_is_sure_enough",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualityfigures",
            constraint=models.UniqueConstraint(
                fields=("project", "scope", "part"), name="quality_figures_once_per_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitysamples",
            constraint=models.UniqueConstraint(
                fields=("project", "scope", "name"), name="quality_samples_once_per_name"
            ),
        ),
        migrations.AddIndex(
            model_name="qualitywork",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_attempt_at"], name="qualitywork_due"
            ),
        ),
        migrations.AddIndex(
            model_name="qualitywork",
            index=models.Index(
                condition=models.Q(("state", "running")), fields=["lease_expires_at"], name="qualitywork_leased"
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitywork",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "running"), _negated=True), ("lease_expires_at__isnull", False), _connector="OR"
                ),
                name="annotation_qualitywork_running_has_lease",
            ),
        ),
    ]
