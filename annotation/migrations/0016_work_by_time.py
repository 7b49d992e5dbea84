"""A day's opinions and reviews are found by a few bytes a page range: the books ask for them."""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("annotation", "0015_batch_budgets")]

    operations = [
        AddIndexConcurrently(
            model_name="annotation",
            index=BrinIndex(fields=["submitted_at"], name="annotation_by_time", autosummarize=True),
        ),
        AddIndexConcurrently(
            model_name="review",
            index=BrinIndex(fields=["reviewed_at"], name="review_by_time", autosummarize=True),
        ),
    ]
