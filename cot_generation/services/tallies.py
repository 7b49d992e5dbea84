"""Folding tallies: many rows of a key become one.

Belongs here: the sweep's part. Does not: appending (triggers, in the transaction that writes), reading (selectors).
"""

from __future__ import annotations

from django.db import connection

AT_ONCE = 50_000
# Where rows are few, or hardly any could go, folding is more work than reading them.
FOLDABLE = """
select project_id from cot_generation_tally group by project_id
having count(*) > 200 + 2 * count(distinct (run_id, way, stage, aspect_id, sandbox))
"""
KEY = "project_id, run_id, way, stage, aspect_id, sandbox"
SUMMED = (
    *("calls", "tokens_in", "tokens_out", "usd", "versions", "active_ms", "latest", "passed"),
    *("hand", "hand_ms", "rework", "rework_ms", "traced", "mostly"),
)
# In one statement, so that whoever reads meanwhile sees all rows of before or all of after.
FOLD = f"""
with gone as (
  delete from cot_generation_tally where id in (
    select id from cot_generation_tally where project_id = %s order by id limit {AT_ONCE} for update skip locked)
  returning *
)
insert into cot_generation_tally ({KEY}, {", ".join(SUMMED)})
select {KEY}, {", ".join(f"sum({name})" for name in SUMMED)} from gone group by {KEY}
"""  # noqa: S608  (our own column names)


def fold() -> int:
    """Fold every project's rows that are worth it; returns how many projects."""
    with connection.cursor() as cursor:
        cursor.execute(FOLDABLE)
        projects = [row[0] for row in cursor.fetchall()]
        for project_id in projects:
            cursor.execute(FOLD, [project_id])
    return len(projects)
