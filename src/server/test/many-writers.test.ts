import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { openPostgres } from '#test-support/servers/stores.ts'
import {
  addOne,
  countsOn,
  emptySheet,
  readSheet,
  sumOn,
  type Writing,
} from '#test-support/tally-sheet.ts'

/**
 * Number of writes to complete; for a longer run use `GABLE_WRITES=100000 vitest run
 * src/server/test/many-writers.test.ts`.
 */
const writes = Number(process.env['GABLE_WRITES'] ?? 10_000)
const clients = 32
/** in milliseconds; the test takes about a minute on an idle machine */
const patience = 900_000
const sheets = Array.from({ length: 32 }, (_, at) => `sheet-${at}`)
/**
 * Writes for Grace are serialised because each updates her plan’s version; the other people have no plan, so writes for
 * them conflict.
 */
const people = [graceId, ...Array.from({ length: 7 }, (_, at) => `person-${at}`)]
const others = people.slice(1).map(
  (id): ResourceWithId => ({
    ...{ resourceType: 'Patient', id, name: [{ family: 'Hill', given: [id] }] },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }),
)

test(
  `${writes} conflicting writes by ${clients} clients lose nothing and double nothing`,
  async () => {
    const { sql, close } = await openPostgres()
    try {
      const { as, seed } = await openHandler({ sql })
      await seed([
        ...demoOrganisationRecords(),
        ...graceRecords('2026-03-02'),
        ...others,
        ...sheets.map((id, at) => emptySheet(id, people[at % people.length])),
      ])
      const call = await as('amina')
      const writing: Writing = { acknowledged: 0, conflicts: 0 }
      const each = Math.ceil(writes / clients)
      await Promise.all(
        Array.from({ length: clients }, (_, at) => keepWriting(call, at, { each, writing })),
      )
      expect(writing.acknowledged).toBe(each * clients)
      // the writers did conflict
      expect(writing.conflicts).toBeGreaterThan(writes / 20)
      let sum = 0
      const counts = new Map<string, number>()
      for (const id of sheets) {
        const sheet = await readSheet(call, id)
        expect(sumOn(sheet)).toBe(Number(sheet.meta?.versionId) - 1)
        sum += sumOn(sheet)
        for (const [who, count] of countsOn(sheet)) counts.set(who, (counts.get(who) ?? 0) + count)
      }
      expect(sum).toBe(writing.acknowledged)
      expect(counts.size).toBe(clients)
      expect(new Set(counts.values())).toEqual(new Set([each]))
      const kept = await sql.query<{ versions: number }>(
        `select count(*)::int as versions from history where rt = 'Goal' and id = any($1::text[])`,
        [sheets],
      )
      expect(kept.rows[0]?.versions).toBe(writing.acknowledged)
    } finally {
      await close()
    }
  },
  patience,
)

/** Number of writes to one sheet in a row; each client has its own order, so others have written there since. */
const stay = 16

async function keepWriting(
  call: Caller,
  client: number,
  { each, writing }: Readonly<{ each: number; writing: Writing }>,
): Promise<void> {
  const seen = await Promise.all(sheets.map((id) => readSheet(call, id)))
  for (let count = 0; count < each; count++) {
    const at = (client * 5 + Math.floor(count / stay) * (1 + (client % 7) * 2)) % sheets.length
    const last = seen[at]
    if (last) seen[at] = await addOne(call, { last, who: `client ${client}`, writing })
  }
}
