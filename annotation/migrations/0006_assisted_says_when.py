"""`assisted` becomes `assist`, which says when imported verdicts are shown; what was assisted showed them at once."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotation", "0005_gold_and_terms")]

    operations = [
        migrations.RunSQL(
            "update annotation_batch set assist = 'from_start' where assisted",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(model_name="batch", name="assisted"),
    ]
