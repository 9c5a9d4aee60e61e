/**
 * Lines of activity and cost that others send, one row each: a million of them are too many to be records of their own
 * (decision 28). `cost` is in hundredths; null is not known. What could not be linked to a person stands in
 * `feed_refusal`, without a number of a person. `cost` of a person’s row is that of the twelve whole months before
 * `cost_count`, in one currency; `outside` the latest value of each score from elsewhere. Read by the service alone,
 * after it has checked who may see the person.
 */
export const sql0043Feeds = `
create table activity_line (
  source text not null,
  line text not null,
  person text not null,
  kind text not null,
  started date not null,
  ended date,
  emergency boolean not null,
  code text,
  provider text,
  cost bigint,
  currency text,
  received date not null,
  cancelled boolean not null,
  primary key (source, line)
);
create index activity_line_person on activity_line (person, started);
create table feed_source (
  source text primary key,
  layout text not null,
  received date not null,
  imported_by text not null,
  imported_at timestamptz not null
);
create table feed_refusal (
  source text not null,
  line text not null,
  place integer not null,
  reason text not null,
  received date not null,
  primary key (source, line)
);
create table cost_count (
  one boolean primary key default true check (one),
  month date not null
);
create table outside_instrument (
  instrument text primary key,
  direction text not null,
  set_by text not null,
  at timestamptz not null
);
alter table activity_line enable row level security;
alter table feed_source enable row level security;
alter table feed_refusal enable row level security;
alter table cost_count enable row level security;
alter table outside_instrument enable row level security;
alter table person_row
  add column cost bigint,
  add column cost_currency text,
  add column cost_lines integer not null default 0,
  add column cost_missing integer not null default 0,
  add column outside jsonb not null default '{}';
`
