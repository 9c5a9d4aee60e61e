-- Creates what Gable needs in PostgreSQL. Run it once, as a superuser:
--   psql --set=password="$GABLE_DATABASE_PASSWORD" --file=deploy/database.sql
-- Gable signs in as a role that is not a superuser; what it reads for a user is limited by row-level security.
\set ON_ERROR_STOP on
create role gable login nosuperuser nocreatedb nocreaterole password :'password';

-- the roles for reading: they own nothing, cannot sign in, and can only read
create role gable_all nologin;
create role gable_staff nologin;
create role gable_listed nologin;
create role gable_none nologin;
grant gable_all, gable_staff, gable_listed, gable_none to gable;

create database gable owner gable encoding 'UTF8' template template0;
\connect gable
-- errors of these two operators reveal nothing about a row, so their indexes can be used under row-level security
alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
alter function pg_catalog.textlike(text, text) leakproof;
revoke all on schema public from public;
grant usage on schema public to gable_all, gable_staff, gable_listed, gable_none;
alter schema public owner to gable;

-- the audit log gets a separate owner
\ir trail.sql
