/**
 * What rules of finding people ask beside what the row of a person says already: days of emergency stays of two years, deficits
 * that came in one year and in two, groups of conditions now and a year ago, whether they live alone (null: nobody
 * wrote it down) or in a care home; and which rules found them. The rows are worked out once more at the next reading.
 * Versions of rules and the log of their runs: row-level security without a policy or a grant, so that only the
 * service reads and writes them.
 */
export const sql0044Rules = `
alter table person_row
  add column stay_days text[] not null default '{}',
  add column frailty_up_1 integer,
  add column frailty_up_2 integer,
  add column groups text[] not null default '{}',
  add column groups_before text[] not null default '{}',
  add column lives_alone boolean,
  add column care_home boolean not null default false,
  add column rules text[] not null default '{}';
update person_row set changes_on = date '2000-01-01';
create table rule_version (
  rule text not null,
  version integer not null,
  edit integer not null,
  organisation text not null,
  content jsonb not null,
  primary key (rule, version)
);
create table rule_run (
  id text primary key,
  rule text not null,
  organisation text not null,
  entry jsonb not null
);
alter table rule_version enable row level security;
alter table rule_run enable row level security;
`
