/**
 * What managers did about needs that nobody could meet, by kind and place: each change of the words is a row of its own, so
 * that what stood before can be read. No names of people. Row-level security without a policy or a grant: the service alone reads and writes it.
 */
export const sql0074UnmetDeeds = `
create table unmet_deed (
  id text not null,
  version integer not null,
  kind text not null,
  place text not null,
  words text not null,
  written_by text not null,
  organisation text not null,
  at timestamptz not null,
  primary key (id, version)
);
alter table unmet_deed enable row level security;
`
