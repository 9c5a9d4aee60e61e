import { recordPolicies, recordReaders } from './record-policies.ts'

/**
 * Most references lead to the person whose record it is, and the column says who that is: no row says it again. `resource.own` is
 * the parameter by which a record refers to its own person; `link` holds the other references; the view `ref` has
 * both. Type and code of the record that refers are gone: the key of the parameter tells them. `reindex` fills it.
 */
export const sql0059Link = `
drop table ref;
create table link (
  rid bigint not null,
  key integer not null,
  person text,
  room text not null,
  to_rt text not null,
  to_id text not null
);
create index link_rid on link (rid);
create index link_to on link (to_id);
${recordPolicies('link')}
create or replace view idx with (security_invoker = true) as
  select rid, rt, id, person, room, ts, dt, tok, shape, until, code, kind, own from resource where shape is not null;
create view ref with (security_invoker = true) as
  select rid, key, person, room, to_rt, to_id from link
  union all select rid, own, person, room, 'Patient'::text, person from resource;
grant select on ref to ${recordReaders};
`
