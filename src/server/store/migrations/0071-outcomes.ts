/**
 * Results of measures, by version, organisation and month: numbers of people and of what was done for them, and no people.
 * `origin` says whether they were counted here, evaluated from a measure in CQL, or came with an import or the practice copy; only
 * what was counted here is counted again. `measure_due` holds the months that changed records touch, until they are counted again, and how
 * far changes and feeds have been looked at (organisation '*'). The log of the runs says what was counted when. Row-level security without
 * a policy or a grant: only the service reads and writes them, because small numbers are hidden by rules that see all of them.
 */
export const sql0071Outcomes = `
create table measure_result (
  measure text not null,
  version text not null,
  organisation text not null,
  month text not null,
  numerator bigint not null,
  denominator bigint not null,
  not_asked integer not null default 0,
  left_out integer not null default 0,
  origin text not null,
  primary key (measure, version, organisation, month)
);
create table measure_due (
  organisation text not null,
  month text not null,
  since bigint not null default 0,
  primary key (organisation, month)
);
create table measure_run (
  at timestamptz not null,
  id text not null,
  measure text not null,
  version text not null,
  organisation text not null,
  month_from text not null,
  month_to text not null,
  months integer not null,
  people integer not null,
  took_ms integer not null,
  reason text not null,
  run_by text not null,
  primary key (at, id)
);
alter table measure_result enable row level security;
alter table measure_due enable row level security;
alter table measure_run enable row level security;
`
