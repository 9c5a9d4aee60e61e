/**
 * A person is no longer deleted. Of those whom an earlier version deleted, the practice was shut out of what was left, and
 * a record that was restricted as a whole no longer was: both stand again as the last version that was there said.
 */
export const sql0017DeletedPeople = `
with gone as (
  select r.rid, r.id, r.org, h.content from resource r
  join history h on h.rt = 'Patient' and h.id = r.id and h.vid = r.vid - 1
  where r.rt = 'Patient' and r.content is null and h.content is not null
    and not exists (select 1 from relation l where l.source_rid = r.rid)
), named as (
  select g.rid, g.id, substring(e->>'reference' from '(?:^|/)((?:Organization|Practitioner)/[A-Za-z0-9.-]{1,64})$') as whom
  from gone g cross join lateral jsonb_array_elements(
    coalesce(g.content->'generalPractitioner', '[]') || jsonb_build_array(g.content->'managingOrganization')) e
)
insert into relation (person, source_rid, kind, org, agent)
select g.id, g.rid, 'sealed', null, null from gone g where exists (
  select 1 from jsonb_array_elements(coalesce(g.content #> '{meta,security}', '[]')) s
  where s->>'system' = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality' and s->>'code' in ('R', 'V'))
union all
select n.id, n.rid, 'registered', case when n.whom like 'Organization/%' then split_part(n.whom, '/', 2) end,
  case when n.whom like 'Practitioner/%' then split_part(n.whom, '/', 2) end
from named n where n.whom is not null
union all
select g.id, g.rid, 'custodian', g.org, null from gone g where g.org is not null
  and not exists (select 1 from named n where n.rid = g.rid and n.whom like 'Organization/%');
`
