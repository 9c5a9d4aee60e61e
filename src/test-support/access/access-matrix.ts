import { afterAll, beforeAll, vi } from 'vitest'
import type { Sql } from '#server/store/sql.ts'
import type { TestProvider } from '#test-support/doubles/openid-provider.ts'
import { type AccessWorld, startProgramsProvider, worldOf } from './access-users.ts'

/** A part of the access matrix: how many cells it has tried, printed at its end, and Grace’s world for it. */
export type AccessMatrix = {
  cells: number
  /** the world in one database, created when the first test needs it */
  worldOn: (open: () => Promise<{ sql: Sql }>) => () => Promise<AccessWorld>
}

/** Call once at the top of a file: programs have their provider while the file runs. */
export function openMatrix(part: string): AccessMatrix {
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 })
  let provider: TestProvider
  const matrix: AccessMatrix = { cells: 0, worldOn: (open) => worldOf(open, () => provider) }
  beforeAll(async () => {
    provider = await startProgramsProvider()
  })
  afterAll(async () => {
    process.stdout.write(`access matrix, ${part}: ${matrix.cells} cells\n`)
    await provider.stop()
  })
  return matrix
}
