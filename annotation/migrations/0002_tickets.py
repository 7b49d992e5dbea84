"""The sequence of places that come open again, and room on pages for rows that change all day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "create sequence if not exists annotation_ticket as bigint",
            "drop sequence if exists annotation_ticket",
        ),
        migrations.RunSQL(
            [
                "alter table annotation_piece set (fillfactor = 80)",
                "alter table annotation_personturn set (fillfactor = 50)",
                "alter table annotation_assignment set (fillfactor = 80)",
                "alter table annotation_draft set (fillfactor = 50)",
                "alter table annotation_consensus set (fillfactor = 70)",
            ],
            migrations.RunSQL.noop,
        ),
    ]
