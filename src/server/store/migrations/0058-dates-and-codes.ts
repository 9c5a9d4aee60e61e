/**
 * The main date of a record and its code stood in rows of their own, for each of them the person, the room and the keys once
 * more: now they are columns (`dt` to `until`, `code`), unless a record has several dates or codes. `kind` is the type as
 * a number of four bytes, and the key of its main date: indexes over all records of a type are half as wide by it.
 * `sp.h` is a code with its system as one number. `reindex` fills all of it for records of before.
 */
export const sql0058DatesAndCodes = `
alter table resource add column kind integer;
alter table sp add column h bigint;
truncate sp;
drop index sp_code;
drop index sp_code_rid;
drop index sp_s;
drop index sp_lo;
create index sp_s on sp (key, s) where s is not null;
create index sp_lo on sp (key, lo) where lo is not null;
create index sp_code on sp (h, lo desc nulls last, rid) where h is not null;
create index sp_code_rid on sp (h, rid, hi) where h is not null;
drop index resource_dt;
drop index resource_rt;
drop index resource_rt_ts;
create index resource_dt on resource (kind, dt desc nulls last, rid) where kind is not null;
create index resource_kind on resource (kind, rid) where kind is not null;
create index resource_kind_ts on resource (kind, ts desc) where kind is not null;
create index resource_code on resource (code, dt desc nulls last, rid) where code is not null;
create index resource_code_rid on resource (code, rid, until) where code is not null;
create or replace view idx with (security_invoker = true) as
  select rid, rt, id, person, room, ts, dt, tok, shape, until, code, kind from resource where shape is not null;
drop function code_is_common(integer, text, integer);
create function code_is_common(asked bigint, most integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $$ select count(*) >= most from (
    (select 1 from resource where code = asked limit most) union all (select 1 from sp where h = asked limit most)) found $$;
revoke execute on function code_is_common(bigint, integer) from public;
grant execute on function code_is_common(bigint, integer) to gable_all, gable_staff, gable_listed, gable_none;
`
