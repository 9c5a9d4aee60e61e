import type { AccessLabel } from '#domain/access/labels/access-label.ts'

/**
 * Any number of writes and deletions as one statement. $1 records, $2 strings and ranges, $3 references, $4 relations
 * (JSON arrays, joined by `o`, the place in $1), $5 the time, $6 the shapes they have, $7 the contents and $8 the tokens, one
 * line for each record: PostgreSQL would read a content within $1 twice, as text and as jsonb. A row comes back for each record: `rid` if it was
 * written; `ok` false or null if the expectation failed; `same` if nothing had to change. Places that were vouched for
 * stay so while somebody else changes the rest of the record. The same content has the same digits too: jsonb takes 1.50 and
 * 1.5 for equal, its text does not. FOR UPDATE waits for a concurrent writer and then looks at what that writer left,
 * so that no version is written twice.
 *
 * `old` looks each record up by its index and locks them in the order of `rid`, so that no two writers wait for each
 * other. PostgreSQL assumes a hundred rows for any JSON array: left to choose, it read a table of some hundred records
 * whole to find one. The limit leaves no choice; (rt, id) asked once more tells it that few rows come out of it.
 *
 * `more_stale` notes that the sources of these people are to be counted again (`person-sources.ts`). A note that is there is locked, so
 * that it is not taken away before the write is to be seen; writers do not wait for each other.
 */
export const writeStatement = `
with input as materialized (
  select i.o, i.rt, i.id, i.m, i.e, i.skip, i.person, i.org, i.room, i.unregistered,
    nullif(i.content, '')::jsonb as content, i.dt, nullif(i.tok, '')::bigint[] as tok, i.shape, i.until, i.code, i.kind, i.own, i.v
  from rows from (
    json_to_recordset($1::json) as (
      o int, rt text, id text, m text, e int, skip boolean, person text, org text, room text, unregistered boolean,
      dt double precision, shape bigint, until double precision, code bigint, kind int, own int, v int),
    string_to_table($7, e'\\n'), string_to_table($8, e'\\n')
  ) as i(o, rt, id, m, e, skip, person, org, room, unregistered, dt, shape, until, code, kind, own, v, content, tok)
), old as materialized (
  select r.rid, r.rt, r.id, r.vid, r.ts, r.person, r.org, r.room, r.content, i.o, i.content is null as goes,
    case i.m when 'any' then true when 'absent' then r.content is null when 'brought' then r.brought
      else r.vid = i.e end as ok,
    coalesce(i.skip and r.content = i.content and r.content::text = i.content::text, false) or (i.content is null and r.content is null) as same
  from (
    select i.*, f.rid from input i
    cross join lateral (select rid from resource where rt = i.rt and id = i.id limit 1) f
    order by f.rid
  ) i cross join lateral (select * from resource where rid = i.rid for update) r
  where r.rt = i.rt and r.id = i.id
), upd as (
  update resource r set vid = o.vid + 1, ts = $5, content = i.content,
    person = case when i.content is null then o.person else i.person end,
    org = coalesce(o.org, i.org), room = coalesce(i.room, o.room), brought = i.m = 'brought', dt = i.dt, tok = i.tok,
    shape = i.shape, until = i.until, code = i.code, kind = i.kind, own = i.own
  from old o join input i on i.o = o.o
  where r.rid = o.rid and o.ok and not o.same
  returning r.rid, i.o, r.vid, r.person, r.org, r.room, i.unregistered
), ins as (
  insert into resource (rt, id, vid, ts, person, org, room, content, brought, dt, tok, shape, until, code, kind, own)
  select i.rt, i.id, coalesce(i.v, 1), $5, i.person, i.org, i.room, i.content, i.m = 'brought', i.dt, i.tok, i.shape, i.until, i.code, i.kind, i.own from input i
  where i.m in ('absent', 'any', 'brought') and i.content is not null
    and i.o not in (select o.o from old o)
  order by i.rt, i.id
  on conflict (rt, id) do nothing
  returning rid, rt, id, vid, person, org, room
), done as materialized (
  select u.rid, u.o, u.vid, u.person, u.org, u.room, u.unregistered from upd u
  union all
  select n.rid, i.o, n.vid, n.person, n.org, n.room, i.unregistered from ins n join input i on i.rt = n.rt and i.id = n.id
), superseded as (
  insert into history (rt, id, vid, ts, person, org, room, content)
  select o.rt, o.id, o.vid, o.ts, o.person, o.org, o.room, o.content from old o where o.ok and not o.same
), less_sp as (
  delete from sp using old o where sp.rid = o.rid and o.ok and not o.same
), less_link as (
  delete from link using old o where link.rid = o.rid and o.ok and not o.same
), less_relation as (
  delete from relation using old o where relation.source_rid = o.rid and o.ok and not o.same
), more_shapes as (
  insert into shape (id, tok) select n.id, n.tok from json_to_recordset($6::json) as n(id bigint, tok bigint[])
  where not exists (select 1 from shape s where s.id = n.id)
), more_sp as (
  insert into sp (rid, key, person, room, s, x, lo, hi, h)
  select d.rid, s.k, d.person, d.room, s.s, s.x, s.lo, s.hi, s.h
  from json_to_recordset($2::json) as s(o int, k int, s text, x text, lo double precision, hi double precision, h bigint)
  join done d on d.o = s.o
), more_links as (
  insert into link (rid, key, person, room, to_rt, to_id)
  select d.rid, f.k, d.person, d.room, f.t, f.i
  from json_to_recordset($3::json) as f(o int, k int, t text, i text)
  join done d on d.o = f.o
), given_relation as materialized (
  select * from json_to_recordset($4::json) as l(
    o int, kind text, org text, agent text, until timestamptz, role text, "ownUntil" timestamptz, vouched boolean)
), more_relation as (
  insert into relation (person, source_rid, kind, org, agent, until, role, own_until, vouched)
  select d.person, d.rid, l.kind, l.org, l.agent, l.until, l.role, l."ownUntil",
    coalesce(l.vouched, true) or exists (
      select 1 from relation was where was.source_rid = d.rid and was.person = d.person and was.vouched
        and was.agent = l.agent and (was.until is null or (was.until > $5 and was.until >= l.until)))
  from given_relation l
  join done d on d.o = l.o where d.person is not null and d.person <> '*'
  union all
  select d.person, d.rid, 'custodian', d.org, null, null, null, null, true
  from done d where d.unregistered and d.org is not null
), noted as (
  insert into change (rt, id, vid, person, room, ts)
  select i.rt, i.id, d.vid, d.person, d.room, $5 from done d join input i on i.o = d.o order by d.o
  returning seq, rt, id
), whose as materialized (
  select person from done union select person from old where ok and not same
), stale_already as materialized (
  select s.person from person_stale s where s.person in (select person from whose) order by s.person for key share
), more_stale as (
  insert into person_stale select person from whose
  where person is not null and person <> '*' and person not in (select person from stale_already)
)
select i.o, d.rid, d.vid, d.person, d.room, o.room as before_room, o.vid as found, o.person as before, o.ok, o.same, o.ts as since,
  o.content is null as fresh, c.seq
from input i
left join done d on d.o = i.o
left join old o on o.o = i.o
left join noted c on c.rt = i.rt and c.id = i.id
order by i.o`

export type WriteRow = {
  o: number
  rid: number | null
  vid: number | null
  person: string | null
  room: AccessLabel | null
  before_room: AccessLabel | null
  found: number | null
  before: string | null
  ok: boolean | null
  same: boolean | null
  since: Date | null
  fresh: boolean
  seq: number | null
}
