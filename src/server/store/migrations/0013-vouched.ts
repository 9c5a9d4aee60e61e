/**
 * A place by name opens what is restricted only when it was given by somebody who may come into that herself. What stood
 * before this was known keeps its word.
 */
const setting = (name: string) => `(select nullif(current_setting('gable.${name}', true), ''))`

const isNamed = `(l.agent = ${setting('practitioner')} and l.vouched)`
const isMine = `(${isNamed} or ((l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})
  and l.person not in (select s.person from relation s where s.kind = 'sealed')))`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`

const guarded = ['resource', 'history', 'idx', 'sp', 'ref', 'change', 'person_row']

const byWord = (table: string) => `
alter policy ${table}_staff on ${table} using (
  person is null or exists (
    select 1 from relation l where l.person = ${table}.person and ${holds} and ${isMine}
      and (${table}.room not in ('restricted', 'sealed') or ${isNamed})${
        table === 'person_row' ? '' : ' offset 0'
      }));`

export const sql0013Vouched = `
alter table relation add column vouched boolean not null default true;
${guarded.map(byWord).join('\n')}
`
