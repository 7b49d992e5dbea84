"""The SQL of claim, submit and release, as measured at 128,000 pieces.

Belongs here: statement texts only, with the traps each avoids.
Does not: what happens between them (hot.py, leases.py).

Locks are always taken in the order person_turn, assignment, piece, batch, so that no two of these can deadlock.
Times are the database's: every machine's clock but that one may be wrong.
"""

# ruff: noqa: E501  (statements read better unwrapped)

from annotation.querying import Prepared

# Cursors are hints: a place that opens again never lies behind one, because RELEASE moves it to lane 0 under a fresh
# ticket. `offset 0` is essential: without it PostgreSQL hashes all of the person's assignments for each claim.
# A gold piece has no place and lies in no lane: one in every `gold_every` turns is gold, at a rank drawn within each run of
# so many turns, so that nobody can count to it. `claimed` moves past that rank even where fewer ordinary pieces were left
# than asked for, else the same rank would give gold again.
# `practice` reads how much was practised from the statement's snapshot, as `mine` is: `me` is locked and may be newer, and
# a piece that was handed in between would then count as held and as practised.
# Under a floor (`training_floor`) the gate stays shut until practice is passed: neither hidden gold nor a place is given.
# `earlier` counts the practice of rounds that lay below it, so that each round begins at nothing.
# `taken` follows `turn`, not `pick`: a piece whose assignment was not written (two tabs at once) keeps its counters.
_UNSEEN = """
    from annotation_piece p join annotation_gold g on g.id = p.gold_id
    where p.batch_id = %(b)s and p.gold_id is not null and not p.is_out and g.purpose = 'training' and g.retired_at is null
        and not exists (select 1 from annotation_piece q join annotation_assignment a on a.piece_id = q.id
            where q.sample_id = p.sample_id and a.annotator_id = %(u)s and a.state not in ('expired', 'returned') offset 0)
"""
_CLAIM = (
    """
with b as materialized (
    select id, state, kind, person_cap, day_cap, opened_seq, place_count, training_count, training_floor, shuffled, assist, gold_share,
        case when gold_share > 0 then greatest(2, round(1 / gold_share))::bigint end as gold_every,
        due_at, due_at <= now() and after_due = 'pause' as overdue,
        kind = any(%(kinds)s) as fits, kind = any(%(referees)s) as independent, (people = '{}' or %(u)s = any(people)) as invited
    from annotation_batch where id = %(b)s and project_id = %(p)s),
me as materialized (
    select t.*, b.independent from annotation_personturn t, b
    where t.batch_id = b.id and t.annotator_id = %(u)s and b.state = 'open' and b.fits and b.invited
        and b.overdue is not true and t.paused_at is null for update of t),
mine as materialized (
    select a.id, a.fence, a.state, a.lease_expires_at, a.letters, a.piece_id, a.active_ms, a.reason, a.purpose,
        row_number() over (order by (a.state = 'reserved') desc, a.id) as turn_number
    from annotation_assignment a, me
    where a.batch_id = me.batch_id and a.annotator_id = me.annotator_id and a.state in ('leased', 'reserved')),
revived as (
    update annotation_assignment a
    set state = 'leased', lease = 'peek', lease_expires_at = now() + %(lease)s, fence = a.fence + 1, leased_at = now()
    from mine where a.id = mine.id and mine.turn_number <= %(n)s and a.state in ('leased', 'reserved')
        and (a.state = 'reserved' or a.lease_expires_at <= now())
    returning a.id, a.fence, a.lease_expires_at, a.letters, a.piece_id, a.active_ms, a.reason, a.purpose),
room as materialized (
    select coalesce(b.person_cap - me.submitted, %(n)s) as batch,
        coalesce(b.day_cap - case when me.day = current_date then me.day_count else 0 end, %(n)s) as day from me, b),
need as materialized (
    select case when me.nothing_at = b.opened_seq then 0
        else greatest(0, least(%(n)s, room.batch, room.day) - (select count(*) from mine)) end as places
    from me, b, room),
gate as materialized (
    select b.training_floor is null or me.practice_passed_at is not null as is_open,
        case when b.training_floor is null or me.practice_passed_at is not null then 0 else me.practice_more end as earlier,
        (select count(*) from mine where purpose = 'training') as held,
        (select practised from annotation_personturn where batch_id = me.batch_id and annotator_id = me.annotator_id) as practised
    from b, me),
unseen as materialized (
    select p.* from b cross join gate cross join lateral (
        select p.id, p.sample_id, p.lane, p.position, 'training' as purpose"""  # noqa: S608  (both parts stand here)
    + _UNSEEN
    + """
        order by p.position limit greatest(0, b.training_count + gate.earlier - gate.held - gate.practised)) p),
practice as materialized (select * from unseen order by position limit (select places from need)),
due as materialized (
    select count(*) as places, max(turn.number) as rank from b, me, need, gate, generate_series(
        me.claimed + 1, me.claimed + (need.places - (select count(*) from practice)) * gate.is_open::int) as turn(number)
    where (turn.number - 1) %% b.gold_every
        = abs(hashtext(%(salt)s || (turn.number - 1) / b.gold_every)::bigint) %% b.gold_every),
hidden as materialized (
    select p.* from due cross join lateral (
        select p.id, p.sample_id, p.lane, p.position, 'gold' as purpose
        from annotation_piece p join annotation_gold g on g.id = p.gold_id
        where p.batch_id = %(b)s and p.gold_id is not null and not p.is_out and g.purpose = 'gold' and g.retired_at is null
            and not exists (select 1 from annotation_assignment a where a.piece_id = p.id and a.annotator_id = %(u)s
                and a.state not in ('expired', 'returned') offset 0)
            and not exists (select 1 from annotation_annotation x
                where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.counts offset 0)
        order by (select count(*) from annotation_piece q join annotation_assignment a on a.piece_id = q.id
            where q.sample_id = p.sample_id and a.annotator_id = %(u)s), g.judged_count, md5(%(salt)s || p.id)
        limit due.places) p),
known as materialized (select * from practice union all select * from hidden),
again as materialized (
    select p.* from me cross join need cross join gate cross join lateral (
        select id, sample_id, lane, position from annotation_piece p
        where p.batch_id = %(b)s and p.lane = 0 and p.wanted > p.held + p.accepted and p.position > me.again_cursor
            and not exists (select 1 from annotation_assignment a where a.piece_id = p.id and a.annotator_id = %(u)s
                and a.state not in ('expired', 'returned') offset 0)
            and not (me.independent and exists (select 1 from annotation_annotation x
                where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.origin = 'opinion' offset 0))
        order by p.position limit greatest(0, need.places - (select count(*) from known)) * gate.is_open::int for update skip locked) p),
main as materialized (
    select p.* from me cross join need cross join gate cross join lateral (
        select id, sample_id, lane, position from annotation_piece p
        where p.batch_id = %(b)s and p.lane = 1 and p.wanted > p.held + p.accepted and p.position > me.main_cursor
            and not exists (select 1 from annotation_assignment a where a.piece_id = p.id and a.annotator_id = %(u)s
                and a.state not in ('expired', 'returned') offset 0)
            and not (me.independent and exists (select 1 from annotation_annotation x
                where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.origin = 'opinion' offset 0))
        order by p.position limit greatest(0, need.places - (select count(*) from known) - (select count(*) from again)) * gate.is_open::int for update skip locked) p),
pick as materialized (
    select *, 'opinion' as purpose from again union all select *, 'opinion' from main union all select * from known),
turn as (
    insert into annotation_assignment (piece_id, batch_id, annotator_id, purpose, state, lease, lease_expires_at,
        fence, letters, active_ms, skip_reason, skip_note, reason)
    select pick.id, %(b)s, %(u)s, pick.purpose, 'leased', 'peek', now() + %(lease)s, 1,
        coalesce((select string_agg(c.slot, '' order by case when b.shuffled then md5(%(salt)s || pick.id || c.slot) end, c.slot)
            from catalog_picture c where c.sample_id = pick.sample_id and c.slot <> 'O'), ''), 0, '', '', ''
    from pick, b
    on conflict (piece_id, annotator_id) do update
        set state = 'leased', lease = 'peek', lease_expires_at = excluded.lease_expires_at,
            fence = annotation_assignment.fence + 1, leased_at = now()
        where annotation_assignment.state in ('expired', 'returned')
    returning id, fence, lease_expires_at, letters, piece_id, active_ms, reason, purpose),
taken as (update annotation_piece p set held = p.held + 1 from turn where p.id = turn.piece_id and turn.purpose = 'opinion'),
moved as (
    update annotation_personturn t
    set claimed = greatest(t.claimed + x.n, x.rank), nothing_at = null,
        main_cursor = greatest(t.main_cursor, x.main - %(slack)s), again_cursor = greatest(t.again_cursor, x.again - %(slack)s)
    from (select count(*) as n, (select rank from due where exists (select 1 from hidden)) as rank, max(position) filter (where lane = 1 and purpose = 'opinion') as main,
        max(position) filter (where lane = 0) as again from pick) x, me
    where t.batch_id = me.batch_id and t.annotator_id = me.annotator_id and x.n > 0),
given as (
    select id, fence, lease_expires_at, letters, piece_id, active_ms, reason, purpose from turn
    union all select id, fence, lease_expires_at, letters, piece_id, active_ms, reason, purpose from revived
    union all select id, fence, lease_expires_at, letters, piece_id, active_ms, reason, purpose from mine
        where state = 'leased' and lease_expires_at > now() and not id = any(%(known)s)),
shown as (
    select json_build_object(
        'assignment_id', g.id, 'fence', g.fence, 'lease_until', g.lease_expires_at, 'letters', g.letters,
        'active_ms', g.active_ms, 'sent_back', g.reason, 'subject_id', p.subject_id, 'practice', g.purpose = 'training',
        'suggestion', case when b.assist = 'from_start' and b.kind = 'label' then (
            select json_build_object('cells', x.cells, 'regions', x.regions) from annotation_annotation x
            where x.sample_id = p.sample_id and x.origin = 'imported' order by x.id desc limit 1) end,
        'sample', json_build_object('id', s.id, 'external_id', s.external_id),
        'pictures', (select coalesce(json_agg(json_build_object('slot', c.slot, 'sha256', f.sha256, 'width', f.width,
                'height', f.height, 'url', %(pictures)s || f.sha256) order by c.slot <> 'O', c.slot), '[]')
            from catalog_picture c join catalog_asset f on f.id = c.asset_id where c.sample_id = p.sample_id),
        'aspects', (select coalesce(json_agg(e.key order by e.position, e.id), '[]') from catalog_aspect e
            where e.project_id = %(p)s and e.retired_at is null and (p.aspects = '{}' or e.id = any(p.aspects))),
        'draft', (select json_build_object('version', d.version, 'body', d.body, 'saved_at', d.saved_at)
            from annotation_draft d where d.assignment_id = g.id)) as assignment, p.lane, p.position, g.reason, g.purpose
    from b, given g join annotation_piece p on p.id = g.piece_id join catalog_sample s on s.id = p.sample_id)
select b.state, b.fits, b.invited, b.overdue, b.due_at, b.place_count, b.gold_share, me.batch_id is not null as has_turn, coalesce(need.places, 0) as needed,
    (select count(*) from pick) as picked, me.nothing_at = b.opened_seq as known_empty,
    (select coalesce(json_agg(assignment order by reason = '', purpose <> 'training', lane, position), '[]')::text from shown) as assignments,
    (select coalesce(json_agg(json_build_object('assignment_id', id, 'fence', fence, 'lease_until', lease_expires_at)), '[]')::text
        from mine where state = 'leased' and lease_expires_at > now() and id = any(%(known)s)) as held,
    me.submitted - me.practised_here as submitted, me.submitted as turns, me.active_ms, me.claimed, room.batch <= 0 as full_batch, room.day <= 0 as full_day,
    (select e.names || jsonb_build_object('key', e.key) from annotation_personturn t join catalog_aspect e on e.id = t.paused_aspect_id
        where t.batch_id = b.id and t.annotator_id = %(u)s and t.paused_at is not null) as paused_for,
    (select t.paused_why from annotation_personturn t where t.batch_id = b.id and t.annotator_id = %(u)s) as paused_why,
    (select json_agg(e.names || jsonb_build_object('key', e.key) order by e.position, e.id)::text from annotation_personturn t
        join catalog_aspect e on e.id = any(t.practice_below) where t.batch_id = b.id and t.annotator_id = %(u)s) as below,
    gate.is_open, b.training_floor, gate.practised - gate.earlier as practised, gate.held + (select count(*) from unseen) as to_practise,
    (select sum(submitted - sent_back - practised_here) from annotation_personturn t where t.batch_id = b.id) as accepted
from b left join me on true left join need on true left join room on true left join gate on true
"""
)

