import { readFileSync } from 'node:fs'
import { migrations } from '#server/migrate.ts'
import type { Sql } from '#server/store/sql.ts'
import { dayFromToday } from '#test-support/clock.ts'

/** How many migrations the version before teams had. */
const had = 6

type Line = { table: string; row: Record<string, unknown> }

/**
 * Turns a bare database into what the version before teams left behind: only its migrations, and rows that this
 * version wrote and that were taken from its tables (commit ac72e11, `previous-version.ndjson`).
 */
export async function leaveByPreviousVersion(sql: Sql): Promise<void> {
  await sql.script(
    'create table migration (number integer primary key, name text not null, ts timestamptz not null default now())',
  )
  for (const { script } of migrations.slice(0, had)) await sql.script(script)
  const byTable = Map.groupBy(lines(), ({ table }) => table)
  for (const [table, rows] of byTable)
    await sql.query(
      `insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, $1::json)`,
      [JSON.stringify(rows.map(({ row }) => row))],
    )
  for (const [table, key] of Object.entries({ resource: 'rid', change: 'seq', audit: 'seq' }))
    await sql.query(
      `select setval(pg_get_serial_sequence('${table}', '${key}'), (select max(${key}) from ${table}))`,
    )
}

function lines(): readonly Line[] {
  const text = readFileSync(new URL('./previous-version.ndjson', import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

const between = {
  meta: { security: [{ system: 'https://gable.example/codes', code: 'professional-only' }] },
}
const named = (resourceType: string, id: string, more: object) => ({ resourceType, id, ...more })
const about = (reference: string) => ({
  extension: [{ url: 'https://gable.example/fhir/about', valueReference: { reference } }],
})

/**
 * Turns a bare database into what the version before 0021 left: with a person’s records in the rooms where that
 * version put them.
 */
export async function leaveHidden(sql: Sql, person: string): Promise<void> {
  await sql.script(
    'create table migration (number integer primary key, name text not null, ts timestamptz not null default now())',
  )
  for (const [at, { name, script }] of migrations.slice(0, 20).entries()) {
    await sql.script(script)
    await sql.query('insert into migration (number, name) values ($1, $2)', [at + 1, name])
  }
  const subject = { reference: `Patient/${person}` }
  const nurse = { reference: 'Practitioner/amina-yusuf' }
  const goal = { lifecycleStatus: 'active', description: { text: 'To walk' }, subject }
  const ofNote = about('Communication/note')
  const records = [
    [named('Patient', person, {}), 'me'],
    [named('Communication', 'note', { ...between, subject, sender: nurse }), 'professional'],
    [named('Goal', 'goal', { ...goal, ...ofNote }), 'professional'],
    [named('CareTeam', 'team', { subject, status: 'active', ...ofNote }), 'professional'],
    [
      named('Consent', 'consent', { patient: subject, status: 'active', ...ofNote }),
      'professional',
    ],
    [
      named('Task', 'promise', { for: subject, intent: 'order', status: 'requested', ...ofNote }),
      'sealed',
    ],
    [
      named('Communication', 'to-her', { subject, recipient: [subject], ...ofNote }),
      'professional',
    ],
    [
      named('Communication', 'on-goal', { subject, sender: nurse, ...about('Goal/goal') }),
      'professional',
    ],
    [
      named('Provenance', 'of-goal', {
        target: [{ reference: 'Goal/goal' }],
        agent: [{ who: nurse }],
      }),
      'professional',
    ],
    [named('Goal', 'labelled', { ...goal, ...between }), 'professional'],
    [named('Communication', 'on-note', { subject, sender: nurse, ...ofNote }), 'professional'],
  ] as const
  for (const [content, room] of records) {
    const row = [content.resourceType, content.id, person, room, JSON.stringify(content)]
    await sql.query(
      `with kept as (
         insert into resource (rt, id, vid, ts, person, room, content) values ($1, $2, 2, now(), $3, $4, $5::jsonb) returning rid
       ), found as (
         insert into idx (rid, rt, id, person, room, ts, tok) select rid, $1, $2, $3, $4, now(), '{}' from kept
       ) insert into history (rt, id, vid, ts, person, room, content) values ($1, $2, 1, now(), $3, $4, $5::jsonb)`,
      row,
    )
  }
}

/** The version uses the machine's clock while it starts. */
const daysAgo = (days: number) => dayFromToday(-days)

/**
 * Answers to item 9 of PHQ-9 as the previous version stored them, without reacting; the day of the one that is the
 * last word.
 */
export async function leaveAnswers(sql: Sql): Promise<string> {
  const answers = (id: string, person: string, authored: string, code = 'LA6571-9') => ({
    ...{ resourceType: 'QuestionnaireResponse', id, status: 'completed', authored },
    subject: { reference: `Patient/${person}` },
    item: [{ linkId: '44260-8', answer: [{ valueCoding: { system: 'http://loinc.org', code } }] }],
  })
  const closed = {
    ...{ resourceType: 'Flag', id: 'safety-closed', status: 'inactive', code: { text: 'Seen' } },
    subject: { reference: 'Patient/one' },
  }
  const dead = { resourceType: 'Patient', id: 'dead', deceasedBoolean: true }
  const people = ['one', 'two', 'three'].map((id) => ({ resourceType: 'Patient', id }))
  const records = [
    ...[...people, dead, closed],
    ...[answers('closed', 'one', daysAgo(3)), answers('last-week', 'one', daysAgo(7))],
    ...[answers('overtaken', 'two', daysAgo(300)), answers('the-last-word', 'two', daysAgo(200))],
    ...[answers('of-another', 'three', daysAgo(1)), answers('long-ago', 'three', daysAgo(900))],
    ...[
      answers('not-at-all', 'three', daysAgo(2), 'LA6568-5'),
      answers('of-the-dead', 'dead', daysAgo(2)),
    ],
  ]
  for (const { resourceType, id, ...rest } of records) {
    const content = { resourceType, id, ...rest }
    const person =
      resourceType === 'Patient' ? id : String(JSON.stringify(rest).match(/Patient\/(\w+)/)?.[1])
    await sql.query(
      `insert into resource (rt, id, vid, ts, person, room, content, brought)
       values ($1, $2, 1, now(), $3, 'record', $4::jsonb, true)`,
      [resourceType, id, person, JSON.stringify(content)],
    )
  }
  return daysAgo(200)
}
