/**
 * The record store. `resource` holds what stands now (content null: deleted), `history` what it superseded.
 * `idx` is one narrow row a live record with its hashed tokens; `sp` strings, dates, numbers; `ref` what it refers to.
 * Every table carries the person and the organisation: scopes filter by them, and a distributed PostgreSQL shards by them.
 * person '*' marks records about several people or nobody known: only a scope over everyone reaches them.
 */
export const sql0001Store = `
create table resource (
  rid bigint generated always as identity primary key,
  rt text not null,
  id text not null,
  vid integer not null,
  ts timestamptz not null,
  person text,
  org text,
  room text not null,
  content jsonb,
  unique (rt, id)
);
create index resource_ts on resource (ts desc);
create index resource_person on resource (person, rt);

create table history (
  rt text not null,
  id text not null,
  vid integer not null,
  ts timestamptz not null,
  person text,
  org text,
  room text not null,
  content jsonb,
  primary key (rt, id, vid)
);
create index history_ts on history (ts desc);
create index history_person on history (person);

create table idx (
  rid bigint primary key,
  rt text not null,
  id text not null,
  person text,
  org text,
  room text not null,
  ts timestamptz not null,
  dt double precision,
  tok bigint[] not null
);
create index idx_tok on idx using gin (tok);
create index idx_id on idx (rt, id);
create index idx_person on idx (person, rt, dt desc);
create index idx_dt on idx (rt, dt desc);
create index idx_ts on idx (rt, ts desc);

create table sp (
  rid bigint not null,
  key integer not null,
  person text,
  org text,
  s text collate "C",
  x text,
  lo double precision,
  hi double precision
);
create index sp_rid on sp (rid, key);
create index sp_s on sp (key, s) where s is not null;
create index sp_lo on sp (key, lo) where lo is not null;

create table ref (
  rid bigint not null,
  key integer not null,
  person text,
  org text,
  rt text not null,
  code text not null,
  to_rt text not null,
  to_id text not null
);
create index ref_rid on ref (rid, key);
create index ref_to on ref (to_id, to_rt, key);

create table relation (
  person text not null,
  source_rid bigint not null,
  kind text not null,
  org text,
  agent text,
  until timestamptz
);
create index relation_source on relation (source_rid);
create index relation_person on relation (person);
create index relation_org on relation (org, person);
create index relation_agent on relation (agent, person);

create table change (
  seq bigint generated always as identity primary key,
  rt text not null,
  id text not null,
  vid integer not null,
  person text,
  org text,
  room text not null,
  ts timestamptz not null
);
`
