import { expect, test } from 'vitest'
import { createStore } from '#server/store/create-store.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { openServers } from '#test-support/servers/server-process.ts'
import { openPostgres } from '#test-support/servers/stores.ts'
import {
  addOne,
  countsOn,
  emptySheet,
  readSheet,
  sumOn,
  type Writing,
} from '#test-support/tally-sheet.ts'

const writes = Number(process.env['GABLE_TWO_SERVER_WRITES'] ?? 240)
const clients = 8
const sheets = ['sheet-a', 'sheet-b', 'sheet-c', 'sheet-d', 'sheet-e', 'sheet-f']
/** in milliseconds */
const patience = 300_000

test(
  'two servers on one database lose no write, and both send every change',
  async () => {
    const { sql, url, close } = await openPostgres()
    const servers = await openServers(url)
    try {
      const first = await servers.start()
      const second = await servers.start()
      for (const id of sheets)
        await createStore(sql).write({ resource: emptySheet(id), expect: 'absent' })
      const calls = [await first.as('amina'), await second.as('amina')] as const
      const streams = await Promise.all(calls.map(listenFor))
      const writing: Writing = { acknowledged: 0, conflicts: 0 }
      const each = writes / clients
      await Promise.all(
        Array.from({ length: clients }, async (_, at) => {
          const call = calls[at % 2] ?? calls[0]
          for (let count = 0; count < each; count++) {
            const last = await readSheet(call, sheets[(at + count) % sheets.length] ?? '')
            await addOne(call, { last, who: `client ${at}`, writing })
          }
        }),
      )
      expect(writing.acknowledged).toBe(writes)
      expect(writing.conflicts).toBeGreaterThan(0)
      const stored = await Promise.all(sheets.map((id) => readSheet(calls[1], id)))
      expect(stored.reduce((sum, sheet) => sum + sumOn(sheet), 0)).toBe(writes)
      const counts = new Map<string, number>()
      for (const sheet of stored)
        for (const [who, count] of countsOn(sheet)) counts.set(who, (counts.get(who) ?? 0) + count)
      expect(new Set(counts.values())).toEqual(new Set([each]))
      const versions = stored.flatMap(({ id, meta }) => {
        const last = Number(meta?.versionId)
        return Array.from({ length: last - 1 }, (_, at) => `Goal/${id}/${at + 2}`)
      })
      for (const stream of streams) await stream.all(versions)
    } finally {
      await servers.close()
      await close()
    }
  },
  patience,
)

/** Listens to `/events`; `all` resolves when each of these versions has been sent, and no others. */
async function listenFor(call: Caller) {
  const answer = await call('/events', { headers: { Accept: 'text/event-stream' } })
  let text = ''
  const hear = (part: string) => {
    text += part
  }
  void answer.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeTo(new WritableStream({ write: hear }))
    .catch(() => undefined)
  return {
    async all(versions: readonly string[]) {
      // a repeated event costs one read; a missing one would lose a change
      const received = () => new Set(sheetsToldIn(text))
      await expect.poll(received, { timeout: 10_000 }).toEqual(new Set(versions))
    },
  }
}

function sheetsToldIn(text: string): readonly string[] {
  const events = text.split('\n\n').slice(0, -1)
  return events.flatMap((event) => {
    const data = /^data:(.*)$/m.exec(event)?.[1] ?? '{}'
    const { type, id, version } = JSON.parse(data) as Record<string, unknown>
    const isWrite = type === 'Goal' && sheets.includes(String(id)) && Number(version) > 1
    return isWrite ? [`Goal/${id}/${version}`] : []
  })
}
