/**
 * The link of a printed emergency card: only the hash of its token, whose it is, and until when it works. One link of a
 * person is open at a time. Row-level security without a policy or a grant: no role of an actor reads it, only the service.
 */
export const sql0029CardLink = `
create table card_link (
  id text primary key,
  person text not null,
  token_hash text not null unique,
  made timestamptz not null,
  made_by text not null,
  expires timestamptz not null,
  ended timestamptz,
  ended_by text
);
create unique index card_link_open on card_link (person) where ended is null;
alter table card_link enable row level security;
`
