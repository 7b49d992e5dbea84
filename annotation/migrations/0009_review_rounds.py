"""Number the reviews there are: which was the first of its turn."""

from django.db import migrations

NUMBER = """
update annotation_review r set round = n.round
from (
    select r.id, row_number() over (partition by x.assignment_id order by r.id) as round
    from annotation_review r join annotation_annotation x on x.id = r.annotation_id) n
where n.id = r.id and n.round <> r.round
"""


class Migration(migrations.Migration):
    dependencies = [("annotation", "0008_quality")]

    operations = [migrations.RunSQL(NUMBER, migrations.RunSQL.noop)]
