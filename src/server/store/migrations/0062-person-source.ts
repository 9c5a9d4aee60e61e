/**
 * Where the records of each person came from, how many they are and when the last came, so that how good the data is can
 * be said without reading records. It is counted when somebody asks; `person_stale` names whom it must be counted for
 * again, and one person may stand there twice. No role of an actor reads either: the service does, for the people whom
 * somebody may see.
 */
export const sql0062PersonSource = `
create table person_source (
  person text primary key,
  source text not null,
  org text,
  written timestamptz not null,
  lacks text[] not null,
  records jsonb not null
);
create table person_stale (person text not null);
create index person_stale_person on person_stale (person);
insert into person_stale select person from person_row;
alter table person_source enable row level security;
alter table person_stale enable row level security;
`
