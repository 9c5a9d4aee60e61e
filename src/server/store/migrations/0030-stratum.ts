/**
 * Whom a person is like, today and a year ago, and what became of those who were alike: see `domain/stratification`.
 * `chance_of` holds one row for each likeness, counted from everybody once a day; it says nothing about one person, so
 * everybody who may list people may read it. `chance_count` has one row: when, from how
 * many people, and whether most of them could be given a chance. The rows of
 * people are worked out once more at the next reading.
 */
export const sql0030Stratum = `
alter table person_row
  add column likeness text,
  add column likeness_before text,
  add column stayed_since boolean,
  add column stays integer not null default 0,
  add column bed_days integer not null default 0,
  add column segment text not null default 'unknown',
  add column subsegment text not null default 'unknown',
  add column changeable text[] not null default '{}',
  add column persistent boolean not null default false,
  add column deprivation integer,
  add column ethnicity text,
  add column language text,
  add column gender text,
  add column last_contact text,
  add column chance integer,
  add column chance_before integer;
update person_row set changes_on = date '2000-01-01';
create index person_row_chance on person_row (chance desc, person) where chance is not null;
create table chance_of (
  likeness text primary key,
  per100 integer not null,
  low integer not null,
  high integer not null,
  people integer not null,
  compared text not null
);
create table chance_count (
  one boolean primary key default true check (one),
  day date not null,
  people integer not null,
  enough boolean not null default false
);
alter table chance_of enable row level security;
alter table chance_count enable row level security;
grant select on chance_of, chance_count to gable_all, gable_staff;
create policy chance_of_read on chance_of for select to gable_all, gable_staff using (true);
create policy chance_count_read on chance_count for select to gable_all, gable_staff using (true);
`
