-- Gives the audit log a separate owner, so that Gable's own login can add to it but cannot change or remove entries.
-- Run by a superuser in Gable's database; it can be repeated. database.sql runs it too.
--   psql --dbname=gable --file=deploy/trail.sql
-- Existing tables are handed over at once; tables that a later start of Gable creates, by that start.

do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'gable_trail') then
    create role gable_trail nologin;
  end if;
end $$;

create schema if not exists gable_keeper;
revoke all on schema gable_keeper from public;

create or replace function gable_keeper.guard_trail() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  app name := (select pg_get_userbyid(datdba) from pg_database where datname = current_database());
  each text;
begin
  if to_regclass('trail.audit') is null then return; end if;
  if (select rolsuper from pg_roles where rolname = app) or pg_has_role(app, 'gable_trail', 'member') then
    raise exception 'The owner of the database, %, could always become the owner of the trail: let a login without such rights own it', app;
  end if;
  -- starts take turns; only objects with another owner are altered, because altering waits for readers (such as a dump)
  perform pg_advisory_xact_lock(hashtext('gable_keeper.guard_trail'));
  if exists (select 1 from pg_namespace where nspname = 'trail' and nspowner <> 'gable_trail'::regrole) then
    alter schema trail owner to gable_trail;
  end if;
  for each in select c.oid::regclass::text from pg_class c
    where c.relnamespace = 'trail'::regnamespace and c.relkind in ('r', 'p') and c.relowner <> 'gable_trail'::regrole loop
    execute format('alter table %s owner to gable_trail', each);
  end loop;
  for each in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'trail'::regnamespace
    and p.proowner <> 'gable_trail'::regrole loop
    execute format('alter function %s owner to gable_trail', each);
  end loop;
  execute format('revoke all on all tables in schema trail from %I', app);
  execute format('revoke all on schema trail from %I', app);
  execute format('grant usage on schema trail to %I', app);
  execute format('grant select on all tables in schema trail to %I', app);
  execute format('grant select on all sequences in schema trail to %I', app);
  execute format('grant execute on all functions in schema trail to %I', app);
  if not exists (select 1 from pg_policies
    where schemaname = 'trail' and tablename = 'audit' and policyname = 'audit_service' and app = any(roles)) then
    drop policy if exists audit_service on trail.audit;
    execute format('create policy audit_service on trail.audit for select to %I using (true)', app);
  end if;
end $$;

revoke all on function gable_keeper.guard_trail() from public;
do $$ declare
  app name := (select pg_get_userbyid(datdba) from pg_database where datname = current_database());
begin
  execute format('grant usage on schema gable_keeper to %I', app);
  execute format('grant execute on function gable_keeper.guard_trail() to %I', app);
end $$;

