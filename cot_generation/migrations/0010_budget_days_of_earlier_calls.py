"""Calls from before there were caps count under them: their days are filled from the ledger. Repeating it is harmless."""

from django.db import migrations

FILL = """
insert into cot_generation_budgetday (project_id, day, sandbox, reserved, spent)
select r.project_id, (c.sent_at at time zone 'UTC')::date, r.sandbox,
       coalesce(sum(c.reserved) filter (where c.state = 'sent'), 0), sum(c.cost)
from cot_generation_call c join cot_generation_run r on r.id = c.run_id
group by 1, 2, 3
on conflict (project_id, sandbox, day) do update set reserved = excluded.reserved, spent = excluded.spent
"""


class Migration(migrations.Migration):
    dependencies = [("cot_generation", "0009_project_caps")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
