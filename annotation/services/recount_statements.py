"""The SQL that votes again over many samples at once.

Belongs here: statement texts. Each says in SQL what votes.py says in Python; a test compares them on many opinions.
Does not: when they run (recounting.py).

A row whose answer stays only gets the new rule's version: its revision and its time are those of the answer.
"""

# ruff: noqa: E501  (statements read better unwrapped)

# Samples with their slots, aspects that are still asked, severities that are at or above the threshold.
_TERMS = """
with s as materialized (
    select x.id, y.slot from catalog_sample x, jsonb_object_keys(x.sources -> 'candidates') as y(slot)
    where x.id = any(%(ids)s)),
aspect as materialized (select id, key from catalog_aspect where project_id = %(p)s and retired_at is null),
rank(severity, is_defect) as (values ('none', false), ('minor', %(threshold)s = 'minor'), ('major', true)),
"""

# Answers by vote: the counted opinions, one severity a cell, a vote a severity. An answer by vote that no opinion is left
# for goes.
_VOTES = """
opinion as materialized (
    select distinct on (x.assignment_id) x.id, x.sample_id, x.cells from annotation_annotation x
    join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
    where x.sample_id = any(%(ids)s) and x.origin = 'opinion' and x.counts
    order by x.assignment_id, x.revision desc),
heard as materialized (
    select o.sample_id, e.id as aspect_id, e.key, o.cells from opinion o, aspect e
    where exists (select 1 from jsonb_each(o.cells) as c(slot, said) where c.said ? e.key)),
cell as (
    select h.sample_id, h.aspect_id, s.slot, count(*) as n,
        count(*) filter (where r.is_defect) as defects, count(*) filter (where not r.is_defect) as cleans
    from heard h join s on s.id = h.sample_id
    left join rank r on r.severity = h.cells -> s.slot ->> h.key
    group by h.sample_id, h.aspect_id, s.slot),
judged as (
    select *, n - defects - cleans as silent,
        case when n = 2 then not (defects = 2 or cleans = 2 or n - defects - cleans = 2)
            else defects = cleans and defects > 0 end as is_tied
    from cell),
question as (
    select sample_id, aspect_id, max(n) as opinions,
        coalesce(string_agg(slot, '' order by slot) filter (where is_tied), '') as tied,
        coalesce(string_agg(slot, '' order by slot) filter (where silent = n), '') as unsure,
        coalesce(string_agg(slot, '' order by slot) filter (where defects > cleans), '') as flagged,
        min((greatest(defects, cleans) + 1)::float / (defects + cleans + 2)) as confidence,
        sum(defects * (defects - 1) + cleans * (cleans - 1) + silent * (silent - 1))::float / nullif(sum(n * (n - 1)), 0)
            as agreement
    from judged group by sample_id, aspect_id),
outcome as (
    select sample_id, aspect_id, opinions, tied, unsure, agreement,
        case when tied = '' and unsure = '' then flagged end as answer,
        case when tied = '' and unsure = '' then confidence end as confidence,
        case when opinions = 1 then 'single' else 'majority' end as source
    from question),
written as (
    insert into annotation_consensus as c (sample_id, aspect_id, project_id, answer, tied, unsure, disputed, source,
        confidence, agreement, opinions, rule_version, revision)
    select sample_id, aspect_id, %(p)s, answer, tied, unsure, tied <> '', source, confidence, agreement, opinions,
        %(rule)s, 1
    from outcome
    on conflict (sample_id, aspect_id) do update
    set answer = excluded.answer, tied = excluded.tied, unsure = excluded.unsure, disputed = excluded.disputed,
        source = excluded.source, confidence = excluded.confidence, agreement = excluded.agreement,
        opinions = excluded.opinions, rule_version = excluded.rule_version,
        revision = c.revision + ((c.answer, c.tied, c.unsure, c.source) is distinct from
            (excluded.answer, excluded.tied, excluded.unsure, excluded.source))::int,
        changed_at = case when (c.answer, c.tied, c.unsure, c.source) is distinct from
            (excluded.answer, excluded.tied, excluded.unsure, excluded.source) then now() else c.changed_at end
    where c.source in ('imported', 'single', 'majority', 'dawid_skene')
    returning old.revision as before, new.revision as after),
silent as (
    delete from annotation_consensus c using aspect e
    where c.sample_id = any(%(ids)s) and c.aspect_id = e.id and c.source in ('single', 'majority', 'dawid_skene')
        and not exists (select 1 from outcome o where o.sample_id = c.sample_id and o.aspect_id = c.aspect_id)
    returning c.sample_id)
select (select count(*) from written where before is distinct from after) + (select count(*) from silent)
"""

