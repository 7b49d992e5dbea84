"""Tallies follow rationales, readings and calls by triggers, and begin with what there is.

A trigger runs once a statement. Filling stands in the same transaction, so that nothing is written between the two.
Nothing deletes a rationale, a reading or a settled call, so that no trigger is needed for that.
"""

from django.db import migrations

# What a rationale adds, whatever became of it later; `r` names its row. Half or more is mostly: purity.MOSTLY.
OF_ROW = """
  r.active_ms as active_ms,
  (r.origin = 'person' and r.revises_id is null)::int as hand,
  case when r.origin = 'person' and r.revises_id is null then r.active_ms else 0 end as hand_ms,
  (r.origin = 'person' and r.revises_id is not null)::int as rework,
  case when r.origin = 'person' and r.revises_id is not null then r.active_ms else 0 end as rework_ms,
  (r.pasted_share is not null and r.revises_id is null)::int as traced,
  (r.pasted_share >= 0.5 and r.revises_id is null)::int as mostly
"""
ADDED = "sum(active_ms), sum(hand), sum(hand_ms), sum(rework), sum(rework_ms), sum(traced), coalesce(sum(mostly), 0)"
COLUMNS = """project_id, run_id, way, stage, aspect_id, sandbox, versions, latest, passed,
  active_ms, hand, hand_ms, rework, rework_ms, traced, mostly"""
# Under which run each of the rows `leaf` falls: that of its first version.
ROOTS = """
  recursive up as (
    select id as leaf, revises_id, run_question_id from {rows}
    union all
    select up.leaf, r.revises_id, r.run_question_id
    from up join cot_generation_rationale r on r.id = up.revises_id
  ), root as (
    select up.leaf, q.run_id from up left join cot_generation_runquestion q on q.id = up.run_question_id
    where up.revises_id is null
  )
"""
READ = "(select r.* from cot_generation_rationale r where r.id in (select rationale_id from added)) texts"
CALLS = """project_id, run_id, way, stage, aspect_id, sandbox, calls, tokens_in, tokens_out, usd"""

