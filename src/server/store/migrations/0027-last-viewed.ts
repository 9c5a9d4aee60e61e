/**
 * When somebody last looked at a room of a person’s plan: for “since you last looked”, on every device. It is that
 * reader’s own note and no record of the person. Row-level security without a policy or a grant: no role of an actor reads
 * it, only the service, for the one who asks.
 */
export const sql0027LastViewed = `
create table last_viewed (
  agent text not null,
  person text not null,
  room text not null,
  at timestamptz not null,
  primary key (agent, person, room)
);
alter table last_viewed enable row level security;
`
