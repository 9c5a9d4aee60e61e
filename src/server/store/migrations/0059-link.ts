/**
 * Most references lead to the person whose record it is, and the column says who that is: no row says it again. `resource.own` is
 * the parameter by which a record refers to its own person; `link` holds the other references; the view `ref` has
 * both. Type and code of the record that refers are gone: the key of the parameter tells them. `reindex` fills it.
 */
const setting = (name: string) => `current_setting('gable.${name}', true)`
const isOrdinary = `room not in ('restricted', 'sealed')`
const isNamed = `(l.agent = ${setting('practitioner')} and l.vouched)`
const works = `(l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`
const readers = 'gable_all, gable_staff, gable_listed, gable_none'

/** As they were on the table of before. */
const policies = `
alter table link enable row level security;
grant select on link to ${readers};
create policy link_all on link for select to gable_all using (true);
create policy link_none on link for select to gable_none using (person is null);
create policy link_listed on link for select to gable_listed using (
  (person is null and room <> 'professional')
  or (nullif(${setting('rooms')}, '')::jsonb -> person) ? room);
create policy link_staff on link for select to gable_staff using (
  person is null or case when ${setting('many')} = 'on' then
    (${isOrdinary} and person in (select people_reached(false)))
    or person in (select people_reached(true))
  else exists (
    select 1 from relation l where l.person = link.person and ${holds} and (
      ${isNamed} or (link.${isOrdinary} and ${works}
        and l.person not in (select s.person from relation s where s.kind = 'sealed'))))
  end);`

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
${policies}
create or replace view idx with (security_invoker = true) as
  select rid, rt, id, person, room, ts, dt, tok, shape, until, code, kind, own from resource where shape is not null;
create view ref with (security_invoker = true) as
  select rid, key, person, room, to_rt, to_id from link
  union all select rid, own, person, room, 'Patient'::text, person from resource;
grant select on ref to ${readers};
`
