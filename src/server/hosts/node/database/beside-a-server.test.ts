import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { spawnCommand } from '#test-support/servers/spawn-command.ts'
import { type SpawnedServer, spawnServer } from '#test-support/servers/spawn-server.ts'

/** One data folder for all tests: each finds what the one before has left, as in real use. */
let home = ''
const data = () => join(home, 'data')
const note = () => join(data(), 'postgres', 'postmaster.pid')

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gable-beside-'))
  // when run by root, PostgreSQL runs as another user, who needs access to the folder
  await chmod(home, 0o755)
  await mkdir(join(home, 'dist-team'))
  await writeFile(join(home, 'dist-team', 'index.html'), '<!doctype html><title>Gable</title>')
})
const servers: SpawnedServer[] = []
afterEach(async () => {
  for (const each of servers.splice(0)) await each.stop()
})
afterAll(async () => {
  const pid = await postmaster()
  if (pid) process.kill(pid, 'SIGKILL')
  await rm(home, { recursive: true, force: true })
})

const env = () => ({ GABLE_DATA: data(), DATABASE_URL: '' })
const serve = async (more: Readonly<Record<string, string>> = {}) => {
  const server = await spawnServer(home, { ...env(), ...more })
  servers.push(server)
  return server
}
const run = (name: string, ...args: readonly string[]) => spawnCommand(name, args, env())

/** The process id of PostgreSQL in the folder, from its PID file; undefined when none runs. */
async function postmaster(): Promise<number | undefined> {
  const text = existsSync(note()) ? await readFile(note(), 'utf8') : ''
  return text ? Number(text.split('\n')[0]) : undefined
}

const isReady = async ({ url }: SpawnedServer) => (await fetch(`${url}/ready`)).status === 200

/** A file of people that takes a while to import; each file has other names and people. */
async function manyPeople(name: string, count = 3_000): Promise<string> {
  const file = join(home, `${name}.ndjson`)
  const lines = Array.from({ length: count }, (_, at) =>
    JSON.stringify({ resourceType: 'Patient', id: `${name}-${at}`, name: [{ family: name }] }),
  )
  await writeFile(file, lines.join('\n'))
  return file
}

const goal = (id: string) => ({
  ...{ resourceType: 'Goal', id, lifecycleStatus: 'active' },
  description: { text: 'To walk to church' },
  subject: { reference: `Patient/${graceId}` },
})

