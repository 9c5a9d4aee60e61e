/**
 * One typed row a person, worked out from the records on each write: what worklists filter, count and order by.
 * `search` is the name in plain lower-case words and the numbers, a space before each. `rank` is our own ordering.
 * Scores are null when nothing is coded; `worked_out` is the day that ages and the twelve months were taken from.
 */
export const sql0003PersonRow = `
create table person_row (
  person text primary key,
  room text not null default 'record',
  family text,
  given text,
  title text,
  search text not null,
  birth_date text,
  deceased boolean not null,
  nhs text,
  charlson integer,
  frailty integer,
  band text,
  admissions integer not null,
  medicines integer not null,
  conditions text[] not null,
  unmapped integer not null,
  coded boolean not null,
  case_id text,
  case_status text,
  coordinator text,
  not_now text,
  rank integer not null,
  worked_out date not null
);
create index person_row_rank on person_row (rank desc, person);
`
