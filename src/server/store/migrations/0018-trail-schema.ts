/**
 * The trail moves into a schema of its own, so that it can have an owner of its own (`deploy/trail.sql`): the service
 * then reads it and adds to it, and changes or removes nothing. It adds through functions alone, which set the time and
 * the number themselves. `audit` and `trail_block` are windows on the tables, with the rights of whoever looks.
 * How far the blocks reach stands in the last of them (`tx`, `seq`; tx 0: brought here with a backup). `asked`: what
 * was asked for, names and numbers as a keyed hash. `came`: when an entry of another database was brought in here.
 */
const tables = `
create schema trail;
alter table audit set schema trail;
alter table trail.audit add column asked text, add column came timestamptz;
alter table trail_block set schema trail;
alter table trail.trail_block rename to block;
alter table trail.block add column tx bigint not null default 0, add column seq bigint not null default 0;
update trail.block b set tx = p.tx, seq = p.seq from trail_place p
  where b.number = (select max(number) from trail.block);
drop table trail_place;
create view audit with (security_invoker = true) as select * from trail.audit;
create view trail_block with (security_invoker = true) as select * from trail.block;
grant usage on schema trail to gable_all, gable_staff, gable_listed, gable_none;
grant select on audit to gable_all, gable_staff, gable_listed, gable_none;`

/** The service's own note of the last block, beside the trail: a chain that was cut no longer holds it. */
const note = `
create table trail_head (
  one boolean primary key default true check (one),
  number bigint not null,
  hash text not null
);
insert into trail_head (number, hash) select number, hash from trail.block order by number desc limit 1;`

const definer = `language plpgsql security definer set search_path = pg_catalog, pg_temp`
const said = `identity text, name text, role text, agent text, organisation text, act text, way text, allowed boolean,
  why text, persons text[], what jsonb, asked text`
const words = `identity, name, role, agent, organisation, act, way, allowed, why, persons, what, asked`
const wordsOf = (row: string) => words.replaceAll(/\w+/g, (name) => `${row}.${name}`)

/** The database's own time, whatever the caller says it is. */
const clock = `
create function trail.clock(claimed timestamptz) returns timestamptz language sql volatile as
  $$ select clock_timestamp() $$;`

const append = `
create function trail.append(entries json) returns void ${definer} as $$
begin
  insert into trail.audit (at, ${words})
  select trail.clock(e.at), ${wordsOf('e')} from json_to_recordset(entries) as e(at timestamptz, ${said});
end $$;`

/** A block follows the last one, is of this moment, and reaches no further than what can change no more. */
const close = `
create function trail.close_block(block json, tx bigint, seq bigint) returns void ${definer} as $$
declare
  closed timestamptz := (block->>'at')::timestamptz;
  last trail.block;
begin
  select * into last from trail.block b order by b.number desc limit 1;
  if (block->>'number')::bigint <> coalesce(last.number, 0) + 1
    or block->>'previous' <> coalesce(last.hash, repeat('0', 64)) then
    raise exception 'The block does not follow the last one';
  end if;
  if closed not between trail.clock(closed) - interval '5 minutes' and trail.clock(closed) + interval '5 minutes' then
    raise exception 'The block is not of this moment';
  end if;
  if tx >= (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint then
    raise exception 'The block reaches beyond what is done';
  end if;
  insert into trail.block (number, at, entries, rows, previous, hash, tx, seq)
  values ((block->>'number')::bigint, closed, json_array_length(block->'rows'), block->'rows', block->>'previous',
    block->>'hash', tx, seq);
end $$;`

/** After a move to a cluster whose transactions are numbered lower: what the old one called them is forgotten. */
const forget = `
create function trail.forget_transactions() returns void ${definer} as $$
declare
  horizon bigint := (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint;
begin
  if (select b.tx from trail.block b order by b.number desc limit 1) > horizon then
    update trail.audit set tx = 0 where tx >= horizon;
  end if;
end $$;`

const brought = `seq bigint, at timestamptz, came timestamptz, ${said}`

/** A block of a backup with its entries, as they were; only before anything was written here. */
const bringBlock = `
create function trail.bring_block(block json, entries json) returns void ${definer} as $$
declare
  last trail.block;
begin
  select * into last from trail.block b order by b.number desc limit 1;
  if exists (select 1 from trail.audit where tx > 0) or coalesce(last.tx, 0) > 0
    or (block->>'number')::bigint <> coalesce(last.number, 0) + 1
    or block->>'previous' <> coalesce(last.hash, repeat('0', 64)) then
    raise exception 'Blocks come into an empty trail only, one after the other';
  end if;
  insert into trail.audit (seq, tx, at, came, ${words}) overriding system value
  select e.seq, 0, e.at, e.came, ${wordsOf('e')}
  from json_to_recordset(entries) as e(${brought})
  join json_array_elements(block->'rows') r on (r->>0)::bigint = e.seq;
  perform setval(pg_get_serial_sequence('trail.audit', 'seq'), (select coalesce(max(a.seq), 0) + 1 from trail.audit a), false);
  insert into trail.block (number, at, entries, rows, previous, hash, tx, seq)
  values ((block->>'number')::bigint, (block->>'at')::timestamptz, json_array_length(block->'rows'), block->'rows',
    block->>'previous', block->>'hash', 0, (select coalesce(max(a.seq), 0) from trail.audit a));
end $$;`

/** Entries of another database, each marked with the time at which it came. */
const bringIn = `
create function trail.bring_in(entries json) returns void ${definer} as $$
begin
  insert into trail.audit (at, came, ${words})
  select e.at, trail.clock(null), ${wordsOf('e')}
  from json_to_recordset(entries) as e(${brought}) order by e.seq;
end $$;`

export const sql0018TrailSchema = [
  tables,
  note,
  ...[clock, append, close, forget, bringBlock, bringIn],
  'revoke execute on all functions in schema trail from public;',
].join('\n')
