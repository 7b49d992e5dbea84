"""The texts of rationales for search: kept by a trigger, once a statement, and begun with what there is.

No text is ever edited, so nothing follows changes. Filling stands in the same transaction, so that nothing is written
between the two.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
create function cot_generation_search_text(sentences jsonb) returns text language sql immutable strict parallel safe
return (
  select translate(lower(string_agg(each ->> 'text', ' ' order by place)), '{}', '')
  from jsonb_array_elements(sentences) with ordinality as x (each, place)
);

create function cot_generation_keep_search_texts() returns trigger language plpgsql as $$
begin
  insert into cot_generation_searchtext (rationale_id, project_id, text)
  select id, project_id, coalesce(cot_generation_search_text(sentences), '') from added;
  return null;
end $$;

create trigger rationale_searchable after insert on cot_generation_rationale referencing new table as added
for each statement execute function cot_generation_keep_search_texts()
"""
FILL = """
insert into cot_generation_searchtext (rationale_id, project_id, text)
select id, project_id, coalesce(cot_generation_search_text(sentences), '') from cot_generation_rationale
"""
BACK = """
drop trigger rationale_searchable on cot_generation_rationale;
drop function cot_generation_keep_search_texts();
drop function cot_generation_search_text(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("cot_generation", "0017_declined_defaults")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "rationale",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="cot_generation.rationale",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "project",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.project",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["project", "rationale"], name="search_text_by_project")]},
        ),
        migrations.RunSQL(f"{FORWARD};{FILL}", BACK),
    ]
