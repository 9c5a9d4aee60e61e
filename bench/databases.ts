import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { openDatabase } from '#server/hosts/node/database/database.ts'
import { migrate } from '#server/migrate.ts'
import { pgliteSql } from '#server/store/pglite/pglite-sql.ts'
import { plannerSetting } from '#server/store/planner/planner.ts'
import type { Sql } from '#server/store/sql.ts'
import type { CpuClock } from './measure.ts'

/** A migrated, empty database on disk. */
export type Ground = Readonly<{
  name: 'PGlite' | 'PostgreSQL'
  sql: Sql
  /** address for other processes; empty where there is none */
  url: string
  /** how many can write at the same time */
  lanes: number
  /** processor time of this process and of the database's own */
  cpuClock: () => Promise<CpuClock>
  close: () => Promise<void>
}>

const folderFor = (name: string) => mkdtemp(join(tmpdir(), `gable-bench-${name}-`))
const ownCpu: CpuClock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** PGlite over files. It writes each commit and leaves the flush to its host: on Node nothing flushes, in the browser the host does. */
export async function openPglite(): Promise<Ground> {
  const folder = await folderFor('pglite')
  const startParams = [...PGlite.defaultStartParams, '-c', plannerSetting]
  const database = await PGlite.create(folder, { startParams })
  const sql = pgliteSql(database)
  await migrate(sql)
  return {
    name: 'PGlite',
    sql,
    url: '',
    lanes: 1,
    cpuClock: async () => ownCpu,
    async close() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The PostgreSQL of `npm run serve`, in a folder of its own, or one that is kept: each commit is flushed to disk. */
export async function openPostgres(kept?: string): Promise<Ground> {
  const folder = kept ?? (await folderFor('postgres'))
  process.env['GABLE_DATA'] = folder
  delete process.env['DATABASE_URL']
  const { sql, url, stop } = await openDatabase()
  return {
    name: 'PostgreSQL',
    sql,
    url,
    lanes: 2,
    cpuClock: async () => {
      const { rows } = await sql.query<{ pid: number }>(
        `select pid from pg_stat_activity where backend_type = 'client backend'`,
      )
      const last = new Map<number, number>()
      // an idle connection is closed: its time until then still counts
      const cpuOnce = (pid: number) => {
        const taken = Math.max(last.get(pid) ?? 0, cpuOf(pid))
        last.set(pid, taken)
        return taken
      }
      return () => rows.reduce((sum, { pid }) => sum + cpuOnce(pid), ownCpu())
    },
    async close() {
      await stop()
      if (!kept) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Linux reports the nanoseconds that a process has run; on other systems the database's share is unknown. */
function cpuOf(pid: number): number {
  const file = `/proc/${pid}/schedstat`
  if (!existsSync(file)) return 0
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1_000_000
}