# An adjudicated answer follows the newest ruling's own cells.
_RULINGS = """
ruling as materialized (
    select distinct on (x.sample_id, e.id) x.sample_id, e.id as aspect_id, e.key, x.cells
    from annotation_annotation x, aspect e
    where x.sample_id = any(%(ids)s) and x.origin = 'ruling'
        and exists (select 1 from jsonb_each(x.cells) as c(slot, said) where c.said ? e.key)
    order by x.sample_id, e.id, x.id desc),
outcome as (
    select g.sample_id, g.aspect_id,
        coalesce(string_agg(s.slot, '' order by s.slot) filter (where r.is_defect is null), '') as unsure,
        coalesce(string_agg(s.slot, '' order by s.slot) filter (where r.is_defect), '') as flagged
    from ruling g join s on s.id = g.sample_id
    left join rank r on r.severity = g.cells -> s.slot ->> g.key
    group by g.sample_id, g.aspect_id),
written as (
    update annotation_consensus c
    set answer = case when o.unsure = '' then o.flagged end, unsure = o.unsure, rule_version = %(rule)s,
        revision = c.revision + (c.answer is distinct from case when o.unsure = '' then o.flagged end)::int,
        changed_at = case when c.answer is distinct from case when o.unsure = '' then o.flagged end
            then now() else c.changed_at end
    from outcome o
    where c.sample_id = o.sample_id and c.aspect_id = o.aspect_id and c.source = 'adjudicated'
    returning old.revision as before, new.revision as after)
select count(*) filter (where before is distinct from after) from written
"""

# An imported answer follows the cells that came with it if it did so under the rule it was stored by; one that was
# given as slots, or that differs from its cells, stays as it was given.
_IMPORTED = """
said as materialized (
    select distinct on (x.sample_id) x.sample_id, x.cells from annotation_annotation x
    where x.sample_id = any(%(ids)s) and x.origin = 'imported' and x.imported_from = '' and x.cells <> '{}'
    order by x.sample_id, x.id desc),
outcome as (
    select c.sample_id, c.aspect_id,
        bool_and(r.is_defect is not null) as whole,
        coalesce(string_agg(s.slot, '' order by s.slot) filter (
            where r.is_defect is not null and (r.severity = 'major' or (r.severity = 'minor' and a.threshold = 'minor'))), '') as before,
        coalesce(string_agg(s.slot, '' order by s.slot) filter (where r.is_defect), '') as after
    from annotation_consensus c
    join aspect e on e.id = c.aspect_id
    join catalog_answerrule a on a.project_id = %(p)s and a.version = c.rule_version
    join said x on x.sample_id = c.sample_id
    join s on s.id = c.sample_id
    left join rank r on r.severity = x.cells -> s.slot ->> e.key
    where c.sample_id = any(%(ids)s) and c.source = 'imported'
    group by c.sample_id, c.aspect_id),
written as (
    update annotation_consensus c
    set answer = case when o.whole and o.before = c.answer then o.after else c.answer end, rule_version = %(rule)s,
        revision = c.revision + (o.whole and o.before = c.answer and o.after <> c.answer)::int,
        changed_at = case when o.whole and o.before = c.answer and o.after <> c.answer then now() else c.changed_at end
    from annotation_consensus k join aspect on aspect.id = k.aspect_id
    left join outcome o on o.sample_id = k.sample_id and o.aspect_id = k.aspect_id
    where k.sample_id = any(%(ids)s) and k.source = 'imported'
        and c.sample_id = k.sample_id and c.aspect_id = k.aspect_id
    returning old.revision as before, new.revision as after)
select count(*) filter (where before is distinct from after) from written
"""

VOTES, RULINGS, IMPORTED = _TERMS + _VOTES, _TERMS + _RULINGS, _TERMS + _IMPORTED

# Ranges of about as many samples each, in order of arrival.
RANGES = """
select min(id), max(id), count(*) from (
    select id, (row_number() over (order by id) - 1) / %(size)s as part from catalog_sample where project_id = %(p)s) x
group by part order by part
"""

# Samples that something on its way wrote under an older rule after their range was done.
STALE = """
select distinct c.sample_id from annotation_consensus c join catalog_aspect e on e.id = c.aspect_id and e.retired_at is null
where c.project_id = %(p)s and c.rule_version < %(rule)s and c.source in ('imported', 'single', 'majority', 'dawid_skene', 'adjudicated')
order by 1
"""

# Pieces that ask about nothing any more leave their batches; whoever holds one gives it back by the lease.
NOTHING_LEFT_TO_ASK = """
with gone as materialized (
    select q.id from annotation_piece q join annotation_batch b on b.id = q.batch_id
    where b.project_id = %(p)s and b.state <> 'closed' and q.aspects <> '{}' and not q.is_out
        and not exists (select 1 from catalog_aspect e where e.id = any(q.aspects) and e.retired_at is null)
    order by q.id for update of q),
p as (
    update annotation_piece q set is_out = true, wanted = q.accepted + q.held from gone where q.id = gone.id
    returning q.batch_id, old.wanted - new.wanted as closed)
update annotation_batch z set opened_seq = z.opened_seq + 1, place_count = z.place_count - x.closed
from (select batch_id, sum(closed)::int as closed from p group by batch_id) x where z.id = x.batch_id
"""
