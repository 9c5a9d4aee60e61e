import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataFolderFault } from './data-folder.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gable-data-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const nobody = async () => ({ uid: 65_533, gid: 65_533 })

test('a folder that everybody may enter is created and used', async () => {
  await chmod(home, 0o755)
  expect(await dataFolderFault(join(home, 'a', 'data'), nobody)).toBeUndefined()
})

test('a folder that the database’s user may not enter is reported in one sentence', async () => {
  await chmod(home, 0o700)
  const folder = join(home, 'a', 'data')
  expect(await dataFolderFault(folder, nobody)).toBe(
    `The database cannot store its files in ${folder}: it runs as the user "postgres", who has no access to ${home}. Set GABLE_DATA to a folder it can use, such as /var/lib/gable.`,
  )
  // a program that runs as the same user has access already
  expect(await dataFolderFault(folder, async () => undefined)).toBeUndefined()
})

test('a path below a file is reported without a stack trace by every program', async () => {
  await writeFile(join(home, 'file'), '')
  const folder = join(home, 'file', 'data')
  expect(await dataFolderFault(folder, nobody)).toContain('is below something that is not a folder')
  await mkdir(join(home, 'dist-team'))
  const { DATABASE_URL: _, ...env } = process.env
  for (const [program, args] of [
    ['server.ts', []],
    ['commands/trail-cli.ts', []],
    ['commands/backup-cli.ts', ['--out', join(home, 'out')]],
  ] as const) {
    const { status, stderr } = spawnSync(
      process.execPath,
      [join('src', 'server', 'hosts', 'node', program), ...args],
      { env: { ...env, GABLE_DATA: folder }, encoding: 'utf8' },
    )
    expect([program, status, stderr.trim().split('\n')]).toEqual([
      program,
      1,
      [expect.stringContaining('The database cannot store its files in')],
    ])
  }
})