# How many practice pieces of a batch somebody has not met yet, in whatever batch of the project.
UNSEEN = f"select count(*) as count {_UNSEEN}"

START_TURN = """
insert into annotation_personturn (batch_id, annotator_id, main_cursor, again_cursor, claimed, submitted, skipped, sent_back, active_ms, practised)
select %(b)s, %(u)s, 0, 0, 0, 0, 0, 0, 0, (
    select count(*) from annotation_assignment a join annotation_batch z on z.id = a.batch_id
    where a.annotator_id = %(u)s and a.purpose = 'training' and a.state = 'submitted' and z.project_id = %(p)s)
on conflict do nothing
"""

# A cursor passes over a piece that somebody else had locked at that instant. So before anybody is told that nothing is
# left, the walk starts once more from the beginning: at most once in five minutes, as it costs 0.26 s after 100,000.
WALK_AGAIN = """
update annotation_personturn set main_cursor = 0, again_cursor = 0, walked_at = now()
where batch_id = %(b)s and annotator_id = %(u)s and (main_cursor > 0 or again_cursor > 0)
    and (walked_at is null or walked_at < now() - interval '5 minutes')
"""

# Remembered only when no place is open to this person, locked or not: a locked one may come free a moment later.
REMEMBER_EMPTY = """
update annotation_personturn t set nothing_at = b.opened_seq
from annotation_batch b
where t.batch_id = %(b)s and t.annotator_id = %(u)s and b.id = t.batch_id and not exists (
    select 1 from annotation_piece p
    where p.batch_id = %(b)s and p.wanted > p.held + p.accepted
        and not exists (select 1 from annotation_assignment a where a.piece_id = p.id and a.annotator_id = %(u)s
            and a.state not in ('expired', 'returned') offset 0)
        and not (b.kind = any(%(referees)s) and exists (select 1 from annotation_annotation x
            where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.origin = 'opinion' offset 0)))
"""

