import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeAuditLog } from '#server/audit/audit-log.ts'
import { extendHashChain } from '#server/audit/hash-chain.ts'
import { startHashChainJob } from '#server/audit/hash-chain-job.ts'
import { auditLogToDo, isProtected, protectAuditLog } from '#server/audit/protect-audit-log.ts'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import { migrate } from '#server/migrate.ts'
import { sql0023TrailBrought } from '#server/store/migrations/0023-trail-brought.ts'
import type { Sql } from '#server/store/sql.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { machineNow } from '#test-support/clock.ts'
import { newDatabase } from '#test-support/servers/stores.ts'
import { notedAuditHeads, openAuditHeads } from './audit-heads.ts'
import { auditSettingsFrom } from './audit-settings.ts'
import { openLocalPostgres } from './database/local-postgres.ts'
import { openPools, pgSql } from './database/pg-sql.ts'

const closing: (() => Promise<unknown>)[] = []
let sql: Sql
/** runs a script as the owner of the database, a superuser */
let asSuperuser: (script: string) => Promise<unknown>

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gable-guarded-'))
  const server = await openLocalPostgres(folder)
  const pools = openPools(server.url, 4)
  sql = pgSql(pools.own, pools.readers)
  const superuser = new pg.Client({ connectionString: server.url.replace('gable:', 'keeper:') })
  await superuser.connect()
  asSuperuser = (script) => superuser.query(script)
  closing.push(() => rm(folder, { recursive: true, force: true }), server.stop, pools.end)
  closing.push(() => superuser.end())
  await migrate(sql)
})
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const look = (number: number) => ({
  at: new Date('2001-01-01T00:00:00Z'),
  actor: demoActor('amina'),
  act: 'R' as const,
  way: 'read',
  allowed: true,
  what: new Map([[`p${number}`, [`Patient/p${number}`]]]),
})

const changes = [
  `insert into audit (at, identity, name, role, act, way, allowed, persons, what)
     values ('2001-01-01', 'ruth', 'Ruth', 'manager', 'R', 'read', true, '{p1}', '{}')`,
  `insert into trail.audit (identity, name, role, act, way, allowed, persons, what)
     values ('ruth', 'Ruth', 'manager', 'R', 'read', true, '{p1}', '{}')`,
  `update audit set name = 'Nobody'`,
  `update trail.audit set at = '2001-01-01'`,
  'delete from audit',
  'delete from trail.block',
  'truncate trail.audit',
  'drop table trail.audit cascade',
  'drop schema trail cascade',
  'alter table trail.audit owner to gable',
  'alter table trail.audit disable row level security',
  'alter table trail.audit add column mine text',
  'create table trail.mine (one integer)',
  'create trigger mine before insert on trail.audit execute function person_row_begins()',
  'create rule mine as on insert to trail.audit do instead nothing',
  `create or replace function trail.clock(claimed timestamptz) returns timestamptz language sql as 'select claimed'`,
  'drop function trail.append(json)',
  `select setval('trail.audit_seq_seq', 1)`,
  `select nextval('trail.audit_seq_seq')`,
  'alter sequence trail.audit_seq_seq restart',
  `insert into trail.block values (99, now(), 0, '[]', '', '', 0, 0)`,
  `select trail.close_block('{"number":99,"at":"2001-01-01","rows":[],"previous":"","hash":""}', 1, 1)`,
  `select trail.bring_block('{"number":2,"at":"2001-01-01","rows":[[1,""]],"previous":"","hash":""}', '[]')`,
  `insert into trail.brought values (now(), 'nobody', 0, 0)`,
  'update trail.brought set entries = 0',
  'delete from trail.brought',
  `select trail.close_block(json_build_object('number', 2, 'at', now(), 'rows', '[]'::json, 'previous',
     (select hash from trail.block), 'hash', repeat('0', 64)), 0, 0)`,
  'set role gable_trail',
  'reassign owned by gable_trail to gable',
  'grant gable_trail to gable',
  `select gable_keeper.guard_trail() from trail.audit for update`,
]

