/**
 * Who is on the list of which practice since when, and why they left (decision record 30). Rows are added, and at most
 * marked as taken back; none is changed or deleted. It begins with whoever is registered now, on the day their record
 * came, because nothing older is known. Row-level security without a policy or a grant: only the service reads them,
 * within the reach of the one who asks. `possible_match`: two records that may be one person, until somebody decides.
 */
export const sql0046Registration = `
create table registration (
  seq bigserial primary key,
  person text not null,
  organisation text not null,
  kind text not null,
  why text not null,
  words text,
  on_day text not null,
  source text not null,
  list text,
  at timestamptz not null,
  taken_back timestamptz
);
create index registration_person on registration (person);
create index registration_organisation on registration (organisation, on_day);
create table registration_list (
  id text primary key,
  organisation text not null,
  on_day text not null,
  people integer not null,
  joined integer not null,
  gone integer not null,
  reason text,
  taken_by text not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by text,
  undone_why text
);
create table possible_match (
  person text not null,
  other text not null,
  at timestamptz not null,
  decision text,
  decided_by text,
  decided_at timestamptz,
  primary key (person, other)
);
create index possible_match_other on possible_match (other);
create index person_row_born on person_row (birth_date);
alter table possible_match enable row level security;
alter table registration enable row level security;
alter table registration_list enable row level security;
insert into registration (person, organisation, kind, why, on_day, source, at)
  select distinct on (l.person, l.org) l.person, l.org, 'joined', 'first-known',
    to_char(least(r.ts, (select min(h.ts) from history h where h.rt = 'Patient' and h.id = r.id)) at time zone 'UTC', 'YYYY-MM-DD'),
    'record', now()
  from relation l join resource r on r.rid = l.source_rid and r.rt = 'Patient' and r.content is not null
  where l.kind = 'registered' and l.org is not null
    and coalesce(r.content->'generalPractitioner', '[]'::jsonb) @> jsonb_build_array(jsonb_build_object('reference', 'Organization/' || l.org))
  order by l.person, l.org;
`
