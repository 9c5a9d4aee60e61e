/**
 * The trail is closed in blocks, each chained to the one before. `tx` is the transaction that wrote an entry: below the
 * oldest one still running nothing can appear any more. `rows` lists each entry with its digest (`[seq, hex]`), so that
 * a check can name the one that is wrong. `trail_place` says how far the blocks reach; it belongs to this database
 * cluster, not to the chain. Entries of before get the number of this very transaction and come into the first block.
 */
export const sql0007TrailBlock = `
alter table audit add column tx bigint not null default (pg_current_xact_id()::text)::bigint;
create index audit_tx on audit (tx, seq);
create table trail_block (
  number bigint primary key,
  at timestamptz not null,
  entries integer not null,
  rows json not null,
  previous text not null,
  hash text not null
);
create table trail_place (
  one boolean primary key default true check (one),
  tx bigint not null,
  seq bigint not null
);
`
