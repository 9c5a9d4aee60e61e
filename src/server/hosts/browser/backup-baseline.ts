import * as v from 'valibot'
import { checkedJson } from '#domain/fhir/checked-json.ts'
import type { BackupBaseline } from '#server/backup/baseline.ts'
import { makeBackup } from '#server/backup/make-backup.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { packTar, tarChunksOf, tarEnd, unpackTar } from '#server/backup/tar.ts'
import type { Sql } from '#server/store/sql.ts'
import { storeBaseline, storedBaseline } from './backup-store.ts'

/** The file that the records started from, by its checksum, and the instant from which they count as changed. */
export type BaselineStart = Readonly<v.InferOutput<typeof startShape>>
const startShape = v.object({ sum: v.string(), since: v.string() })

const name = 'ground'

/** Undefined while the records are based on the shipped population. */
export async function baselineStart(sql: Sql): Promise<BaselineStart | undefined> {
  const { rows } = await sql.query<{ value: string }>('select value from secret where name = $1', [
    name,
  ])
  return checkedJson(startShape, rows[0]?.value)
}

/** The file is outside the database; the database says which one counts, so that they cannot diverge. */
async function beginFrom(sql: Sql, sum: string, file: Blob): Promise<void> {
  await storeBaseline(sum, file)
  const begun: BaselineStart = { sum, since: new Date().toISOString() }
  await sql.query(
    `insert into secret (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value`,
    [name, JSON.stringify(begun)],
  )
}

export function backupBaseline(sql: Sql, replaced: () => void): BackupBaseline {
  return {
    replacing: (sent) => ({ within: async (tx, { sum }) => await beginFrom(tx, sum, sent) }),
    replaced,
    async merged() {
      const parts: Uint8Array<ArrayBuffer>[] = []
      const { sum } = await makeBackup(sql, {
        now: new Date(),
        emit: async (entry) => void parts.push(packTar(entry)),
      })
      await beginFrom(sql, sum, new Blob([...parts, tarEnd]))
    },
  }
}

/** Fills a new database from a whole backup, instead of the shipped population. */
export async function rebuildFromBaseline(sql: Sql, whole: Blob): Promise<void> {
  const source = () => unpackTar(tarChunksOf(whole.stream()))
  const { within } = backupBaseline(sql, () => undefined).replacing(whole)
  await restoreBackup(sql, source, { now: new Date(), merge: false, replace: true, within })
}

/** The file with this checksum. Rejects if the browser has lost it. */
export async function baselineFile(sum: string): Promise<Blob> {
  const file = await storedBaseline(sum)
  if (!file) throw new Error('The file this backup starts from is no longer on this device')
  return file
}
