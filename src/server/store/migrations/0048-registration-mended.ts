/**
 * Mends what 0046 began with (decision record 31). Whoever had died, or had an end of their registration on their record,
 * by then, was put on the list as if they had not: they joined no later than that day, and left on it. And a record that
 * was written again after two whole lists added the same joining each time: one of them stands. Rows stay, marked as
 * taken back.
 */
export const sql0048RegistrationMended = `
create temporary table ended on commit drop as
  select g.seq, g.person, g.organisation, g.on_day as known_on, g.why as joined_why, e.ended, e.started, e.died, e.words
  from (select distinct on (person, organisation) * from registration where taken_back is null
      order by person, organisation, on_day desc, seq desc) g
  join resource r on r.rt = 'Patient' and r.id = g.person and r.content is not null
  left join lateral (
    select x->'valuePeriod'->>'start' as started, x->'valuePeriod'->>'end' as ended,
      (select w->>'valueString' from jsonb_array_elements(n->'extension') w
        where w->>'url' = 'https://gable.example/fhir/left-why' limit 1) as words
    from jsonb_array_elements(coalesce(r.content->'generalPractitioner', '[]'::jsonb)) n,
      jsonb_array_elements(coalesce(n->'extension', '[]'::jsonb)) x
    where n->>'reference' = 'Organization/' || g.organisation and x->>'url' = 'https://gable.example/fhir/registered'
    order by x->'valuePeriod'->>'end' nulls first limit 1) said on true
  cross join lateral (select
    case when r.content->>'deceasedDateTime' is not null then substring(r.content->>'deceasedDateTime' from 1 for 10)
      when r.content->>'deceasedBoolean' = 'true' then to_char(now(), 'YYYY-MM-DD') end as death) d
  cross join lateral (select coalesce(d.death, said.ended) as ended, said.started, d.death is not null as died,
    case when d.death is null then said.words end as words) e
  where g.kind = 'joined' and e.ended <= to_char(now(), 'YYYY-MM-DD');
update registration g set taken_back = now() from ended e where g.seq = e.seq and e.known_on > e.ended;
insert into registration (person, organisation, kind, why, on_day, source, at)
  select person, organisation, 'joined', case when started is null then joined_why else 'registered' end,
    least(coalesce(started, ended), ended), 'record', now()
  from ended where known_on > ended;
insert into registration (person, organisation, kind, why, words, on_day, source, at)
  select person, organisation, 'left', case when died then 'died'
      when lower(words) ~ '^(dea|d)$|death|died|deceased' then 'died'
      when lower(words) ~ '^(emb|cga|eme)$|abroad|embark|emigrat|overseas' then 'moved-abroad'
      when lower(words) ~ '^(sct|nit)$|moved (away|out)|out of area|outside|new address|area' then 'moved-area'
      when lower(words) ~ '(other|new|another|different|change of|internal).*(practice|gp|surgery)|transfer' then 'moved-practice'
      else 'other' end, words, ended, 'record', now()
  from ended;
drop table ended;
update registration g set taken_back = now()
  where g.kind = 'joined' and g.why = 'registered' and g.source = 'record' and g.taken_back is null and exists (
    select 1 from registration f where f.person = g.person and f.organisation = g.organisation and f.kind = g.kind
      and f.why = g.why and f.source = g.source and f.on_day = g.on_day and f.taken_back is null and f.seq < g.seq);
`
