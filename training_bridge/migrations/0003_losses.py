"""How unlikely the trained model finds the release's answer to a question, and its place among all that were measured."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("training_bridge", "0002_visits"),
    ]

    operations = [
        migrations.AddField(
            model_name="questionstate",
            name="loss",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="questionstate",
            name="loss_rank",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="questionstate",
            constraint=models.CheckConstraint(
                condition=Q(loss__isnull=True, loss_rank__isnull=True)
                | Q(loss__isnull=False, loss_rank__isnull=False, loss_rank__gte=1),
                name="question_state_loss_has_rank",
            ),
        ),
        migrations.AddIndex(
            model_name="questionstate",
            index=models.Index(
                condition=Q(loss_rank__isnull=False), fields=["run", "loss_rank"], name="question_state_by_loss"
            ),
        ),
    ]
