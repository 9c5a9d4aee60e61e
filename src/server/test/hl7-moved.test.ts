import { expect, test } from 'vitest'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { openHospital } from '#test-support/worlds/hospital.ts'
import {
  backupOf,
  freshPglite,
  livedOn,
  olderFormat,
  sourceOf,
} from '#test-support/worlds/lived-backup.ts'

/** A service that has received messages from a hospital and is then moved; shared by both tests. */
const lived = once(async () => {
  const server = await openHospital(await freshPglite())
  await server.send({ id: '1', at: '20260301080000' })
  await server.send({ id: '2', event: 'A02', at: '20260301120000', place: 'Ward 9' })
  await server.send({ id: '3', nhs: '9434765919', visit: 'V2' })
  const [waiting] = await server.keptAside()
  return { ...(await backupOf(server.sql)), waiting }
})

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= work()
    return made
  }
}

eachStore('Hospital messages and a move to another database', (open) => {
  test('a discharge after the move ends the stay with its beginning and wards, and repeats are known', async () => {
    const first = await lived()
    expect(first.manifest.counts['hl7-messages']).toBe(3)
    const { sql } = await open()
    await restoreBackup(sql, sourceOf(first.entries), { now: livedOn, merge: false })
    expect((await backupOf(sql)).manifest.sum).toBe(first.manifest.sum)
    await restoreBackup(sql, sourceOf(first.entries), { now: livedOn, merge: true })
    expect((await backupOf(sql)).manifest.counts['hl7-messages']).toBe(3)
    const after = await openHospital(sql)
    expect((await after.keptAside()).map(({ raw }) => raw)).toEqual([first.waiting?.raw])
    const [was] = await after.stays()
    await after.send({ id: '1', at: '20260301080000' })
    expect((await after.stays())[0]?.meta?.versionId).toBe(was?.meta?.versionId)
    expect(await after.send({ id: '1', at: '20260301090000' })).toMatchObject({ code: 'AE' })
    await after.send({ id: '4', event: 'A03', at: '20260302080000', place: 'Ward 9' })
    expect(await after.stays()).toMatchObject([endedWell])
  })

  test('a backup of the previous format, without messages, is restored, and a stay keeps its beginning', async () => {
    const entries = await olderFormat((await lived()).entries)
    const { sql } = await open()
    await restoreBackup(sql, sourceOf(entries), { now: livedOn, merge: false })
    const after = await openHospital(sql)
    await after.send({ id: '4', event: 'A03', at: '20260302080000', place: 'Ward 9' })
    expect(await after.stays()).toMatchObject([endedWell])
  })
})

const endedWell = {
  status: 'finished',
  period: { start: '2026-03-01T08:00:00.000Z', end: '2026-03-02T08:00:00.000Z' },
  location: [{ location: { display: 'Ward 6' } }, { location: { display: 'Ward 9' } }],
}
