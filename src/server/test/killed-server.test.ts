import { expect, test } from 'vitest'
import { createStore } from '#server/store/create-store.ts'
import { openServers, type ServerProcess } from '#test-support/servers/server-process.ts'
import { openPostgres } from '#test-support/servers/stores.ts'
import { emptySheet, keepAdding, readSheet, sumOn } from '#test-support/tally-sheet.ts'

/** How often the server is killed during writes. */
const deaths = Number(process.env['GABLE_DEATHS'] ?? 8)
const clients = 6
/** in milliseconds */
const patience = 600_000

test(
  `a server killed ${deaths} times during writes loses no acknowledged write and doubles none`,
  async () => {
    const { sql, url, close } = await openPostgres()
    const servers = await openServers(url)
    try {
      let server: ServerProcess = await servers.start()
      const sheet = emptySheet('sheet')
      // Grace is one of the demonstration’s people, who exist by now
      await createStore(sql).write({ resource: sheet, expect: 'absent' })
      const current = { server, over: false }
      const work = Array.from({ length: clients }, (_, at) =>
        keepAdding(current, sheet.id, `client ${at}`),
      )
      for (let death = 0; death < deaths; death++) {
        // each kill hits another point of a write
        await new Promise((resolve) => setTimeout(resolve, 300 + death * 37))
        await server.kill()
        server = await servers.start()
        current.server = server
      }
      current.over = true
      const written = await Promise.all(work)
      const after = await readSheet(await server.as('amina'), sheet.id)
      const unsure = written.reduce((sum, each) => sum + each.unsure, 0)
      // writes were interrupted, or the test would show nothing
      expect(unsure).toBeGreaterThan(deaths)
      expect(sumOn(after)).toBe(written.reduce((sum, each) => sum + each.marks.length, 0))
      expect(Number(after.meta?.versionId)).toBe(sumOn(after) + 1)
      const marks = (after.note ?? []).map(({ text }) => text)
      expect(marks.toSorted()).toEqual(written.flatMap((each) => each.marks).toSorted())
    } finally {
      await servers.close()
      await close()
    }
  },
  patience,
)
