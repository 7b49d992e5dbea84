"""Practice that was judged so far is no progress of its batch; whoever is paused is so by hidden gold."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PRACTISED = """
update annotation_personturn t set practised_here = x.count
from (
    select batch_id, annotator_id, count(*) from annotation_assignment
    where purpose = 'training' and state = 'submitted' group by batch_id, annotator_id) x
where x.batch_id = t.batch_id and x.annotator_id = t.annotator_id
"""
PAUSED = "update annotation_personturn set paused_why = 'gold' where paused_at is not null and paused_why = ''"


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Counted anew, so twice is harmless."""
    for statement in (PRACTISED, PAUSED):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("annotation", "0017_practice_floor")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