# What the page says it was active for is believed only up to the time since this person's last beat in whatever batch (two
# tabs never count twice), and up to the longest silence that still counts. The opinions are read by the snapshot of this statement, which was taken before it waited for the sample's lock;
# `seen` lets SUBMIT_2 notice that somebody else's opinion arrived in between.
_SUBMIT_1 = """
with me as materialized (
    select t.batch_id, t.beat_at from annotation_personturn t
    where t.annotator_id = %(u)s and (t.batch_id = (select batch_id from annotation_assignment where id = %(a)s)
        or t.beat_at > now() - %(idle_ms)s * interval '1 ms')
    order by t.batch_id for update),
last as materialized (select max(beat_at) as beat_at from me),
a as (
    update annotation_assignment x
    set state = 'submitted', submitted_at = now(), lease_expires_at = null, reason = '',
        active_ms = x.active_ms + greatest(0, least(%(ms)s, %(idle_ms)s,
            floor(extract(epoch from now() - greatest(last.beat_at, x.leased_at)) * 1000)))::bigint
    from last, annotation_batch b
    where x.id = %(a)s and x.annotator_id = %(u)s and x.state = 'leased' and x.fence = %(f)s and x.lease_expires_at > now()
        and b.id = x.batch_id and b.project_id = %(p)s and b.kind = 'label'
    returning x.id, x.piece_id, x.batch_id, x.letters, x.purpose, x.active_ms, new.active_ms - old.active_ms as added,
        b.guideline_version, b.assist, b.maximum, b.agreement_floor, b.gold_window, b.gold_floor),
p as (
    update annotation_piece q
    set held = q.held - c.one, accepted = q.accepted + c.one * (q.accepted < q.wanted)::int, surplus = q.surplus + c.one * (q.accepted >= q.wanted)::int
    from (select a.piece_id, (a.purpose = 'opinion')::int as one from a) c where q.id = c.piece_id
    returning q.id, q.sample_id, q.aspects, q.held, q.accepted, q.wanted, q.is_out, q.gold_id),
alone as materialized (select pg_advisory_xact_lock(-p.sample_id) from p),
n as (
    insert into annotation_annotation (assignment_id, sample_id, annotator_id, origin, revision, counts, cells, regions,
        active_ms, shown, guideline_version, reason, key, body_hash)
    select a.id, p.sample_id, %(u)s, 'opinion',
        1 + coalesce((select max(revision) from annotation_annotation where assignment_id = a.id), 0),
        a.purpose = 'opinion', %(cells)s::jsonb, %(regions)s::jsonb, a.active_ms,
        jsonb_build_object('letters', a.letters, 'assisted', a.assist = 'from_start'), a.guideline_version, '', %(key)s::uuid, %(hash)s
    from a, p, alone returning id, revision, submitted_at, active_ms),
sent as (delete from annotation_draft d using a where d.assignment_id = a.id)
select n.id, n.revision, n.submitted_at, n.active_ms, a.id as assignment_id, a.added, a.batch_id, a.piece_id, a.maximum, p.sample_id, p.held, p.accepted, p.wanted, p.is_out,
    a.purpose, a.assist, a.agreement_floor, a.gold_window, a.gold_floor,
    (select json_build_object('id', g.id, 'expected', g.expected, 'tolerance', g.tolerance, 'judged', g.judged_count, 'note', g.note)
        from annotation_gold g where g.id = p.gold_id)::text as gold,
    case when a.assist = 'after_commit' then (
        select json_build_object('cells', x.cells, 'regions', x.regions) from annotation_annotation x
        where x.sample_id = p.sample_id and x.origin = 'imported' order by x.id desc limit 1)::text end as suggestion,
    r.version, r.threshold,
    exists (select 1 from annotation_annotation x
        where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.origin = 'opinion' and x.counts
            and x.assignment_id <> a.id and x.guideline_version <> a.guideline_version) as judged_otherwise,
    (select json_agg(json_build_array(e.id, e.key, e.severities)) from catalog_aspect e
        where e.project_id = %(p)s and e.retired_at is null and (p.aspects = '{}' or e.id = any(p.aspects)))::text as aspects,
    (select json_agg(json_build_array(c.slot, f.width, f.height)) from catalog_picture c join catalog_asset f on f.id = c.asset_id
        where c.sample_id = p.sample_id and c.slot <> 'O')::text as slots,
    (select coalesce(json_agg(o.cells), '[]')::text from (
        select distinct on (x.assignment_id) x.cells from annotation_annotation x
        join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
        where x.sample_id = p.sample_id and x.origin = 'opinion' and x.counts and x.assignment_id <> a.id
        order by x.assignment_id, x.revision desc) o) as others,
    n.id + coalesce((select sum(x.id) from annotation_annotation x
        join annotation_assignment y on y.id = x.assignment_id and (y.state = 'submitted' or y.id = a.id)
        where x.sample_id = p.sample_id and x.origin = 'opinion' and x.counts), 0) as seen
from n, a, p left join lateral (
    select version, threshold from catalog_answerrule where project_id = %(p)s order by version desc limit 1) r on true
"""

