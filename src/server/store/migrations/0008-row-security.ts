/**
 * Row-level security: the second net beneath `scopeSql`. What an actor asks runs under one of four roles that can read
 * and nothing else; the service itself (sessions, trail, writes that were decided before) is the owner of the tables.
 * Every table that holds something of a person has `person` and `room` and is listed in `guarded`. A table that comes
 * later is closed to the four roles until its own migration grants it and gives it policies.
 * Settings of the connection say who asks: gable.organisation, gable.practitioner, gable.rooms (JSON), gable.at.
 */
const roles = ['gable_all', 'gable_staff', 'gable_listed', 'gable_none'] as const

const guarded = ['resource', 'history', 'idx', 'sp', 'ref', 'change', 'person_row']

/** Roles belong to the whole server: another database may have made them, at this very moment too. */
const makeRole = (role: string) => `
do $$ begin
  -- asked first: whoever may not make roles is refused even one that is there
  if not exists (select 1 from pg_roles where rolname = '${role}') then
    create role ${role} nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'Gable needs the database role ${role}: make it, and grant it to %, or let % create roles', current_user, current_user;
end $$;
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant ${role} to %I', current_user);
  end if;
exception when insufficient_privilege then
  -- granted by whoever made it
  if not pg_has_role(current_user, '${role}', 'member') then
    raise exception 'Gable may not use the database role ${role}: grant it to %', current_user;
  end if;
end $$;`

const setting = (name: string) => `(select nullif(current_setting('gable.${name}', true), ''))`

/** A relation of the one who asks that still holds; \`l\` is the row of relation. */
const isMine = `(l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`

/**
 * The policies of a table with `person` and `room`. `offset 0` makes the database look each row's relations up by
 * themselves, which is quick for the records of one person; a table of one row a person is read across people: there it
 * may gather all relations first.
 */
function guardedBy(table: string): string {
  const eachByItself = table === 'person_row' ? '' : ' offset 0'
  return `
alter table ${table} enable row level security;
grant select on ${table} to ${roles.join(', ')};
create policy ${table}_all on ${table} for select to gable_all using (true);
create policy ${table}_none on ${table} for select to gable_none using (person is null);
create policy ${table}_listed on ${table} for select to gable_listed using (
  (person is null and room <> 'professional') or ((${setting('rooms')})::jsonb -> person) ? room);
create policy ${table}_staff on ${table} for select to gable_staff using (
  person is null or exists (
    select 1 from relation l where l.person = ${table}.person and ${isMine} and ${holds}${eachByItself}));`
}

/** Only one's own relations are seen: they are what the policies above look up. */
const relations = `
alter table relation enable row level security;
grant select on relation to ${roles.join(', ')};
create policy relation_all on relation for select to gable_all using (true);
create policy relation_staff on relation for select to gable_staff using (
  org = ${setting('organisation')} or agent = ${setting('practitioner')});`

/** Who looked: for the person herself, and for those who may see her record. */
const trail = `
alter table audit enable row level security;
grant select on audit to ${roles.join(', ')};
create policy audit_all on audit for select to gable_all using (true);
create policy audit_listed on audit for select to gable_listed using (
  persons && array(select jsonb_object_keys((${setting('rooms')})::jsonb)));
create policy audit_staff on audit for select to gable_staff using (exists (
  select 1 from relation l where l.person = any(audit.persons) and ${isMine} and ${holds}));`

const roomsOfValues = ['sp', 'ref'].map(
  (table) => `
alter table ${table} add column room text not null default 'professional';
update ${table} set room = r.room from resource r where r.rid = ${table}.rid;`,
)

/**
 * Under row-level security an index serves a condition only when its operator is known to tell nothing of a row by an
 * error. These two tell nothing, but only a superuser may say so; without it searches across people are slower.
 */
const leakproof = `
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
    alter function pg_catalog.textlike(text, text) leakproof;
  end if;
end $$;`

export const sql0008RowSecurity = [
  ...roles.map(makeRole),
  ...roomsOfValues,
  ...guarded.map(guardedBy),
  relations,
  trail,
  leakproof,
].join('\n')
