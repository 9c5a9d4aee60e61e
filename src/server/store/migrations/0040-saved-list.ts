/**
 * Filters of “Find people” under a name, and which people a reader had seen in one when they last marked it. Both are notes
 * of users and no records of people: row-level security without a policy or a grant, so that only the service reads
 * them, for the one who asks.
 */
export const sql0040SavedList = `
create table saved_list (
  id text primary key,
  owner text not null,
  owner_name text not null,
  organisation text not null,
  name text not null,
  shared boolean not null,
  filters jsonb not null,
  deleted boolean not null default false
);
create index saved_list_owner on saved_list (owner);
create index saved_list_organisation on saved_list (organisation) where shared;
create table list_seen (
  agent text not null,
  list text not null,
  at timestamptz not null,
  people text[] not null,
  primary key (agent, list)
);
alter table saved_list enable row level security;
alter table list_seen enable row level security;
`