# Everything that follows from one opinion, written only if no other opinion on the sample arrived unseen.
_SUBMIT_2 = """
with fresh as materialized (
    select coalesce(sum(x.id), 0) = %(seen)s as ok from annotation_annotation x
    join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
    where x.sample_id = %(s)s and x.origin = 'opinion' and x.counts),
c as (
    insert into annotation_consensus (sample_id, aspect_id, project_id, answer, tied, unsure, disputed, source, confidence,
        agreement, opinions, rule_version, revision)
    select %(s)s, v.aspect_id, %(p)s, v.answer, v.tied, v.unsure, v.tied <> '', v.source, v.confidence, v.agreement, v.opinions, %(rule)s, 1
    from fresh, json_to_recordset(%(outcomes)s::json) as v(aspect_id bigint, answer text, tied text, unsure text,
        source text, confidence float, agreement float, opinions int)
    where fresh.ok
    on conflict (sample_id, aspect_id) do update
    set answer = excluded.answer, tied = excluded.tied, unsure = excluded.unsure, disputed = excluded.disputed,
        source = excluded.source, confidence = excluded.confidence, agreement = excluded.agreement,
        opinions = excluded.opinions, rule_version = excluded.rule_version,
        revision = annotation_consensus.revision + 1, changed_at = now()
    where annotation_consensus.source <> 'adjudicated'),
t as (
    update annotation_personturn
    set submitted = submitted + 1, active_ms = active_ms + %(ms)s, beat_at = now(), day = current_date,
        day_count = case when day = current_date then day_count else 0 end + 1
    from fresh where batch_id = %(b)s and annotator_id = %(u)s and fresh.ok),
x as (
    update annotation_piece set wanted = wanted + 1, lane = 0, position = nextval('annotation_ticket')
    from fresh where id = %(piece)s and %(extra)s and fresh.ok returning id),
o as (
    update annotation_batch set opened_seq = opened_seq + 1, place_count = place_count + 1
    from x where annotation_batch.id = %(b)s),
e as (
    insert into base_outboxmessage (state, owner, fence, attempts, max_attempts, failure, topic, subscriber, payload)
    select 'waiting', '', 0, 0, 5, '', 'sample_changed', subscriber, %(event)s::jsonb
    from fresh, unnest(%(subscribers)s::text[]) as subscriber where fresh.ok)
select ok from fresh
"""

