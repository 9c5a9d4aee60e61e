import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { livedAt } from '#demo-data/lived-at.ts'
import { answerIn } from '#domain/agreement/fhir.ts'
import { addDays, dayWritten } from '#domain/calendar/days.ts'
import { writtenFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { testDay } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { seedPopulation } from './seed-demo.ts'

type Row = Readonly<{ rt: string; id: string; vid: number; ts: string; content: string }>
type Version = Readonly<{ name: string; vid: number; at: string; record: Resource }>

async function allVersions(sql: Sql): Promise<readonly Version[]> {
  const { rows } = await sql.query<Row>(
    `select rt, id, vid, ts, content from resource
     union all select rt, id, vid, ts, content from history order by vid`,
  )
  return rows.map(({ rt, id, vid, ts, content }) => ({
    ...{ name: `${rt}/${id}`, vid: Number(vid), at: new Date(ts).toISOString() },
    record: storedRecord<Resource>(content),
  }))
}

const targetOf = ({ name, vid }: Version) => `${name}/_history/${vid}`
const isSameDay = (one: string, other: string) => dayWritten(one) === dayWritten(other)

/** The first version was stored when the record says that it was written, and each one when its mark says so. */
function againstStored(version: Version): readonly string[] {
  const { record, vid, at } = version
  const lived = vid === 1 ? livedAt(record) : undefined
  const marked = writtenFrom(record as never, undefined)?.at
  return [lived, marked]
    .filter((said) => said !== undefined && !isSameDay(said, at))
    .map((said) => `${targetOf(version)} says ${said}, and was stored ${at}`)
}

/** What is planned, due or ends may lie ahead; nothing else does. Forms belong to nobody, and have their own day. */
const ahead =
  /dueDate|restriction|review-on|provision|for-conversation|callBackOn|answer-by|learning-cycle extension \d+ until|^Appointment|^Questionnaire\b/

function beyond(version: Version, today: string): readonly string[] {
  return daysIn(version.record, [version.name])
    .filter(([path, day]) => day > today && !ahead.test(path))
    .map(([path, day]) => `${path} is ${day}, after ${today}`)
}

/** The days in a record, with the name of the element in which each stands. */
function daysIn(
  value: unknown,
  path: readonly string[],
): readonly (readonly [path: string, day: string])[] {
  if (typeof value === 'string')
    return /^\d{4}-\d\d-\d\d(T|$)/.test(value) ? [[path.join(' '), dayWritten(value)]] : []
  if (typeof value !== 'object' || value === null) return []
  const url = 'url' in value ? [String(value.url)] : []
  return Object.entries(value).flatMap(([key, each]) => daysIn(each, [...path, ...url, key]))
}

/** An answer comes after its version; whatever else tells of a version is of its day; and both were stored then. */
function againstTargets(version: Version, made: ReadonlyMap<string, string>): readonly string[] {
  const { record, at } = version
  if (record.resourceType !== 'Provenance') return []
  const { recorded, target } = record
  const isAnswer = answerIn(record) !== undefined
  const isTrue = (of: string) => (isAnswer ? recorded >= of : isSameDay(recorded, of))
  const wrong = target.filter(({ reference = '' }) => !isTrue(made.get(reference) ?? recorded))
  return [
    ...wrong.map(({ reference }) => `${targetOf(version)} of ${recorded} is about ${reference}`),
    ...(Date.parse(recorded) === Date.parse(at) ? [] : [`${targetOf(version)} was stored ${at}`]),
  ]
}

eachStore('The dates of the demonstration', (open) => {
  // as if it had been started on other days: beside a leap day, and where the clocks change
  const days = [testDay, addDays(testDay, -1), '2024-03-01', '2024-11-03']

  test.each(days)('tell one story if it is started on %s', async (day) => {
    const { sql } = await open()
    await seedPopulation(sql, { people: 150, asOf: day })
    const versions = await allVersions(sql)
    const made = new Map(versions.map((each) => [targetOf(each), each.at]))
    const faults = versions.flatMap((each) => [
      ...againstStored(each),
      ...beyond(each, day),
      ...againstTargets(each, made),
    ])
    expect(faults).toEqual([])
    const { rows: ofRules } = await sql.query<{ at: string }>(
      `select entry->>'at' as at from rule_run union all select content->'asked'->>'at' from rule_version`,
    )
    expect(ofRules.map(({ at }) => dayWritten(at)).filter((at) => at > day)).toEqual([])
    expect(ofRules.length).toBe(5)
    const about = (type: string) => versions.filter(({ name }) => name.startsWith(`${type}/`))
    expect(about('Provenance').length).toBeGreaterThan(40)
    expect(about('CarePlan').length).toBeGreaterThan(10)
  })
})
