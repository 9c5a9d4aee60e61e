import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { verifyTrail } from '#api/audit/verify.ts'
import { restoreBackup } from '#api/backup/restore-backup.ts'
import { importOrder } from '#domain/import/chunks.ts'
import { openHandler } from '#testing/handler.ts'
import {
  backupOf,
  container,
  freshPglite,
  livedOn,
  sourceOf,
  within,
} from '#testing/lived-backup.ts'
import { eachStore } from '#testing/stores.ts'

const folder = join(process.env['SHARED_DATA'] ?? '../shared/data', 'synthea')

if (existsSync(folder)) {
  const size = (name: string) => statSync(join(folder, name)).size
  const brought = readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .toSorted((one, other) => size(one) - size(other))
    .slice(0, 5)

  // hospitals, and who works there, are named by those who come to them
  const files = importOrder(brought)

  eachStore('A backup of lives from Synthea', (open) => {
    test('brings every version and entry to another database and back', async () => {
      const { sql } = await open()
      const house = await openHandler({ sql, now: livedOn })
      const admin = await house.as('admin')
      for (const file of files) {
        const body = gunzipSync(readFileSync(join(folder, file)))
        const headers = { 'Content-Type': 'application/fhir+json' }
        const { status } = await admin('/fhir/$import', { method: 'POST', headers, body })
        expect(status).toBe(200)
      }
      const first = await backupOf(sql)
      expect(first.manifest.counts['Patient']).toBe(files.length - 2)
      const there = await freshPglite()
      const source = within(await container(first.entries))
      await restoreBackup(there, source, { now: livedOn, merge: false })
      const second = await backupOf(there)
      expect(second.manifest.sum).toBe(first.manifest.sum)
      expect(
        (await verifyTrail(there, first.manifest.trail.head ?? undefined)).fault,
      ).toBeUndefined()
      const { sql: back } = await open()
      await restoreBackup(back, sourceOf(second.entries), { now: livedOn, merge: false })
      expect((await backupOf(back)).manifest.sum).toBe(first.manifest.sum)
    })
  })
}
