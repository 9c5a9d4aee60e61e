import { expect, test } from 'vitest'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { sealAll } from '#test-support/servers/seal-all.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { livesLikeSynthea } from '#test-support/synthea/synthea-like.ts'
import { bringIn } from '#test-support/worlds/import-answer.ts'
import {
  backupOf,
  container,
  freshPglite,
  livedOn,
  notedIn,
  sourceOf,
  within,
} from '#test-support/worlds/lived-backup.ts'

const files = livesLikeSynthea(3, 100)

eachStore('A backup of Synthea-like records', (open) => {
  test('moves every version and entry to another database and back', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: livedOn })
    const admin = await server.as('admin')
    for (const { text } of files) expect((await bringIn(admin, text)).status).toBe(200)
    // a backup includes open entries too, but only closed blocks are reproduced exactly
    await sealAll(sql, () => livedOn)
    const first = await backupOf(sql)
    expect(first.manifest.counts['Patient']).toBe(files.length - 2)
    const there = await freshPglite()
    const source = within(await container(first.entries))
    await restoreBackup(there, source, { now: livedOn, merge: false })
    const second = await backupOf(there)
    expect(second.manifest.sum).toBe(first.manifest.sum)
    expect((await verifyHashChain(there, notedIn(first.manifest))).fault).toBeUndefined()
    const { sql: back } = await open()
    await restoreBackup(back, sourceOf(second.entries), { now: livedOn, merge: false })
    expect((await backupOf(back)).manifest.sum).toBe(first.manifest.sum)
  })
})
