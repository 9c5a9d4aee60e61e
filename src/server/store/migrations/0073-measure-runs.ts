/**
 * Runs of a measure in CQL over everybody an organisation looks after, and what the last one said of each. Both can be worked
 * out again from the records, so that no backup holds them. Read by the service alone, because they name people.
 */
export const sql0073MeasureRuns = `
create table cql_run (
  id text primary key, place bigint generated always as identity, measure text not null, version text not null, organisation text not null,
  period_start date not null, period_end date not null, on_day date not null, started_at timestamptz not null,
  state text not null, after text not null default '', done integer not null default 0, total integer not null default 0,
  left_out integer not null default 0, numerator integer not null default 0, denominator integer not null default 0,
  words text not null default '');
create index cql_run_of on cql_run (organisation, measure, place);
alter table cql_run enable row level security;
create table cql_result (
  run text not null references cql_run (id) on delete cascade, person text not null, standing text not null, why text not null,
  primary key (run, person));
alter table cql_result enable row level security;
`
