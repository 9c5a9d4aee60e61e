import { openAsBlob } from 'node:fs'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { carriedCalls, carryCalls } from '#server/hosts/browser/tabs/carried-calls.ts'
import { isFull } from '#server/http/database-error.ts'
import { testNow } from '#test-support/clock.ts'
import { fakeDisk } from '#test-support/doubles/fake-disk.ts'
import { openPglite } from '#test-support/servers/pglite.ts'
import { HeldFile } from './held-file.ts'
import { keptSql } from './kept-sql.ts'
import { filePool, openFiles, withoutTornLines } from './open-database.ts'
import { StorageFolder } from './storage-folder.ts'
import { withinStorage } from './within-storage.ts'

const place = { storage: 'opfs', generation: 1 } as const

/** Opens the files of this disk as a newly started worker does. */
async function opened(disk: ReturnType<typeof fakeDisk>, filled?: Blob) {
  disk.letGo()
  const files = await openFiles(place, filled)
  const sql = keptSql(files, 'opfs')
  const names = async () => {
    const { rows } = await sql.query<{ name: string }>('select name from secret order by name')
    return rows.map((row) => row.name)
  }
  const save = (name: string, size = 10) =>
    sql.transaction((tx) =>
      tx.query('insert into secret (name, value) values ($1, $2)', [name, noise(size)]),
    )
  return { ...files, names, save }
}

/** Text that does not get smaller when it is compressed. */
const noise = (size: number) =>
  Array.from({ length: size / 10 }, () => Math.random().toString(36).slice(2, 12)).join('')

const refusal = (work: Promise<unknown>) => work.then(() => 'taken', isFull)

test('The files opened in advance are enough for those of a new database, and a hundred more', async () => {
  const tar = new Uint8Array(await (await openAsBlob(inject('pglite'))).arrayBuffer())
  const text = (from: number, length: number) =>
    new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*$/s, '')
  let files = 0
  // ustar: a header of 512 bytes with the name at 0, the size in octal at 124 and the kind at 156
  for (let at = 0; at < tar.length && text(at, 100) !== ''; ) {
    if (['', '0'].includes(text(at + 156, 1))) files += 1
    at += 512 + Math.ceil(Number.parseInt(text(at + 124, 12), 8) / 512) * 512
  }
  expect(files).toBeGreaterThan(300)
  expect(files + 100).toBeLessThanOrEqual(filePool.initialPoolSize)
})

test('A full disk refuses a change, keeps what was saved, and accepts the change when there is room', async () => {
  const disk = fakeDisk()
  vi.stubGlobal('navigator', { storage: disk })
  onTestFinished(() => void vi.unstubAllGlobals())
  const first = await opened(disk, await openAsBlob(inject('pglite')))
  await first.save('before')

  disk.limit = disk.used()
  expect(await refusal(first.save('too long', 300_000))).toBe(true)
  expect(first.room.isOut).toBe(true)
  expect(await first.names()).toEqual(['before'])
  const asItLies = disk.used()
  // this goes to memory, so that access can still be logged
  await first.db.query(
    "insert into secret select 'look ' || n, repeat('x', 900) from generate_series(1, 900) n",
  )
  expect(disk.used()).toBe(asItLies)

  const second = await opened(disk)
  expect(await second.names()).toEqual(['before'])
  expect(await refusal(second.save('too long', 300_000))).toBe(true)
  expect(await second.names()).toEqual(['before'])

  disk.limit = Infinity
  const third = await opened(disk)
  await third.save('too long', 300_000)
  expect(third.room.isOut).toBe(false)
  expect(await third.names()).toEqual(['before', 'too long'])
  const fourth = await opened(disk)
  expect(await fourth.names()).toEqual(['before', 'too long'])
})

test('Wherever in a change the disk fills up, the change is whole or refused and the database opens', async () => {
  const disk = fakeDisk()
  vi.stubGlobal('navigator', { storage: disk })
  onTestFinished(() => void vi.unstubAllGlobals())
  let now = await opened(disk, await openAsBlob(inject('pglite')))
  const kept: string[] = []
  for (const more of [200, 9_000, 100_000, 300_000]) {
    disk.limit = disk.used() + more
    for (let number = 0; !now.room.isOut; number += 1) {
      const name = `${more} ${number}`
      if ((await refusal(now.save(name, 20_000))) === 'taken') kept.push(name)
    }
    expect(await now.names()).toEqual([...kept].sort())
    now = await opened(disk)
    expect(await now.names()).toEqual([...kept].sort())
    disk.limit = Infinity
    now = await opened(disk)
  }
  expect(kept.length).toBeGreaterThan(5)
})

const refused = async () => new Response(null, { status: 507 })

