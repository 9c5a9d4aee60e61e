const setting = (name: string) => `current_setting('gable.${name}', true)`
const isOrdinary = `room not in ('restricted', 'sealed')`
const isNamed = `(l.agent = ${setting('practitioner')} and l.vouched)`
const works = `(l.org = ${setting('organisation')} or l.agent = ${setting('practitioner')})`
const holds = `(l.until is null or l.until > ${setting('at')}::timestamptz)`

const guarded = ['resource', 'history', 'idx', 'sp', 'ref', 'change']

/**
 * Who has many tasks, referrals and teams has as many relations. A statement that reads few rows looks for the first
 * that opens a row, instead of reading all of them for each row. What is seen is the same.
 */
const byFirst = (table: string) => `
alter policy ${table}_staff on ${table} using (
  person is null or case when ${setting('many')} = 'on' then
    (${isOrdinary} and person in (select people_reached(false)))
    or person in (select people_reached(true))
  else exists (
    select 1 from relation l where l.person = ${table}.person and ${holds} and (
      ${isNamed} or (${table}.${isOrdinary} and ${works}
        and l.person not in (select s.person from relation s where s.kind = 'sealed'))))
  end);`

export const sql0026FirstRelation = guarded.map(byFirst).join('\n')
