import { readdirSync, readFileSync } from 'node:fs'
import type { Ground } from './databases.ts'

/** Milliseconds that all threads of a process have run; 0 if the system does not report it. */
export function cpuOf(pid: number | undefined): number {
  const fields = statOf(pid)?.slice(11) ?? []
  return (Number(fields[0] ?? 0) + Number(fields[1] ?? 0)) * 10
}

function statOf(pid: number | undefined): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

export function memoryOf(pid: number | undefined): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? Number.NaN) / 1_024
  } catch {
    return Number.NaN
  }
}

/** All processes of the database, including those that have ended. */
export async function databaseCpu(ground: Ground): Promise<() => number> {
  const { rows } = await ground.sql.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = statOf(rows[0]?.pid)?.[1] ?? ''
  return () => {
    const [user = 0, system = 0] = (statOf(Number(postmaster)) ?? []).slice(13).map(Number)
    const living = readdirSync('/proc').filter((each) => statOf(Number(each))?.[1] === postmaster)
    return living.reduce((sum, pid) => sum + cpuOf(Number(pid)), (user + system) * 10)
  }
}
