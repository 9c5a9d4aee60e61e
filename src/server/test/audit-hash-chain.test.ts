import { expect, test } from 'vitest'
import { createAuditLog, writeAuditLog } from '#server/audit/audit-log.ts'
import { type AuditRow, auditColumns, digestOf, hashOf } from '#server/audit/digest.ts'
import { extendHashChain } from '#server/audit/hash-chain.ts'
import { notedChecksum } from '#server/audit/noted-checksum.ts'
import { verifyHashChain } from '#server/audit/verify-hash-chain.ts'
import type { Sql } from '#server/store/sql.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { allDone, sealAll } from '#test-support/servers/seal-all.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const at = new Date('2026-03-02T09:00:00.000Z')

/** Replaced by the script of a change, it marks the point after which the hash chain is closed again. */
const startedAgain = '-- closed again'

const look = (number: number) => ({
  at,
  actor: demoActor('amina'),
  act: 'R' as const,
  way: 'read',
  allowed: true,
  what: new Map([[`p${number}`, [`Goal/g${number}`, `Patient/p${number}`]]]),
})

eachStore('The audit log', (open, kind) => {
  /** Three blocks of five entries each. */
  async function chained(): Promise<Sql> {
    const { sql } = await open()
    for (let block = 0; block < 3; block += 1) {
      for (let entry = 1; entry <= 5; entry += 1)
        await writeAuditLog(sql, [look(block * 5 + entry)])
      expect(await sealAll(sql, () => at)).toBe(5)
    }
    return sql
  }

  test('is reported as complete up to a time when it is unchanged', async () => {
    const sql = await chained()
    expect(await verifyHashChain(sql)).toEqual({
      blocks: 3,
      entries: 15,
      open: 0,
      brought: 0,
      upTo: at.toISOString(),
      head: { number: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    await writeAuditLog(sql, [look(16)])
    expect(await verifyHashChain(sql)).toMatchObject({ blocks: 3, entries: 15, open: 1 })
  })

  test.each([
    ['a changed entry', `update audit set name = 'Nobody' where seq = 7`, 'entry-changed', 2, 7],
    [
      'an entry hidden from its person',
      `update audit set persons = '{}', what = '{}' where seq = 3`,
      'entry-changed',
      1,
      3,
    ],
    [
      'a time moved by a microsecond',
      `update audit set at = at + interval '1 microsecond' where seq = 11`,
      'entry-changed',
      3,
      11,
    ],
    ['a removed entry', 'delete from audit where seq = 9', 'entry-missing', 2, 9],
    ['the newest entry removed', 'delete from audit where seq = 15', 'entry-missing', 3, 15],
    [
      'an added entry',
      `insert into audit (at, identity, name, role, act, way, allowed, persons, what, tx) select at, 'ruth', 'Ruth', 'manager', 'R', 'read', true, persons, what, tx from audit where seq = 4`,
      'entry-added',
      undefined,
      16,
    ],
    [
      'two swapped entries',
      `update audit a set (persons, what) = (select b.persons, b.what from audit b where b.seq = 14 - a.seq) where seq in (6, 8)`,
      'entry-changed',
      2,
      6,
    ],
    [
      'a changed block',
      `update trail_block set at = at - interval '1 day' where number = 2`,
      'block-changed',
      2,
      undefined,
    ],
    [
      'a block made to fit a changed entry',
      `update trail_block set rows = replace(rows::text, '[7,"', '[7,"0')::json where number = 2`,
      'block-changed',
      2,
      undefined,
    ],
    [
      'a block removed from the middle',
      'delete from trail_block where number = 2',
      'block-missing',
      2,
      undefined,
    ],
    [
      'the newest block removed',
      'delete from trail_block where number = 3',
      'head-unknown',
      3,
      undefined,
    ],
    [
      'two swapped blocks',
      `update trail_block set number = 5 - number + 100 where number > 1; update trail_block set number = number - 100 where number > 100`,
      'block-changed',
      2,
      undefined,
    ],
    [
      'a block closed again',
      'insert into trail_block select 4, at, entries, rows, hash, hash, tx, seq from trail_block where number = 3',
      'block-changed',
      4,
      undefined,
    ],
    [
      'a log emptied completely',
      'truncate trail.audit, trail.block',
      'emptied',
      undefined,
      undefined,
    ],
    [
      'a log emptied and started again',
      `truncate trail.audit, trail.block restart identity; ${startedAgain}`,
      'head-unknown',
      3,
      undefined,
    ],
    [
      'a backdated entry added before its block was closed',
      `insert into trail.audit (at, identity, name, role, act, way, allowed, persons, what)
         select at - interval '2 days', identity, name, role, act, way, allowed, persons, what from audit where seq = 4;
       ${startedAgain}`,
      'entry-misdated',
      4,
      16,
    ],
  ] as const)('names the place of %s', async (_what, script, fault, block, entry) => {
    const sql = await chained()
    for (const part of script.split(startedAgain)) {
      await sql.script(part)
      if (part !== script) await sealAll(sql, () => at)
    }
    const { noted: _noted, ...found } = (await verifyHashChain(sql)).fault ?? {}
    expect(found).toEqual({
      kind: fault,
      ...(block === undefined ? {} : { block }),
      ...(entry === undefined ? {} : { entry }),
    })
  })

  const odd = {
    ...look(16),
    actor: { ...demoActor('amina'), name: 'Åsa "O’Neill" \\ \u0001\t😀\u2028', identity: 'a/b' },
    why: 'line\nline',
    asked: 'Patient?name=#é',
    what: new Map([
      ['p-2', ['Goal/g"1']],
      ['P-1', []],
    ]),
  }
  const closing = async (sql: Sql, block: object) =>
    await sql.query(
      `select trail.close_block($1::json, (select max(tx) from trail.audit), (select max(seq) from trail.audit))`,
      [JSON.stringify(block)],
    )

  test('accepts no block that differs from its entries', async () => {
    const sql = await chained()
    const { head } = await verifyHashChain(sql)
    await writeAuditLog(sql, [odd, { ...look(17), what: new Map() }])
    const { rows: entries } = await sql.query<AuditRow>(
      `select ${auditColumns} from trail.audit where seq > 15 order by seq`,
    )
    const rows = entries.map((each): [number, string] => [Number(each.seq), digestOf(each)])
    await allDone(sql)
    const next = { number: 4, at: at.toISOString(), previous: head?.hash ?? '' }
    const blank = rows.map(([seq]): [number, string] => [seq, '0'.repeat(64)])
    for (const wrongRows of [rows.slice(0, 1), rows.toReversed(), blank, []]) {
      const block = { ...next, rows: wrongRows, hash: hashOf({ ...next, rows: wrongRows }) }
      await expect(closing(sql, block)).rejects.toThrow('does not say what stands')
    }
    const wrong = { ...next, rows, hash: '0'.repeat(64) }
    await expect(closing(sql, wrong)).rejects.toThrow('does not say what stands')
    expect((await verifyHashChain(sql)).fault).toBeUndefined()
    await closing(sql, { ...next, rows, hash: hashOf({ ...next, rows }) })
    const report = await verifyHashChain(sql)
    expect([report.fault, report.blocks, report.open]).toEqual([undefined, 4, 0])
  })

  test('can be closed whatever a backup brings in, and no block is closed behind the last one', async () => {
    const sql = await chained()
    const plain = { ...look(1).actor, act: 'R', way: 'read', allowed: true, at: at.toISOString() }
    const odd: readonly object[] = [
      { what: { p: [{ a: 1, b: '2' }] }, persons: ['p'] },
      { what: { p: 'all' }, persons: ['p', null] },
      { what: [1], persons: [['a'], ['b']] },
      { what: { '😀': ['x'], '\uffee': ['y'] }, persons: [] },
      { what: { p: [null, ['z']] }, persons: [] },
    ]
    const entries = odd.map((each, seq) => ({ ...plain, seq, ...each }))
    await sql.query('select trail.bring_in($1::json)', [JSON.stringify(entries)])
    expect(await sealAll(sql, () => at)).toBe(odd.length)
    const { head, fault } = await verifyHashChain(sql)
    expect(fault).toBeUndefined()
    const none = { number: 5, at: at.toISOString(), previous: head?.hash ?? '', rows: [] }
    const block = JSON.stringify({ ...none, hash: hashOf(none) })
    for (const place of ['0, 0', '(select min(tx) from trail.audit), 1'])
      await expect(
        sql.query(`select trail.close_block($1::json, ${place})`, [block]),
      ).rejects.toThrow('holds nothing')
  })

  test('reports how many entries were imported, when and by which login, beside their claimed time', async () => {
    const sql = await chained()
    const wrongRows = { ...odd, persons: ['p-2'], what: { 'p-2': ['Goal/g1'] }, ...odd.actor }
    const old = { ...wrongRows, actor: undefined, at: '2001-01-01T00:00:00Z', seq: 1 }
    await sql.query('select trail.bring_in($1::json)', [JSON.stringify([old, { ...old, seq: 2 }])])
    expect(await sealAll(sql, () => at)).toBe(2)
    const { rows } = await sql.query<{ seq: number; at: string; login: string }>(
      `select seq, to_char(at at time zone 'UTC', 'YYYY') as at, session_user as login from audit where came is not null order by seq`,
    )
    expect(rows.map((each) => [Number(each.seq), each.at])).toEqual([
      [16, '2001'],
      [17, '2001'],
    ])
    const report = await verifyHashChain(sql)
    expect(report.fault).toBeUndefined()
    const year = /^20[2-9]\d-/
    expect(report).toMatchObject({
      brought: 2,
      broughtBy: [
        {
          ...{ login: rows[0]?.login, entries: 2, blocks: 0 },
          ...{ from: expect.stringMatching(year), to: expect.stringMatching(year) },
        },
      ],
    })
  })

  test('that was truncated together with its head is detected, even after it has grown again', async () => {
    const sql = await chained()
    const { head } = await verifyHashChain(sql)
    const cut = { kind: 'head-unknown', block: 3, noted: 'the database' }
    await sql.script('delete from audit where seq > 10; delete from trail_block where number = 3')
    expect(await verifyHashChain(sql)).toMatchObject({ blocks: 2, entries: 10, fault: cut })
    for (const number of [97, 98, 99]) {
      await writeAuditLog(sql, [look(number)])
      await sealAll(sql, () => at)
      expect((await verifyHashChain(sql)).fault).toEqual(cut)
    }
    // a user with full write access deletes the local checksum too: then only a checksum stored elsewhere shows it
    await sql.script('delete from trail_head')
    expect((await verifyHashChain(sql)).fault).toBeUndefined()
    const elsewhere = head ? [notedChecksum('a letter', head)] : []
    expect((await verifyHashChain(sql, elsewhere)).fault).toEqual({ ...cut, noted: 'a letter' })
  })

  test('is closed and checked from its own table, even if a view hides entries', async () => {
    const sql = await chained()
    await sql.script(
      `create or replace view audit with (security_invoker = true) as
         select * from trail.audit where way <> 'out of sight'`,
    )
    await writeAuditLog(sql, [{ ...look(16), way: 'out of sight' }])
    expect(await verifyHashChain(sql)).toMatchObject({ entries: 15, open: 1 })
    expect(await sealAll(sql, () => at)).toBe(1)
    const { entries, open: left, fault } = await verifyHashChain(sql)
    expect([entries, left, fault]).toEqual([16, 0, undefined])
  })

  test('continues after a move to another cluster, where transaction ids start again', async () => {
    const sql = await chained()
    await writeAuditLog(sql, [look(16)])
    await sql.script('update audit set tx = tx + 1000000; update trail_block set tx = tx + 1000000')
    await writeAuditLog(sql, [look(17)])
    expect(await sealAll(sql, () => at)).toBe(2)
    await writeAuditLog(sql, [look(18)])
    expect(await sealAll(sql, () => at)).toBe(1)
    const report = await verifyHashChain(sql)
    expect(report).toMatchObject({ blocks: 5, entries: 18, open: 0 })
    expect(report.fault).toBeUndefined()
  })

  test('keeps the entries of a slow transaction, and does not miss rolled-back ones', async () => {
    const sql = await chained()
    if (kind === 'postgres') {
      await sql.transaction(async (slow) => {
        await writeAuditLog(slow, [look(16)])
        await writeAuditLog(sql, [look(17)])
        expect(await extendHashChain(sql, () => at)).toBe(0)
      })
    } else await writeAuditLog(sql, [look(16), look(17)])
    const failing = sql.transaction(async (tx) => {
      await writeAuditLog(tx, [look(18)])
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await writeAuditLog(sql, [look(19)])
    expect(await sealAll(sql, () => at)).toBe(3)
    const report = await verifyHashChain(sql)
    expect(report).toMatchObject({ entries: 18, open: 0 })
    expect(report.fault).toBeUndefined()
  })

  test('is closed once when many writers and closers run at the same time', async () => {
    const { sql } = await open()
    const note = createAuditLog(sql)
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let entry = 0; entry < 10; entry += 1) await note(look(writer * 10 + entry))
    })
    const sealers = Array.from({ length: 4 }, async () => {
      for (let turn = 0; turn < 10; turn += 1) await extendHashChain(sql, () => at)
    })
    await Promise.all([...writers, ...sealers])
    await sealAll(sql, () => at)
    const report = await verifyHashChain(sql)
    expect(report).toMatchObject({ entries: 200, open: 0 })
    expect(report.fault).toBeUndefined()
  })

  test('fails only the access whose entry cannot be stored', async () => {
    const { sql } = await open()
    const note = createAuditLog(sql)
    const odd = { ...look(2), why: 'a\0b \ud800' }
    const broken = { ...look(3), at: new Date(8.64e15) }
    const kept = await Promise.allSettled([look(1), odd, broken, look(4)].map(note))
    expect(kept.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    ])
    const { rows } = await sql.query('select why from audit where why is not null')
    expect(rows).toEqual([{ why: 'ab \ufffd' }])
  })

  test('is checked only by administrators, who see its head and first fault', async () => {
    const sql = await chained()
    const server = await openHandler({ sql, now: at })
    const admin = await server.as('admin')
    const answer = await (await admin('/fhir/$verify-trail')).text()
    expect(answer).toContain('"whole","valueBoolean":true')
    expect(answer).toMatch(/"head","valueString":"\d+:[0-9a-f]{64}"/)
    expect((await admin('/fhir/$verify-trail?head=3:abc')).status).toBe(400)
    expect((await (await server.as('amina'))('/fhir/$verify-trail')).status).toBe(403)
    await sql.query(`update audit set why = 'none' where seq = 2`)
    const broken = await (await admin('/fhir/$verify-trail')).json()
    expect(broken.parameter).toContainEqual({
      name: 'fault',
      part: [
        { name: 'kind', valueCode: 'entry-changed' },
        { name: 'block', valueInteger: 1 },
        { name: 'entry', valueInteger: 2 },
      ],
    })
  })
})
