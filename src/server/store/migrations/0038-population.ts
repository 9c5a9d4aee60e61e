/**
 * Emergency stays and nights of the year before the last twelve months, to say who still needs hospital as much; the
 * rows of people are worked out once more at the next reading. And how many people a coordinator can look after: each
 * entry with who made it and when, the latest counts. No role of an actor in the database can read it, only the service.
 */
export const sql0038Population = `
alter table person_row
  add column stays_before integer not null default 0,
  add column bed_days_before integer not null default 0;
update person_row set changes_on = date '2000-01-01';
create table coordinator_places (
  organisation text not null,
  coordinator text not null,
  places integer not null,
  set_by text not null,
  at timestamptz not null,
  primary key (organisation, coordinator, at)
);
alter table coordinator_places enable row level security;
`
