"""Sample ids come from a sequence, so that an import can reserve a whole chunk of them at once."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "create sequence catalog_sample_number owned by catalog_sample.id;", "drop sequence catalog_sample_number;"
        ),
    ]
