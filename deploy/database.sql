-- Makes what Gable needs in a PostgreSQL, once, as a superuser:
--   psql --set=password="$GABLE_DATABASE_PASSWORD" --file=deploy/database.sql
-- Gable signs in as a role that is no superuser and cannot go past row-level security on what it reads for somebody.
\set ON_ERROR_STOP on
create role gable login nosuperuser nocreatedb nocreaterole password :'password';

-- what somebody who reads stands under: they own nothing, cannot sign in, and can only read
create role gable_all nologin;
create role gable_staff nologin;
create role gable_listed nologin;
create role gable_none nologin;
grant gable_all, gable_staff, gable_listed, gable_none to gable;

create database gable owner gable encoding 'UTF8' template template0;
\connect gable
-- these two operators tell nothing of a row by an error: their indexes may serve under row-level security too
alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
alter function pg_catalog.textlike(text, text) leakproof;
revoke all on schema public from public;
grant usage on schema public to gable_all, gable_staff, gable_listed, gable_none;
alter schema public owner to gable;

-- the trail of who looked and wrote gets an owner of its own
\ir trail.sql