# Of what one person said of a sample under two guidelines the newer one's judgement stands, whichever came in last: the
# next revision of the older turn leaves out the aspects that both judge. Nothing of the older revisions is touched, and
# other aspects go on counting. One of the two is the turn just submitted, whose vote is written next.
SUPERSEDE = """
with mine as materialized (
    select distinct on (x.assignment_id) x.* from annotation_annotation x
    join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
    where x.sample_id = %(s)s and x.annotator_id = %(u)s and x.origin = 'opinion' and x.counts
    order by x.assignment_id, x.revision desc),
twice as (
    select o.id, array_agg(distinct k.aspect) as aspects, (array_agg(n.id order by n.guideline_version desc, n.id desc))[1] as newer
    from mine o join mine n on n.guideline_version > o.guideline_version and %(a)s in (n.assignment_id, o.assignment_id),
        jsonb_each(n.cells) as c(slot, said), jsonb_object_keys(c.said) as k(aspect)
    where exists (select 1 from jsonb_each(o.cells) as b(slot, said) where b.said ? k.aspect)
    group by o.id)
insert into annotation_annotation (assignment_id, sample_id, annotator_id, origin, revision, counts, cells, regions,
    active_ms, shown, guideline_version, reason, fixed_by_id, superseded_by_id)
select o.assignment_id, o.sample_id, o.annotator_id, o.origin, o.revision + 1, o.counts,
    (select coalesce(jsonb_object_agg(slot, said - t.aspects), '{}') from jsonb_each(o.cells) as c(slot, said)
        where said - t.aspects <> '{}'),
    (select coalesce(jsonb_agg(region order by place), '[]')
        from jsonb_array_elements(o.regions) with ordinality as r(region, place)
        where region ->> 'aspect' <> all(t.aspects)),
    o.active_ms, o.shown, o.guideline_version, '', o.fixed_by_id, t.newer
from mine o join twice t on t.id = o.id
returning assignment_id, cells::text
"""