test('a missing set-up step is reported until it is done, while the service runs', async () => {
  const toDo = auditLogToDo(sql)
  expect(await toDo()).toContain('deploy/trail.sql')
  await protectAuditLog(sql)
  expect(await toDo()).toBeUndefined()
})

test('an audit log that already has its owner is upgraded by the script, and says so until then', async () => {
  await protectAuditLog(sql)
  await asSuperuser('drop table trail.brought')
  const toDo = auditLogToDo(sql)
  expect(await toDo()).toContain('functions of an older version')
  expect(await verifyHashChain(sql)).not.toHaveProperty('broughtBy')
  // as an upgrade does: the service itself may not create it
  await sql.script(sql0023TrailBrought)
  expect(await toDo()).toContain('deploy/trail.sql')
  const script = await readFile(join(import.meta.dirname, '../../../../deploy/trail.sql'), 'utf8')
  expect(script).toContain(sql0023TrailBrought.trim())
  await asSuperuser(script)
  expect(await toDo()).toBeUndefined()
  expect(await isProtected(sql)).toBe(true)
})

test('the service’s login can add to the audit log, and change or remove nothing in it', async () => {
  await protectAuditLog(sql)
  await protectAuditLog(sql)
  expect(await isProtected(sql)).toBe(true)
  await writeAuditLog(sql, [look(1), look(2)])
  expect(await extendHashChain(sql, machineNow)).toBe(2)
  const before = await verifyHashChain(sql)
  expect(before).toMatchObject({ blocks: 1, entries: 2 })
  for (const change of changes) {
    const outcome = await sql.query(change).catch((cause: { code?: string }) => cause.code)
    expect([change, outcome]).toEqual([change, expect.stringMatching(/^(42501|42P17|P0001)$/)])
  }
  expect(await verifyHashChain(sql)).toEqual(before)
})

test('a start does not wait for a reader of the audit log, such as a dump', async () => {
  await asSuperuser('begin; lock table trail.audit, trail.block in access share mode')
  try {
    await sql.transaction(async (tx) => {
      await tx.query(`set local lock_timeout = '2s'`)
      await protectAuditLog(tx)
    })
  } finally {
    await asSuperuser('rollback')
  }
  expect(await isProtected(sql)).toBe(true)
})

test('the database sets the number and time of an entry, whatever the service says', async () => {
  const { rows } = await sql.query<{ apart: boolean; seq: number }>(
    `select seq, abs(extract(epoch from clock_timestamp() - at)) > 600 as apart from audit order by seq`,
  )
  expect(rows).toEqual([1, 2].map((seq) => ({ seq, apart: false })))
  // entries merged from another database may have another time, and stay marked as imported
  const old = JSON.stringify([{ ...look(3), persons: ['p3'], what: {}, ...demoActor('amina') }])
  await sql.query('select trail.bring_in($1::json)', [old])
  expect(await extendHashChain(sql, machineNow)).toBe(1)
  expect(await verifyHashChain(sql)).toMatchObject({ entries: 3, brought: 1 })
})

test('a role of row-level security reads no more of the audit log than before, and adds nothing', async () => {
  const reach = {
    role: 'gable_none',
    organisation: '',
    practitioner: '',
    rooms: '',
    at: '',
  } as const
  expect((await sql.as(reach).query('select 1 from audit')).rows).toEqual([])
  const adding = sql.as(reach).query(`select trail.append('[]')`)
  await expect(adding).rejects.toMatchObject({ code: '42501' })
})

/** Servers in this process that receive the checksums. */
async function listeners() {
  const received: string[] = []
  const udp = createSocket('udp4')
  udp.on('message', (message) => received.push(`udp ${message}`))
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const tcp = createServer((socket) => socket.on('data', (text) => received.push(`tcp ${text}`)))
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  closing.push(
    async () => void udp.close(),
    async () => void tcp.close(),
  )
  return { received, udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port }
}

