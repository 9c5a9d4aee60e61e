import { recordPolicies, recordReaders } from './record-policies.ts'

/**
 * One row for each record. What searches read stood in a table of its own, with the id, type, person, room, time and three keys of
 * the record once more; now `idx` is a view of the columns of `resource`, under the same policies, without the records that
 * are deleted or not indexed (`tok` is null). The table is made again, so that its columns lie without gaps: those of
 * eight bytes first. `shape`, `code`, `until` and `own` are filled by the steps that follow.
 */
const aboutNobody = [
  ...['ActivityDefinition', 'CapabilityStatement', 'CodeSystem', 'Device', 'Endpoint'],
  ...['HealthcareService', 'Library', 'Location', 'Measure', 'Medication', 'Organization'],
  ...['PlanDefinition', 'Practitioner', 'PractitionerRole', 'Questionnaire', 'Schedule', 'Slot'],
  ...['Substance', 'ValueSet'],
]

/** Made when the rows are there: quicker, and smaller. The first four were those of the separate table. */
const indexes = `
alter table resource add primary key (rid);
alter table resource add constraint resource_rt_id_key unique (rt, id);
create index resource_person on resource (person, rt, dt desc nulls last, rid);
create index resource_dt on resource (rt, dt desc nulls last, rid);
create index resource_rt on resource (rt, rid);
create index resource_tok on resource using gin (tok);
create index resource_rt_ts on resource (rt, ts desc);
create index resource_ts on resource (ts desc);
create index resource_contact on resource using gin ((content -> 'contact') jsonb_path_ops)
  where rt = 'Patient' and content is not null;
create index resource_long_id on resource (rt, id collate "C") where length(id) > 40;
create index resource_open_stay on resource (person)
  where rt = 'Encounter' and content ->> 'status' in ('in-progress', 'arrived', 'triaged', 'onleave');
create index resource_encounter_start on resource (person, (content -> 'period' ->> 'start'))
  where rt = 'Encounter' and content is not null;
create index resource_apart_stay on resource (person)
  where rt = 'Encounter' and room in ('restricted', 'sealed') and content is not null;`

export const sql0052OneRow = `
create table one_row (
  rid bigint generated always as identity,
  ts timestamptz not null,
  dt double precision,
  until double precision,
  shape bigint,
  code bigint,
  vid integer not null,
  own integer,
  brought boolean not null default false,
  rt text not null,
  id text not null,
  person text,
  room text not null,
  org text,
  tok bigint[],
  content jsonb
);
insert into one_row (rid, ts, dt, vid, brought, rt, id, person, room, org, tok, content) overriding system value
  select r.rid, r.ts, i.dt, r.vid, r.brought, r.rt, r.id, r.person, r.room, r.org, i.tok, r.content
  from resource r left join idx i on i.rid = r.rid order by r.rid;
select setval(pg_get_serial_sequence('one_row', 'rid'), last_value, is_called) from resource_rid_seq;
drop table idx;
drop table resource;
alter table one_row rename to resource;
alter sequence one_row_rid_seq rename to resource_rid_seq;
${indexes}
${recordPolicies('resource')}
alter table resource add constraint resource_whose check (
  person is not null or content is null or rt in (${aboutNobody.map((type) => `'${type}'`).join(', ')})) not valid;
create view idx with (security_invoker = true) as
  select rid, rt, id, person, room, ts, dt, tok from resource where tok is not null;
grant select on idx to ${recordReaders};
`
