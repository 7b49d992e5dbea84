"""A month's budget for people's work; judging stands in the books as well."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("curation", "0007_rates_of_judging")]

    operations = [
        migrations.CreateModel(
            name="PeopleBudget",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.project",
                    ),
                ),
                ("monthly_usd", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("monthly_usd__gt", 0)), name="people_budget_positive")
                ],
            },
        ),
        migrations.AlterField(
            model_name="bookline",
            name="spending",
            field=models.CharField(
                choices=[
                    ("calls", "Model calls"),
                    ("evaluation", "Calls of evaluations"),
                    ("writing", "Writing by hand"),
                    ("rework", "Revising"),
                    ("audit", "Auditing"),
                    ("judging", "Judging pictures"),
                ],
                max_length=10,
            ),
        ),
    ]