FORWARD = f"""
create function cot_generation_tally_rationales() returns trigger language plpgsql as $$
begin
  -- What is revised now must not pass or fail a check at the same moment, unseen.
  perform 1 from cot_generation_rationale r
  where r.id in (select revises_id from added where revises_id is not null) order by r.id for update;
  insert into cot_generation_tally ({COLUMNS})
  with {ROOTS.format(rows="added")}
  select project_id, run_id, way, stage, aspect_id, sandbox, count(*), count(*), count(*) filter (where passed), {ADDED}
  from (select r.project_id, root.run_id, r.way, r.stage, r.aspect_id, r.sandbox, r.passed, {OF_ROW}
        from added r join root on root.leaf = r.id) x
  group by 1, 2, 3, 4, 5, 6
  union all
  select r.project_id, root.run_id, r.way, r.stage, r.aspect_id, r.sandbox,
         0, -count(*), -count(*) filter (where r.passed), 0, 0, 0, 0, 0, 0, 0
  from added a join cot_generation_rationale r on r.id = a.revises_id join root on root.leaf = a.id
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create function cot_generation_tally_changes() returns trigger language plpgsql as $$
begin
  insert into cot_generation_tally ({COLUMNS})
  with {ROOTS.format(rows="after")}, o as (select r.id, r.passed, {OF_ROW} from before r),
  n as (select r.project_id, root.run_id, r.way, r.stage, r.aspect_id, r.sandbox, r.id, r.passed, {OF_ROW}
        from after r join root on root.leaf = r.id)
  select n.project_id, n.run_id, n.way, n.stage, n.aspect_id, n.sandbox, 0, 0,
         coalesce(sum(n.passed::int - o.passed::int) filter (
           where not exists (select from cot_generation_rationale later where later.revises_id = n.id)), 0),
         sum(n.active_ms - o.active_ms), sum(n.hand - o.hand), sum(n.hand_ms - o.hand_ms), sum(n.rework - o.rework),
         sum(n.rework_ms - o.rework_ms), sum(n.traced - o.traced), sum(coalesce(n.mostly, 0) - coalesce(o.mostly, 0))
  from n join o on o.id = n.id
  where (n.passed, n.active_ms, n.traced, coalesce(n.mostly, 0))
    is distinct from (o.passed, o.active_ms, o.traced, coalesce(o.mostly, 0))
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create function cot_generation_tally_readings() returns trigger language plpgsql as $$
begin
  insert into cot_generation_tally (project_id, run_id, way, stage, aspect_id, sandbox, rework, rework_ms)
  with {ROOTS.format(rows=READ)}
  select r.project_id, root.run_id, r.way, r.stage, r.aspect_id, r.sandbox, count(*), sum(a.active_ms)
  from added a join cot_generation_rationale r on r.id = a.rationale_id join root on root.leaf = r.id
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create function cot_generation_tally_settled() returns trigger language plpgsql as $$
begin
  insert into cot_generation_tally ({CALLS})
  select r.project_id, r.id, r.way, r.stage, q.aspect_id, r.sandbox,
         count(*), coalesce(sum(a.prompt_tokens), 0), coalesce(sum(a.completion_tokens), 0), sum(a.cost)
  from added a join cot_generation_run r on r.id = a.run_id join cot_generation_runquestion q on q.id = a.question_id
  where a.settled_at is not null
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create function cot_generation_tally_settling() returns trigger language plpgsql as $$
begin
  insert into cot_generation_tally ({CALLS})
  select r.project_id, r.id, r.way, r.stage, q.aspect_id, r.sandbox,
         sum((n.settled_at is not null)::int - (o.settled_at is not null)::int),
         sum(coalesce(n.prompt_tokens, 0) - coalesce(o.prompt_tokens, 0)),
         sum(coalesce(n.completion_tokens, 0) - coalesce(o.completion_tokens, 0)), sum(n.cost - o.cost)
  from after n join before o on o.id = n.id
  join cot_generation_run r on r.id = n.run_id join cot_generation_runquestion q on q.id = n.question_id
  where (n.settled_at is null, n.prompt_tokens, n.completion_tokens, n.cost)
    is distinct from (o.settled_at is null, o.prompt_tokens, o.completion_tokens, o.cost)
  group by 1, 2, 3, 4, 5, 6;
  return null;
end $$;

create trigger rationale_tallied after insert on cot_generation_rationale referencing new table as added
for each statement execute function cot_generation_tally_rationales();
create trigger rationale_changed after update on cot_generation_rationale
referencing old table as before new table as after
for each statement execute function cot_generation_tally_changes();
create trigger reading_tallied after insert on cot_generation_reading referencing new table as added
for each statement execute function cot_generation_tally_readings();
create trigger call_tallied after insert on cot_generation_call referencing new table as added
for each statement execute function cot_generation_tally_settled();
create trigger call_settled after update on cot_generation_call
referencing old table as before new table as after
for each statement execute function cot_generation_tally_settling();
"""  # noqa: S608  (our own words)
FILL = f"""
insert into cot_generation_tally ({COLUMNS})
with {ROOTS.format(rows="cot_generation_rationale")}
select project_id, run_id, way, stage, aspect_id, sandbox, count(*), count(*) filter (where latest),
       count(*) filter (where latest and passed), {ADDED}
from (select r.project_id, root.run_id, r.way, r.stage, r.aspect_id, r.sandbox, r.passed,
             not exists (select from cot_generation_rationale later where later.revises_id = r.id) as latest, {OF_ROW}
      from cot_generation_rationale r join root on root.leaf = r.id) x
group by 1, 2, 3, 4, 5, 6;
insert into cot_generation_tally (project_id, run_id, way, stage, aspect_id, sandbox, rework, rework_ms)
with {ROOTS.format(rows="cot_generation_rationale")}
select r.project_id, root.run_id, r.way, r.stage, r.aspect_id, r.sandbox, count(*), sum(g.active_ms)
from cot_generation_reading g join cot_generation_rationale r on r.id = g.rationale_id join root on root.leaf = r.id
group by 1, 2, 3, 4, 5, 6;
insert into cot_generation_tally ({CALLS})
select r.project_id, r.id, r.way, r.stage, q.aspect_id, r.sandbox, count(*), coalesce(sum(c.prompt_tokens), 0),
       coalesce(sum(c.completion_tokens), 0), sum(c.cost)
from cot_generation_call c join cot_generation_run r on r.id = c.run_id
join cot_generation_runquestion q on q.id = c.question_id
where c.settled_at is not null
group by 1, 2, 3, 4, 5, 6;
"""  # noqa: S608  (our own words)
BACKWARD = """
drop trigger rationale_tallied on cot_generation_rationale;
drop trigger rationale_changed on cot_generation_rationale;
drop trigger reading_tallied on cot_generation_reading;
drop trigger call_tallied on cot_generation_call;
drop trigger call_settled on cot_generation_call;
drop function cot_generation_tally_rationales();
drop function cot_generation_tally_changes();
drop function cot_generation_tally_readings();
drop function cot_generation_tally_settled();
drop function cot_generation_tally_settling();
"""


class Migration(migrations.Migration):
    dependencies = [("cot_generation", "0012_tallies")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL("truncate cot_generation_tally;" + FILL, "truncate cot_generation_tally"),
    ]
