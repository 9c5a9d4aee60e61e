const setting = (name: string) => `current_setting('gable.${name}', true)`
const isOrdinary = `room not in ('restricted', 'sealed')`
const isNamed = `(l.agent = ${setting('practitioner')} and l.vouched)`
const works = `(l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`
export const recordReaders = 'gable_all, gable_staff, gable_listed, gable_none'

/** Who may read rows that are about a person. 0008, 0025 and 0026 say why it is so; `resource` and `link` are under it. */
export const recordPolicies = (table: string): string => `
alter table ${table} enable row level security;
grant select on ${table} to ${recordReaders};
create policy ${table}_all on ${table} for select to gable_all using (true);
create policy ${table}_none on ${table} for select to gable_none using (person is null);
create policy ${table}_listed on ${table} for select to gable_listed using (
  (person is null and room <> 'professional')
  or (nullif(${setting('rooms')}, '')::jsonb -> person) ? room);
create policy ${table}_staff on ${table} for select to gable_staff using (
  person is null or case when ${setting('many')} = 'on' then
    (${isOrdinary} and person in (select people_reached(false)))
    or person in (select people_reached(true))
  else exists (
    select 1 from relation l where l.person = ${table}.person and ${holds} and (
      ${isNamed} or (${table}.${isOrdinary} and ${works}
        and l.person not in (select s.person from relation s where s.kind = 'sealed'))))
  end);`
