/**
 * Access by name. A relation through a PractitionerRole remembers the role and until when it would last without it, so
 * that an ended role ends it. A row of the kind `sealed` marks a person whose whole record is restricted. Whoever
 * brought a person in keeps the relation only while no organisation is named as hers.
 */
const setting = (name: string) => `(select nullif(current_setting('gable.${name}', true), ''))`

/** What `scopeSql` asks, asked beneath it too: where somebody works opens nothing that is restricted. */
const isMine = `(l.agent = ${setting('practitioner')} or (l.org = ${setting('organisation')}
  and l.person not in (select s.person from relation s where s.kind = 'sealed')))`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`

const guarded = ['resource', 'history', 'idx', 'sp', 'ref', 'change', 'person_row']

/** The lookup stays row by row, as it was made, but for the table that has one row a person. */
const namedOnly = (table: string) => `
alter policy ${table}_staff on ${table} using (
  person is null or exists (
    select 1 from relation l where l.person = ${table}.person and ${holds} and ${isMine}
      and (${table}.room not in ('restricted', 'sealed') or l.agent = ${setting('practitioner')})${
        table === 'person_row' ? '' : ' offset 0'
      }));`

export const sql0011NamedAccess = `
alter table relation add column role text;
alter table relation add column own_until timestamptz;
create index relation_role on relation (role) where role is not null;
create index relation_sealed on relation (person) where kind = 'sealed';
delete from relation c using relation r
  where c.kind = 'custodian' and r.kind = 'registered' and r.org is not null and r.person = c.person;
update resource p set room = 'professional' where p.rt = 'Provenance' and p.room = 'roof'
  and exists (select 1 from jsonb_array_elements(p.content->'target') t
    join resource r on r.rt = split_part(t->>'reference', '/', 1) and r.id = split_part(t->>'reference', '/', 2)
    where r.room = 'professional');
update idx i set room = p.room from resource p where p.rid = i.rid and p.rt = 'Provenance' and i.room <> p.room;
create policy relation_sealed on relation for select to gable_staff using (kind = 'sealed');
${guarded.map(namedOnly).join('\n')}
`
