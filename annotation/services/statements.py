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
# `taken` follows `turn`, not `pick`: a piece whose assignment was not written (two tabs at once) keeps its counters.
_CLAIM = """
with b as materialized (
    select id, state, kind, person_cap, opened_seq, place_count,
        kind = any(%(kinds)s) as fits, kind = any(%(referees)s) as independent, (people = '{}' or %(u)s = any(people)) as invited
    from annotation_batch where id = %(b)s and project_id = %(p)s),
me as materialized (
    select t.*, b.independent from annotation_personturn t, b
    where t.batch_id = b.id and t.annotator_id = %(u)s and b.state = 'open' and b.fits and b.invited for update of t),
mine as materialized (
    select a.id, a.fence, a.state, a.lease_expires_at, a.letters, a.piece_id, a.active_ms, a.reason,
        row_number() over (order by (a.state = 'reserved') desc, a.id) as turn_number
    from annotation_assignment a, me
    where a.batch_id = me.batch_id and a.annotator_id = me.annotator_id and a.state in ('leased', 'reserved')),
revived as (
    update annotation_assignment a
    set state = 'leased', lease = 'peek', lease_expires_at = now() + %(lease)s, fence = a.fence + 1, leased_at = now()
    from mine where a.id = mine.id and mine.turn_number <= %(n)s and a.state in ('leased', 'reserved')
        and (a.state = 'reserved' or a.lease_expires_at <= now())
    returning a.id, a.fence, a.lease_expires_at, a.letters, a.piece_id, a.active_ms, a.reason),
need as materialized (
    select case when me.nothing_at = b.opened_seq then 0
        else greatest(0, least(%(n)s, coalesce(b.person_cap - me.submitted, %(n)s)) - (select count(*) from mine)) end as places
    from me, b),
again as materialized (
    select p.* from me cross join need cross join lateral (
        select id, sample_id, lane, position from annotation_piece p
        where p.batch_id = %(b)s and p.lane = 0 and p.wanted > p.held + p.accepted and p.position > me.again_cursor
            and not exists (select 1 from annotation_assignment a where a.piece_id = p.id and a.annotator_id = %(u)s
                and a.state not in ('expired', 'returned') offset 0)
            and not (me.independent and exists (select 1 from annotation_annotation x
                where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.origin = 'opinion' offset 0))
        order by p.position limit need.places for update skip locked) p),
main as materialized (
    select p.* from me cross join need cross join lateral (
        select id, sample_id, lane, position from annotation_piece p
        where p.batch_id = %(b)s and p.lane = 1 and p.wanted > p.held + p.accepted and p.position > me.main_cursor
            and not exists (select 1 from annotation_assignment a where a.piece_id = p.id and a.annotator_id = %(u)s
                and a.state not in ('expired', 'returned') offset 0)
            and not (me.independent and exists (select 1 from annotation_annotation x
                where x.sample_id = p.sample_id and x.annotator_id = %(u)s and x.origin = 'opinion' offset 0))
        order by p.position limit greatest(0, need.places - (select count(*) from again)) for update skip locked) p),
pick as materialized (select * from again union all select * from main),
turn as (
    insert into annotation_assignment (piece_id, batch_id, annotator_id, purpose, state, lease, lease_expires_at,
        fence, letters, active_ms, skip_reason, skip_note, reason)
    select pick.id, %(b)s, %(u)s, 'opinion', 'leased', 'peek', now() + %(lease)s, 1,
        coalesce((select string_agg(c.slot, '' order by md5(%(salt)s || pick.id || c.slot))
            from catalog_picture c where c.sample_id = pick.sample_id and c.slot <> 'O'), ''), 0, '', '', ''
    from pick
    on conflict (piece_id, annotator_id) do update
        set state = 'leased', lease = 'peek', lease_expires_at = excluded.lease_expires_at,
            fence = annotation_assignment.fence + 1, leased_at = now()
        where annotation_assignment.state in ('expired', 'returned')
    returning id, fence, lease_expires_at, letters, piece_id, active_ms, reason),
taken as (update annotation_piece p set held = p.held + 1 from turn where p.id = turn.piece_id),
moved as (
    update annotation_personturn t
    set claimed = t.claimed + x.n, nothing_at = null,
        main_cursor = greatest(t.main_cursor, x.main - %(slack)s), again_cursor = greatest(t.again_cursor, x.again - %(slack)s)
    from (select count(*) as n, max(position) filter (where lane = 1) as main, max(position) filter (where lane = 0) as again from pick) x, me
    where t.batch_id = me.batch_id and t.annotator_id = me.annotator_id and x.n > 0),
given as (
    select id, fence, lease_expires_at, letters, piece_id, active_ms, reason from turn
    union all select id, fence, lease_expires_at, letters, piece_id, active_ms, reason from revived
    union all select id, fence, lease_expires_at, letters, piece_id, active_ms, reason from mine
        where state = 'leased' and lease_expires_at > now() and not id = any(%(known)s)),
shown as (
    select json_build_object(
        'assignment_id', g.id, 'fence', g.fence, 'lease_until', g.lease_expires_at, 'letters', g.letters,
        'active_ms', g.active_ms, 'sent_back', g.reason, 'subject_id', p.subject_id,
        'sample', json_build_object('id', s.id, 'external_id', s.external_id),
        'pictures', (select coalesce(json_agg(json_build_object('slot', c.slot, 'sha256', f.sha256, 'width', f.width,
                'height', f.height, 'url', %(pictures)s || f.sha256) order by c.slot <> 'O', c.slot), '[]')
            from catalog_picture c join catalog_asset f on f.id = c.asset_id where c.sample_id = p.sample_id),
        'aspects', (select coalesce(json_agg(e.key order by e.position, e.id), '[]') from catalog_aspect e
            where e.project_id = %(p)s and e.retired_at is null and (p.aspects = '{}' or e.id = any(p.aspects))),
        'draft', (select json_build_object('version', d.version, 'body', d.body, 'saved_at', d.saved_at)
            from annotation_draft d where d.assignment_id = g.id)) as assignment, p.lane, p.position, g.reason
    from given g join annotation_piece p on p.id = g.piece_id join catalog_sample s on s.id = p.sample_id)
select b.state, b.fits, b.invited, b.place_count, me.batch_id is not null as has_turn, coalesce(need.places, 0) as needed,
    (select count(*) from pick) as picked, me.nothing_at = b.opened_seq as known_empty,
    (select coalesce(json_agg(assignment order by reason = '', lane, position), '[]')::text from shown) as assignments,
    (select coalesce(json_agg(json_build_object('assignment_id', id, 'fence', fence, 'lease_until', lease_expires_at)), '[]')::text
        from mine where state = 'leased' and lease_expires_at > now() and id = any(%(known)s)) as held,
    me.submitted, me.active_ms, me.claimed,
    (select sum(submitted - sent_back) from annotation_personturn t where t.batch_id = b.id) as accepted
from b left join me on true left join need on true
"""