-- Later additions to the audit log: made here if it already has its own owner, else by the service itself.
do $trail$ begin
  if to_regclass('trail.block') is null
    or not pg_has_role((select n.nspowner from pg_namespace n where n.nspname = 'trail'), 'usage') then
    return;
  end if;

  create table if not exists trail.brought (
    came timestamptz not null,
    login text not null,
    entries integer not null,
    blocks integer not null
  );

  create or replace function trail.digest(a trail.audit) returns text
    language sql stable set search_path = pg_catalog, pg_temp as $f$
    select encode(sha256(convert_to('["gable-trail-1",' || concat_ws(',', a.seq,
      to_json(to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
      to_json(a.identity), to_json(a.name), to_json(a.role), coalesce(to_json(a.agent)::text, 'null'),
      coalesce(to_json(a.organisation)::text, 'null'), to_json(a.act), to_json(a.way), to_json(a.allowed),
      coalesce(to_json(a.why)::text, 'null'),
      '[' || coalesce((select string_agg(to_json(p.one)::text, ',' order by p.at)
        from unnest(a.persons) with ordinality as p(one, at)), '') || ']',
      '[' || coalesce((select string_agg('[' || to_json(w.key)::text || ',[' || coalesce((
          select string_agg(to_json(r.one)::text, ',' order by r.at)
          from jsonb_array_elements_text(w.value) with ordinality as r(one, at)), '') || ']]', ',' order by w.key collate "C")
        from jsonb_each(a.what) as w), '') || ']',
      case when a.asked is not null or a.came is not null then coalesce(to_json(a.asked)::text, 'null') || ',' || coalesce(
        to_json(to_char(a.came at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'null') end
      ) || ']', 'UTF8')), 'hex') $f$;

  -- what the service writes; of anything else that a backup may hold the digest is taken as it is given
  create or replace function trail.is_usual(a trail.audit) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $f$
    select coalesce(array_ndims(a.persons), 1) = 1 and array_position(a.persons, null) is null
      and jsonb_typeof(a.what) = 'object'
      and not exists (select 1 from jsonb_each(a.what) w where w.key ~ '[^ -~]' or jsonb_typeof(w.value) <> 'array')
      and not jsonb_path_exists(a.what, 'strict $.*[*] ? (@.type() != "string")', '{}', true) $f$;

  create or replace function trail.row_of(a trail.audit, given json) returns text
    language sql stable set search_path = pg_catalog, pg_temp as $f$
    select '[' || a.seq || ',"' || case when trail.is_usual(a) then trail.digest(a) else (
      select r->>1 from json_array_elements(given) r where (r->>0)::bigint = a.seq) end || '"]' $f$;

  create or replace function trail.close_block(block json, tx bigint, seq bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $f$
  declare
    closed timestamptz := (block->>'at')::timestamptz;
    horizon bigint := (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint;
    last trail.block;
    stands text;
  begin
    select * into last from trail.block b order by b.number desc limit 1;
    if (block->>'number')::bigint <> coalesce(last.number, 0) + 1
      or block->>'previous' <> coalesce(last.hash, repeat('0', 64)) then
      raise exception 'The block does not follow the last one';
    end if;
    if closed not between trail.clock(closed) - interval '5 minutes' and trail.clock(closed) + interval '5 minutes' then
      raise exception 'The block is not of this moment';
    end if;
    if coalesce(last.tx, 0) > horizon then
      -- the database came here from a cluster whose transactions are numbered higher
      close_block.tx := greatest(0, horizon - 1);
      close_block.seq := 9007199254740991;
      select string_agg(trail.row_of(a, block->'rows'), ',' order by a.seq) into stands
      from trail.audit a where a.tx < horizon and not exists (
        select 1 from trail.block b, json_array_elements(b.rows) r where (r->>0)::bigint = a.seq);
    else
      if close_block.tx >= horizon then
        raise exception 'The block reaches beyond what is done';
      end if;
      select string_agg(trail.row_of(a, block->'rows'), ',' order by a.tx, a.seq) into stands
      from trail.audit a where (a.tx, a.seq) > (coalesce(last.tx, 0), coalesce(last.seq, 0))
        and (a.tx, a.seq) <= (close_block.tx, close_block.seq);
      if stands is null then
        raise exception 'The block holds nothing';
      end if;
    end if;
    stands := '[' || coalesce(stands, '') || ']';
    if block->>'hash' is distinct from encode(sha256(convert_to('["gable-trail-1",' || (block->>'number')::bigint || ',"'
      || to_char(closed at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","' || (block->>'previous') || '",'
      || stands || ']', 'UTF8')), 'hex') then
      raise exception 'The block does not say what stands in the trail';
    end if;
    insert into trail.block (number, at, entries, rows, previous, hash, tx, seq)
    values ((block->>'number')::bigint, closed, json_array_length(stands::json), stands::json, block->>'previous',
      block->>'hash', close_block.tx, close_block.seq);
  end $f$;

  create or replace function trail.bring_in(entries json) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $f$
  declare
    here timestamptz := trail.clock(null);
  begin
    insert into trail.audit (at, came, identity, name, role, agent, organisation, act, way, allowed, why, persons, what, asked)
    select e.at, here, e.identity, e.name, e.role, e.agent, e.organisation, e.act, e.way, e.allowed, e.why, e.persons, e.what, e.asked
    from json_to_recordset(entries) as e(seq bigint, at timestamptz, came timestamptz, identity text, name text, role text, agent text, organisation text, act text, way text, allowed boolean,
      why text, persons text[], what jsonb, asked text) order by e.seq;
    if json_array_length(entries) > 0 then
      insert into trail.brought (came, login, entries, blocks) values (here, session_user, json_array_length(entries), 0);
    end if;
  end $f$;

  create or replace function trail.bring_block(block json, entries json) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $f$
  declare
    last trail.block;
  begin
    select * into last from trail.block b order by b.number desc limit 1;
    if exists (select 1 from trail.audit where tx > 0) or coalesce(last.tx, 0) > 0
      or (block->>'number')::bigint <> coalesce(last.number, 0) + 1
      or block->>'previous' <> coalesce(last.hash, repeat('0', 64)) then
      raise exception 'Blocks come into an empty trail only, one after the other';
    end if;
    insert into trail.audit (seq, tx, at, came, identity, name, role, agent, organisation, act, way, allowed, why, persons, what, asked) overriding system value
    select e.seq, 0, e.at, e.came, e.identity, e.name, e.role, e.agent, e.organisation, e.act, e.way, e.allowed, e.why, e.persons, e.what, e.asked
    from json_to_recordset(entries) as e(seq bigint, at timestamptz, came timestamptz, identity text, name text, role text, agent text, organisation text, act text, way text, allowed boolean,
      why text, persons text[], what jsonb, asked text)
    join json_array_elements(block->'rows') r on (r->>0)::bigint = e.seq;
    perform setval(pg_get_serial_sequence('trail.audit', 'seq'), (select coalesce(max(a.seq), 0) + 1 from trail.audit a), false);
    insert into trail.block (number, at, entries, rows, previous, hash, tx, seq)
    values ((block->>'number')::bigint, (block->>'at')::timestamptz, json_array_length(block->'rows'), block->'rows',
      block->>'previous', block->>'hash', 0, (select coalesce(max(a.seq), 0) from trail.audit a));
    insert into trail.brought (came, login, entries, blocks)
    values (trail.clock(null), session_user, json_array_length(block->'rows'), 1);
  end $f$;

  revoke execute on all functions in schema trail from public;
end $trail$;

select gable_keeper.guard_trail();