test('an open page receives what a command imports beside the server', async () => {
  const server = await serve({ GABLE_DEMO: '1', GABLE_PEOPLE: '2' })
  const answer = await fetch(`${server.url}/auth/demo`, { method: 'POST', body: '{"as":"amina"}' })
  const { token } = (await answer.json()) as { token: string }
  const headers = { Authorization: `Bearer ${token}` }
  const stream = await fetch(`${server.url}/events`, { headers })
  const reader = (stream.body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .getReader()
  const file = join(home, 'goal.json')
  await writeFile(file, JSON.stringify(goal('goal-brought')))
  const { code, out, err } = await run('import', file).ended
  expect([code, err]).toEqual([0, expect.not.stringContaining('   at ')])
  expect(out).toContain('created 1')
  let received = ''
  while (!received.includes('goal-brought')) received += (await reader.read()).value
  await reader.cancel()
  const read = await fetch(`${server.url}/fhir/Goal/goal-brought`, { headers })
  expect(read.status).toBe(200)
})

test('a backup, its restore and a check of the audit log run beside the server too', async () => {
  const server = await serve()
  const backup = await run('backup', '--out', join(home, 'all.tar')).ended
  expect([backup.code, backup.err.trim()]).toEqual([0, ''])
  const restore = await run('restore', join(home, 'all.tar'), '--merge').ended
  expect([restore.code, restore.out]).toEqual([0, expect.stringContaining('records 0,')])
  const full = await run('restore', join(home, 'all.tar')).ended
  expect([full.code, full.err.trim()]).toEqual([
    1,
    'Nothing was changed: There are records here already: use --merge to keep both',
  ])
  const trail = await run('trail').ended
  expect([trail.code, trail.out]).toEqual([0, expect.stringContaining('The audit log is complete')])
  expect(await isReady(server)).toBe(true)
})

test('a server that stops leaves the database to a running import, which stops it at its end', async () => {
  const server = await serve()
  const bringing = run('import', await manyPeople('Hill'))
  await bringing.says('500 records')
  await server.stop()
  expect(await postmaster()).toBeDefined()
  expect(await bringing.ended).toMatchObject({
    code: 0,
    out: expect.stringContaining('created 3000'),
  })
  expect(await postmaster()).toBeUndefined()
})

test('a server that starts while a command runs shares its database, and keeps it running', async () => {
  const bringing = run('import', await manyPeople('Stone'))
  await bringing.says('500 records')
  const server = await serve()
  expect((await bringing.ended).code).toBe(0)
  expect(await isReady(server)).toBe(true)
  await server.stop()
  expect(await postmaster()).toBeUndefined()
})

test('an import whose database stops reports what was imported, and imports the rest the next time', async () => {
  const server = await serve()
  const file = await manyPeople('Poe')
  const bringing = run('import', file)
  await bringing.says('500 records')
  process.kill((await postmaster()) ?? 0, 'SIGINT')
  const { code, out, err } = await bringing.ended
  expect([code, err]).toEqual([1, expect.not.stringContaining('   at ')])
  expect(out).toContain('the database was stopped, or cannot be reached any more')
  await expect.poll(() => isReady(server).catch(() => 'ended'), { timeout: 20_000 }).toBe('ended')
  const again = await run('import', file).ended
  const [, created = '', unchanged = ''] =
    /Patient +created (\d+), updated 0, unchanged (\d+)/.exec(again.out) ?? []
  expect([again.code, Number(created) + Number(unchanged)]).toEqual([0, 3_000])
  expect(Number(unchanged) % 500).toBe(0)
  expect(Number(unchanged)).toBeGreaterThanOrEqual(500)
})

test('an import that gets SIGTERM ends after the current call', async () => {
  const bringing = run('import', await manyPeople('Rose'))
  await bringing.says('500 records')
  bringing.signal('SIGTERM')
  const { code, out } = await bringing.ended
  expect([code, out]).toEqual([1, expect.stringContaining('it was stopped')])
  expect(await postmaster()).toBeUndefined()
})

test('a database left by a killed command is used and stopped by the next one', async () => {
  const bringing = run('import', await manyPeople('Lane'))
  await bringing.says('500 records')
  bringing.signal('SIGKILL')
  await bringing.ended
  const left = await postmaster()
  expect(left).toBeDefined()
  expect((await run('trail').ended).code).toBe(0)
  expect(await postmaster()).toBeUndefined()
})

test('a PID file of a process that is gone or unrelated does not block a start', async () => {
  const server = await serve()
  const pid = (await postmaster()) ?? 0
  const text = await readFile(note(), 'utf8')
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => server.stop().then(() => 'ended')).toBe('ended')
  await writeFile(note(), text.replace(/^\d+/, String(process.pid)))
  const { code, err } = await run('trail').ended
  expect([code, err]).toEqual([0, ''])
})

test('commands that start at the same moment on an empty folder share one database', async () => {
  const fresh = { ...env(), GABLE_DATA: join(home, 'fresh') }
  const all = await Promise.all(
    ['a', 'b'].map(
      (name) => spawnCommand('backup', ['--out', join(home, `${name}.tar`)], fresh).ended,
    ),
  )
  expect(all.map(({ code, err }) => [code, err.trim()])).toEqual([
    [0, ''],
    [0, ''],
  ])
  expect(existsSync(join(home, 'fresh', 'postgres', 'postmaster.pid'))).toBe(false)
})

test.each([
  ['no address', 'DATABASE_URL is not a database address'],
  [
    'postgres://gable:secret@127.0.0.1:1/gable',
    'The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED)',
  ],
])('a DATABASE_URL such as "%s" is refused in one sentence', async (url, words) => {
  const { code, err } = await spawnCommand('trail', [], { DATABASE_URL: url }).ended
  expect([code, err.trim().split('\n')]).toEqual([1, [expect.stringContaining(words)]])
  expect(err).not.toContain('secret')
})