START_TURN = """
insert into annotation_personturn (batch_id, annotator_id, main_cursor, again_cursor, claimed, submitted, skipped, sent_back, active_ms)
values (%(b)s, %(u)s, 0, 0, 0, 0, 0, 0, 0) on conflict do nothing
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

# The opinions are read by the snapshot of this statement, which was taken before it waited for the sample's lock;
# `seen` lets SUBMIT_2 notice that somebody else's opinion arrived in between.
_SUBMIT_1 = """
with me as materialized (
    select t.batch_id, t.beat_at from annotation_personturn t
    where t.annotator_id = %(u)s and t.batch_id = (select batch_id from annotation_assignment where id = %(a)s) for update),
a as (
    update annotation_assignment x
    set state = 'submitted', submitted_at = now(), lease_expires_at = null, reason = '',
        active_ms = x.active_ms + greatest(0, least(%(ms)s, %(idle_ms)s,
            floor(extract(epoch from now() - greatest(me.beat_at, x.leased_at)) * 1000)))::bigint
    from me, annotation_batch b
    where x.id = %(a)s and x.annotator_id = %(u)s and x.state = 'leased' and x.fence = %(f)s and x.lease_expires_at > now()
        and b.id = x.batch_id and b.project_id = %(p)s and b.kind = 'label'
    returning x.id, x.piece_id, x.batch_id, x.letters, x.purpose, x.active_ms, new.active_ms - old.active_ms as added,
        b.guideline_version, b.assisted, b.maximum),
p as (
    update annotation_piece q
    set held = q.held - 1, accepted = q.accepted + (q.accepted < q.wanted)::int, surplus = q.surplus + (q.accepted >= q.wanted)::int
    from a where q.id = a.piece_id
    returning q.id, q.sample_id, q.aspects, q.held, q.accepted, q.wanted, q.is_out),
alone as materialized (select pg_advisory_xact_lock(-p.sample_id) from p),
n as (
    insert into annotation_annotation (assignment_id, sample_id, annotator_id, origin, revision, counts, cells, regions,
        active_ms, shown, guideline_version, reason, key, body_hash)
    select a.id, p.sample_id, %(u)s, 'opinion',
        1 + coalesce((select max(revision) from annotation_annotation where assignment_id = a.id), 0),
        a.purpose = 'opinion', %(cells)s::jsonb, %(regions)s::jsonb, a.active_ms,
        jsonb_build_object('letters', a.letters, 'assisted', a.assisted), a.guideline_version, '', %(key)s::uuid, %(hash)s
    from a, p, alone returning id, revision, submitted_at, active_ms),
sent as (delete from annotation_draft d using a where d.assignment_id = a.id)
select n.id, n.revision, n.submitted_at, n.active_ms, a.id as assignment_id, a.added, a.batch_id, a.piece_id, a.maximum, p.sample_id, p.held, p.accepted, p.wanted, p.is_out,
    r.version, r.threshold,
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
    set submitted = submitted + 1, active_ms = active_ms + %(ms)s, beat_at = now()
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
# goes to lane 0 under a fresh ticket, unless it has left the batch: then its open place is closed instead. Rows are
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
    returning x.id, x.state, x.piece_id, x.batch_id, x.annotator_id, x.skip_reason),
given as (select piece_id, count(*) as n from a where state <> 'reserved' group by piece_id),
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
