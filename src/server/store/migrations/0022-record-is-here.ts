/**
 * Whether a record of somebody is here, whoever asks: a link to one that is not here is shown, and found, as it was
 * brought; one to a record that is out of reach is not. Who reads under a role of row security cannot tell the two apart.
 */
export const sql0022RecordIsHere = `
create function record_is_here(type text, named text) returns boolean
  language sql stable security definer set search_path = public, pg_temp as
  $$ select exists (select 1 from resource r where r.rt = type and r.id = named and r.person is not null) $$;
revoke execute on function record_is_here(text, text) from public;
grant execute on function record_is_here(text, text) to gable_all, gable_staff, gable_listed, gable_none;
`
