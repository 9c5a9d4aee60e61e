/**
 * Messages from hospitals as they came. `taken` ones make the stay when read together, so that order does not matter;
 * `aside` ones wait with their reason; `dismissed` ones were closed with a reason by an administrator. One row for each
 * content under a message id. They hold words about people who may not be on record here, so no actor's
 * database role may read this table: the service itself does, and shows it to the administrator.
 */
export const sql0009Hl7Message = `
create table hl7_message (
  seq bigint generated always as identity primary key,
  facility text not null,
  message_id text not null,
  digest text not null,
  kind text not null,
  at timestamptz not null,
  brought_by text not null,
  raw text not null,
  state text not null check (state in ('taken', 'aside', 'dismissed')),
  reason text,
  nhs text,
  visit text,
  person text,
  closed_by text,
  closed_at timestamptz,
  closed_why text,
  unique (facility, message_id, digest)
);
create index hl7_message_visit on hl7_message (visit) where state = 'taken';
create index hl7_message_aside on hl7_message (state, seq desc) where state <> 'taken';
create index hl7_message_nhs on hl7_message (nhs) where state = 'aside';
alter table hl7_message enable row level security;
`