type Facts = { apart?: boolean; out?: boolean; noRoom?: boolean; again?: boolean }

test.each<[string, Facts, boolean, boolean]>([
  [
    'memory holds what the disk does not: it is answered and the database reopened',
    { apart: true },
    true,
    true,
  ],
  ['there is room again: it is sent again to the reopened database', { out: true }, false, true],
  ['there is still no room: it is answered', { out: true, noRoom: true }, true, false],
  ['the reopened database has no room: it is answered', { out: true, again: true }, true, false],
  ['the room has just run out: it is answered', {}, true, false],
])('A refused change when %s', async (_, facts, isAnswered, isRenewed) => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { apart = false, out = false, noRoom = false, again = false }: Facts = facts
  const room = new StorageFolder()
  if (out) room.runOut()
  const renew = vi.fn()
  const handler = withinStorage({
    ...{ room, renew, hasRoom: async () => !noRoom },
    handler() {
      room.isApart = apart
      return refused()
    },
  })
  const answered = vi.fn()
  void handler(new Request('http://gable.test/fhir/Task'), again).then(answered)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(answered).toHaveBeenCalledTimes(isAnswered ? 1 : 0)
  expect(renew).toHaveBeenCalledTimes(isRenewed ? 1 : 0)
})

test('When there is room the database is reopened without a save, and nothing is read from memory alone', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const room = new StorageFolder()
  const renew = vi.fn()
  const handler = withinStorage({ room, handler: refused, renew, hasRoom: async () => true })
  await vi.advanceTimersByTimeAsync(120_000)
  expect(renew).not.toHaveBeenCalled()
  room.runOut()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(renew).toHaveBeenCalledTimes(1)
  room.isApart = true
  const answered = vi.fn()
  void handler(new Request('http://gable.test/fhir/Task')).then(answered)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(answered).not.toHaveBeenCalled()
})

test('Sign-ins and accesses while the disk was full are stored when there is room', async () => {
  const [full, anew] = await Promise.all([openPglite(), openPglite()])
  onTestFinished(async () => {
    await full.close()
    await anew.close()
  })
  const look = (name: string, act: string) => ({
    ...{ at: testNow, identity: 'amina', name, role: 'professional', act, way: 'read' },
    ...{ allowed: true, persons: ['p1'], what: { p1: ['Task/t1'] } },
  })
  const append = (on: typeof full, ...entries: object[]) =>
    on.sql.query('select trail.append($1::json)', [JSON.stringify(entries)])
  const signIn = (on: typeof full, token: string) =>
    on.sql.query(
      'insert into session (token_hash, actor, started, seen, identity) values ($1, $2, $3, $3, $1)',
      [token, '{}', testNow.toISOString()],
    )
  await append(anew, look('before', 'R'))
  await signIn(anew, 'signed out since')
  await append(full, look('before', 'R'), look('while full', 'R'), look('not saved', 'U'))
  await signIn(full, 'signed in since')

  const carried = await carryCalls(full.sql, testNow)
  expect(carried).toBeDefined()
  if (carried) await carriedCalls(anew.sql, carried)
  const names = await anew.sql.query(
    'select name, came is not null as brought from trail.audit order by seq',
  )
  expect(names.rows).toEqual([
    { name: 'before', brought: false },
    { name: 'while full', brought: true },
  ])
  const { rows } = await anew.sql.query('select token_hash from session')
  expect(rows).toEqual([{ token_hash: 'signed in since' }])
})

test('Incomplete lines in the file list are dropped, and no others', () => {
  const whole = '{"root":{}}\n{"opp":"mkdir","args":["a"]}'
  expect(withoutTornLines(whole)).toBe(whole)
  expect(withoutTornLines(`${whole}\n`)).toBe(`${whole}\n`)
  expect(withoutTornLines(`${whole}\n{"opp":"ren`)).toBe(whole)
  expect(withoutTornLines(`{"root":{}}\n{"op\n{"opp":"mkdir","args":["a"]}`)).toBe(whole)
  // a list that cannot be read at all is not replaced by an empty one
  expect(withoutTornLines('{"root":')).toBe('{"root":')
})

test('A file in memory is read and written like one on disk', () => {
  const file = new HeldFile(new Uint8Array([1, 2, 3]))
  file.write(new Uint8Array([9]), 5)
  const into = new Uint8Array(10)
  expect(file.read(into, 1)).toBe(5)
  expect([...into.subarray(0, 6)]).toEqual([2, 3, 0, 0, 9, 0])
  file.resize(2)
  file.resize(4)
  expect(file.read(into, 0)).toBe(4)
  expect([...into.subarray(0, 4)]).toEqual([1, 2, 0, 0])
})