OPINIONS = """
select coalesce(json_agg(o.cells) filter (where o.assignment_id <> %(a)s), '[]')::text as others,
    (select coalesce(sum(x.id), 0) from annotation_annotation x
        join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
        where x.sample_id = %(s)s and x.origin = 'opinion' and x.counts) as seen
from (
    select distinct on (x.assignment_id) x.assignment_id, x.cells from annotation_annotation x
    join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
    where x.sample_id = %(s)s and x.origin = 'opinion' and x.counts
    order by x.assignment_id, x.revision desc) o
"""

# What a place's holder gives back, whatever the reason. A turn that was sent back stays its author's; any other piece
# goes to lane 0 under a fresh ticket, unless it has left the batch: then its open place is closed instead. Gold has no
# place: only its turn ends. Rows are
# locked in the order of their ids: two people who give back several pieces at once must not wait for each other.
RELEASE = """
with mine as materialized (
    select x.id from annotation_assignment x
    where x.id = any(%(ids)s) and x.state = 'leased'
        and (%(u)s::bigint is null or x.annotator_id = %(u)s) and (%(f)s::int is null or x.fence = %(f)s)
        and (not %(overdue)s or x.lease_expires_at <= now())
    order by x.id for update),
a as (
    update annotation_assignment x
    set state = case when x.reason <> '' and %(to)s <> 'skipped' then 'reserved' else %(to)s end,
        lease_expires_at = null, skip_reason = %(skip_reason)s
    from mine where x.id = mine.id
    returning x.id, x.state, x.piece_id, x.batch_id, x.annotator_id, x.skip_reason, x.purpose),
given as (select piece_id, count(*) as n from a where state <> 'reserved' and purpose = 'opinion' group by piece_id),
ready as materialized (
    select q.id, g.n from annotation_piece q join given g on g.piece_id = q.id order by q.id for update of q),
p as (
    update annotation_piece q
    set held = q.held - g.n, lane = 0, position = nextval('annotation_ticket'),
        skips = q.skips + %(skips)s, is_out = q.is_out or %(out)s or q.skips + %(skips)s >= %(most_skips)s,
        wanted = case when q.is_out or %(out)s or q.skips + %(skips)s >= %(most_skips)s
            then greatest(q.accepted, least(q.wanted, q.accepted + q.held - g.n)) else q.wanted end
    from ready g where q.id = g.id
    returning q.batch_id, old.wanted - new.wanted as closed),
o as (
    update annotation_batch z set opened_seq = z.opened_seq + 1, place_count = z.place_count - x.closed
    from (select batch_id, sum(closed)::int as closed from p group by batch_id) x where z.id = x.batch_id)
select id, state, annotator_id, batch_id from a
"""

