import type { Ground } from '#server/backup/baseline.ts'
import { makeBackup } from '#server/backup/make-backup.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { chunksOf, ending, packed, unpacked } from '#server/backup/tar.ts'
import type { Sql } from '#server/store/sql.ts'
import { groundKept, keepGround } from './backup-store.ts'

/** Which file the records began from, by its sum, and the instant from which on they count as changed. */
export type Begun = Readonly<{ sum: string; since: string }>

const name = 'ground'

/** Undefined while the records stand on the shipped population. */
export async function begunFrom(sql: Sql): Promise<Begun | undefined> {
  const { rows } = await sql.query<{ value: string }>('select value from secret where name = $1', [
    name,
  ])
  return rows[0] ? (JSON.parse(rows[0].value) as Begun) : undefined
}

/** The file lies outside of the database; which one counts is told within, so that the two cannot part. */
async function beginFrom(sql: Sql, sum: string, file: Blob): Promise<void> {
  await keepGround(sum, file)
  const begun: Begun = { sum, since: new Date().toISOString() }
  await sql.query(
    `insert into secret (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value`,
    [name, JSON.stringify(begun)],
  )
}

export function groundOf(sql: Sql, replaced: () => void): Ground {
  return {
    replacing: (sent) => ({ within: async (tx, { sum }) => await beginFrom(tx, sum, sent) }),
    replaced,
    async merged() {
      const parts: Uint8Array<ArrayBuffer>[] = []
      const { sum } = await makeBackup(sql, {
        now: new Date(),
        emit: async (entry) => void parts.push(packed(entry)),
      })
      await beginFrom(sql, sum, new Blob([...parts, ending]))
    },
  }
}

/** Fills a database just made from a whole backup, instead of what was shipped. */
export async function beginAgainFrom(sql: Sql, whole: Blob): Promise<void> {
  const source = () => unpacked(chunksOf(whole.stream()))
  const { within } = groundOf(sql, () => undefined).replacing(whole)
  await restoreBackup(sql, source, { now: new Date(), merge: false, replace: true, within })
}

/** The file of this sum. Rejects when the browser has lost it. */
export async function groundFile(sum: string): Promise<Blob> {
  const file = await groundKept(sum)
  if (!file) throw new Error('The file this backup starts from is no longer on this device')
  return file
}
