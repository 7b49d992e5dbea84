"""One index finds a request among calls that were answered and among those on their way."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cot_generation", "0014_judge_measurements")]

    operations = [
        AddIndexConcurrently(
            model_name="call",
            index=models.Index(
                fields=["request_key"],
                name="call_of_request",
                condition=models.Q(("outcome__in", ["", "answered"])),
            ),
        ),
        RemoveIndexConcurrently(model_name="call", name="call_answered"),
    ]