# Everything that follows from one gold or practice judgement, and the aspect on which the person has fallen below the
# batch's floor, if there is one. A question is right when every checked cell is; one with unsure cells and no wrong one
# says nothing. The window is the last so many questions of the aspect that say something, and it must be full.
SUBMIT_GOLD = """
with said as materialized (
    select * from json_to_recordset(%(results)s::json) as v(aspect_id bigint, slot text, expected text, said text, is_right boolean)),
t as (
    update annotation_personturn
    set submitted = submitted + 1, uncounted = uncounted + 1, practised = practised + (%(purpose)s = 'training')::int,
        practised_here = practised_here + (%(purpose)s = 'training')::int, active_ms = active_ms + %(ms)s, beat_at = now(), day = current_date,
        day_count = case when day = current_date then day_count else 0 end + 1
    where batch_id = %(b)s and annotator_id = %(u)s returning gold_since),
kept as (
    insert into annotation_goldresult (gold_id, assignment_id, batch_id, annotator_id, purpose, aspect_id, slot, expected, said, is_right)
    select %(gold)s, %(a)s, %(b)s, %(u)s, %(purpose)s, aspect_id, slot, expected, said, is_right from said),
worn as (
    update annotation_gold set judged_count = judged_count + 1,
        retired_at = case when purpose = 'gold' and judged_count + 1 >= most_judged then coalesce(retired_at, now()) else retired_at end,
        retired_why = case when purpose = 'gold' and judged_count + 1 >= most_judged and retired_at is null then 'worn' else retired_why end
    where id = %(gold)s),
cells as (
    select 9223372036854775807 as id, %(a)s::bigint as assignment_id, aspect_id, is_right from said where %(purpose)s = 'gold'
    union all select * from (
        select r.id, r.assignment_id, r.aspect_id, r.is_right from annotation_goldresult r, t
        where r.batch_id = %(b)s and r.annotator_id = %(u)s and r.purpose = 'gold' and not r.is_void
            and (t.gold_since is null or r.judged_at > t.gold_since)
        order by r.id desc limit %(window)s * 72) before),
questions as (
    select aspect_id, case when bool_or(not is_right) then 0 when bool_and(is_right is not null) then 1 end as is_right,
        max(id) as id from cells group by assignment_id, aspect_id),
ranked as (
    select aspect_id, is_right, row_number() over (partition by aspect_id order by id desc) as place
    from questions where is_right is not null)
select aspect_id, sum(is_right)::int as right_count from ranked where place <= %(window)s
group by aspect_id having %(floor)s::float is not null and count(*) >= %(window)s and sum(is_right) < %(floor)s::float * %(window)s
order by 2, 1 limit 1
"""

CLAIM = Prepared(
    "annotation_claim",
    _CLAIM,
    {
        "b": "uuid",
        "p": "uuid",
        "u": "bigint",
        "n": "bigint",
        "known": "bigint[]",
        "kinds": "text[]",
        "referees": "text[]",
        "lease": "interval",
        "slack": "bigint",
        "salt": "text",
        "pictures": "text",
    },
)
SUBMIT_1 = Prepared(
    "annotation_submit_1",
    _SUBMIT_1,
    {
        "a": "bigint",
        "p": "uuid",
        "u": "bigint",
        "f": "int",
        "ms": "bigint",
        "idle_ms": "bigint",
        "cells": "jsonb",
        "regions": "jsonb",
        "key": "uuid",
        "hash": "bytea",
    },
)
SUBMIT_2 = Prepared(
    "annotation_submit_2",
    _SUBMIT_2,
    {
        "s": "bigint",
        "p": "uuid",
        "u": "bigint",
        "b": "uuid",
        "piece": "bigint",
        "ms": "bigint",
        "rule": "int",
        "seen": "numeric",
        "outcomes": "json",
        "extra": "boolean",
        "event": "jsonb",
        "subscribers": "text[]",
    },
)
