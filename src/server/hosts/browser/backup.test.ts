import { expect, test } from 'vitest'
import { recordOfLine } from '#server/backup/ndjson-record.ts'
import { BackupFault } from '#server/backup/tar.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { replayChanges } from './backup.ts'
import { replayCheck } from './tabs/replay-check.ts'
import type { Call } from './tabs/tab-channels.ts'

/** JSON that is not a record, and text that is not JSON. */
const noRecords = ['null', '7', '"text"', '[]', '{}', '{"resourceType":7,"id":"p-1"}', '{"resource']
const put = (record: string) =>
  `{"request":{"method":"PUT","url":"Patient/p-1"},"resource":${record}}`

test.each([...noRecords, '{"resourceType":"Patient"}'])(
  'a line of a backup that is not a record is refused with a reason: %s',
  (line) => {
    expect(() => recordOfLine(line)).toThrow(BackupFault)
  },
)

test.each(noRecords)(
  'a repeated call with the body %s is not mistaken for one that succeeded',
  async (text) => {
    const call: Call = {
      ...({
        kind: 'call',
        id: 'c-1',
        tab: 't-1',
        method: 'PUT',
        headers: [],
        again: true,
      } as const),
      ...{ url: 'https://gable.test/fhir/Patient/p-1' },
      body: new TextEncoder().encode(text).buffer,
    }
    const asked: Request[] = []
    const answer = replayCheck(call, async (request) => {
      asked.push(request)
      return Response.json(null)
    })
    await expect(answer.catch(() => undefined)).resolves.toBeUndefined()
    expect(asked).toEqual([])
  },
)

eachStore('A file of changes', (open) => {
  test.each([
    ...noRecords,
    '{"request":{"method":"PATCH","url":"Patient/p-1"}}',
    '{"request":{"method":"PUT","url":["Patient","p-1"]}}',
    '{"request":{"method":"PUT","url":"Patient"},"resource":{"resourceType":"Patient"}}',
    put('null'),
    put('{"resourceType":["Patient"]}'),
  ])('that contains %s is refused as not a backup, and nothing is written', async (line) => {
    const { store, sql } = await open()
    const file = new Blob([[put('{"resourceType":"Patient","id":"p-1"}'), line].join('\n')])
    await expect(replayChanges(store, file)).rejects.toThrow('not a backup of Gable')
    expect((await sql.query('select 1 from resource')).rows).toEqual([])
  })
})