test('heads are sent to a file, syslog and a second database as blocks close, and the check uses them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gable-heads-'))
  closing.push(() => rm(folder, { recursive: true, force: true }))
  const second = await newDatabase('bare')
  closing.push(second.drop)
  const { received, udp, tcp } = await listeners()
  const file = join(folder, 'heads.ndjson')
  const common = { GABLE_TRAIL_FILE: file, GABLE_TRAIL_DATABASE: second.url }
  const places = auditSettingsFrom({ ...common, GABLE_TRAIL_SYSLOG: `udp://127.0.0.1:${udp}` })
  const silent: string[] = []
  const heads = openAuditHeads(places, (place) => silent.push(place))
  const byTcp = openAuditHeads(
    auditSettingsFrom({ GABLE_TRAIL_SYSLOG: `tcp://127.0.0.1:${tcp}`, DATABASE_URL: 'x' }),
    (place) => silent.push(place),
  )
  const stop = startHashChainJob(sql, {
    every: 20,
    onHead: async (head) => {
      await Promise.all([heads.send(head), byTcp.send(head)])
    },
  })
  await writeAuditLog(sql, [look(4)])
  const sentTo = async (number: number) => {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    return [
      lines.some((line) => line.includes(`"block":${number},`)),
      ...['udp', 'tcp'].map((kind) =>
        received.some((each) => each.startsWith(kind) && each.includes(`block="${number}"`)),
      ),
    ]
  }
  const { head } = await verifyHashChain(sql)
  const next = (head?.number ?? 0) + 1
  await expect.poll(() => sentTo(next), { timeout: 20_000 }).toEqual([true, true, true])
  await stop()
  await heads.close()
  await byTcp.close()
  const pattern = `<109>1 \\S+ \\S+ gable \\d+ trail-head \\[gable@32473 block="${next}" hash="[0-9a-f]{64}"\\]`
  const line = (kind: string) =>
    received.find((each) => each.startsWith(kind) && each.includes(`"${next}"`))
  expect(line('udp')).toMatch(new RegExp(`^udp ${pattern}`))
  expect(line('tcp')).toMatch(new RegExp(`\\d+ ${pattern}`))
  expect(silent).toEqual([])

  expect((await verifyHashChain(sql, notedAuditHeads(places))).fault).toBeUndefined()
  // the owner of the database empties everything and starts again: only the checksums stored elsewhere show it
  await asSuperuser('truncate trail.audit, trail.block, trail_head restart identity')
  expect((await verifyHashChain(sql)).fault).toBeUndefined()
  await writeAuditLog(sql, [look(5)])
  await extendHashChain(sql, machineNow)
  expect((await verifyHashChain(sql)).fault).toBeUndefined()
  for (const place of [{ file }, { database: second.url }])
    expect((await verifyHashChain(sql, notedAuditHeads(place))).fault).toMatchObject({
      kind: 'head-unknown',
    })
})

test.each([
  [{ GABLE_TRAIL_SYSLOG: 'logs.example:514' }, /GABLE_TRAIL_SYSLOG/],
  [{ GABLE_TRAIL_SYSLOG: 'https://logs.example' }, /GABLE_TRAIL_SYSLOG/],
  [{ GABLE_TRAIL_DATABASE: 'mysql://x' }, /GABLE_TRAIL_DATABASE/],
  [
    { GABLE_TRAIL_DATABASE: 'postgres://x/y', DATABASE_URL: 'postgres://x/y' },
    /other than DATABASE_URL/,
  ],
])('%j is refused with a plain message', (env, words) => {
  expect(() => auditSettingsFrom(env)).toThrow(words)
})

test('heads of the bundled PostgreSQL are kept in a file by default, those of another database nowhere', () => {
  expect(auditSettingsFrom({ GABLE_DATA: '/d' })).toEqual({ file: '/d/trail-heads.ndjson' })
  expect(auditSettingsFrom({ DATABASE_URL: 'postgres://x/y' })).toEqual({})
})
