"""A batch may state a budget."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0014_signal_policy")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="budget_usd",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_usd__gt", 0)),
                name="batch_budget_is_money",
            ),
        ),
    ]
