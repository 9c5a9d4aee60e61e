-- Gives the trail of who looked and wrote an owner of its own, so that Gable's own login can add to it and change or
-- remove nothing. Run by a superuser in Gable's database; as often as you like. database.sql runs it too.
--   psql --dbname=gable --file=deploy/trail.sql
-- What is there already is handed over at once; what a later start of Gable makes, by that start.

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
  -- one start after another; and only what has another owner is altered, for that waits for whoever reads (a dump)
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

select gable_keeper.guard_trail();
