import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Parameters } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { chunkSource, type ImportChunk } from '#domain/import/import-chunk.ts'
import { type ImportTally, nothingYet, tallyOf, together } from '#domain/import/tally.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { importChunksIn } from '#test-support/worlds/import-chunks-in.ts'
import { importFiles } from './import-files.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gable-lanes-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const people = ['ada', 'bob', 'cleo']
const patient = (id: string) => ({
  ...{ resourceType: 'Patient', id, name: [{ family: id }], birthDate: '1938-02-03' },
})
const reading = (id: string, person: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'Pulse' } },
  ...{ subject: { reference: `Patient/${person}` }, valueInteger: 60, ...more },
})
const condition = (id: string, person: string) => ({
  ...{ resourceType: 'Condition', id, code: { text: 'Asthma' } },
  subject: { reference: `Patient/${person}` },
})

/** Of each person 320 records, one of them twice, and among all: refused ones, one of nobody here, one about two. */
const mixed: readonly object[] = [
  ...people.map(patient),
  ...people.flatMap((person) => [
    ...Array.from({ length: 300 }, (_, at) => reading(`${person}-${at}`, person)),
    ...Array.from({ length: 19 }, (_, at) => condition(`${person}-c-${at}`, person)),
    reading(`${person}-7`, person, { valueInteger: 61 }),
  ]),
  reading('wrong', 'ada', { status: 'perhaps' }),
  reading('stranger', 'nobody-here'),
  reading('two', 'ada', { performer: [{ reference: 'Patient/bob' }] }),
  // an id that is taken already
  reading('bob-1', 'ada'),
]
const text = mixed.map((each) => JSON.stringify(each)).join('\n')

eachStore('an import in two lanes', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...demoOrganisationRecords()])
    const admin = await server.as('admin')
    const send = ({ body, contentType }: Pick<ImportChunk, 'body' | 'contentType'>) =>
      admin('/fhir/$import', { method: 'POST', body, headers: { 'Content-Type': contentType } })
    let most = 0
    let underWay = 0
    const counted = async (chunk: ImportChunk) => {
      underWay += 1
      most = Math.max(most, underWay)
      return await send(chunk).finally(() => {
        underWay -= 1
      })
    }
    const path = join(folder, 'mixed.ndjson')
    writeFileSync(path, text)
    const run = (stop?: AbortSignal, progress: (line: string) => void = () => undefined) =>
      importFiles([path], {
        ...{ today: '2026-11-22', progress, send: counted },
        ...(stop ? { stop } : {}),
      })
    const kept = async () => {
      const ofPeople = `where person = any($1::text[])`
      const { rows } = await sql.query(
        `select r.rt, r.id, r.vid, r.person, r.room, r.brought, r.content, r.dt, r.tok, r.shape,
           (select count(*)::int from sp where sp.rid = r.rid) as strings,
           (select count(*)::int from ref where ref.rid = r.rid) as refs
         from resource r where r.person = any($1::text[]) order by r.rt, r.id`,
        [people],
      )
      const lists = await sql.query(
        `select person, family, conditions, frailty, changes_on from person_row left join person_due using (person) ${ofPeople} order by person`,
        [people],
      )
      const changes = await sql.query(
        `select rt, id, vid from change ${ofPeople} order by rt, id, vid`,
        [people],
      )
      return { rows, lists: lists.rows, changes: changes.rows }
    }
    return { sql, send, run, kept, mostAtOnce: () => most }
  }

  /** In a database of its own, which is gone when the next one is opened. */
  async function oneAfterTheOther() {
    const { send, kept } = await started()
    let tally: ImportTally = nothingYet
    for (const chunk of await importChunksIn(text)) {
      const answer = (await (await send(chunk)).json()) as Parameters
      const at = { file: join(folder, 'mixed.ndjson'), before: 0 }
      tally = together(tally, tallyOf(answer, chunkSource(chunk, at)))
    }
    return { tally, kept: await kept() }
  }

  test('gives what one request after the other gives: order, versions, refusals, lists and audit', async () => {
    const one = await oneAfterTheOther()
    const inTwo = await started()
    const { tally } = await inTwo.run()
    expect(inTwo.mostAtOnce()).toBe(2)
    expect(tally).toEqual(one.tally)
    expect(await inTwo.kept()).toEqual(one.kept)
    expect(tally.refusals.map(({ id, reason }) => [id, reason])).toEqual([
      ['wrong', expect.stringContaining('status')],
      ['stranger', expect.stringContaining('Patient/nobody-here is not in this import')],
      ['bob-1', 'A record cannot be moved to another person'],
    ])
    const { rows } = await inTwo.kept()
    expect(rows.filter(({ id }) => id === 'bob-7')).toMatchObject([
      { vid: 2, person: 'bob', content: expect.anything() },
    ])
    const audited = await inTwo.sql.query<{ many: number }>(
      `select count(*)::int as many from trail.audit where way = '$import'`,
    )
    expect(audited.rows[0]?.many).toBeGreaterThan(0)
  })

  test('stopped in the middle, it goes on with the same result and writes nothing twice', async () => {
    const whole = await oneAfterTheOther()
    const { run, kept } = await started()
    const stop = new AbortController()
    const half = await run(stop.signal, () => stop.abort())
    expect(half.ended).toContain('it was stopped')
    const after = await kept()
    expect(after.rows.length).toBeLessThan(whole.kept.rows.length)
    expect(after.lists.length).toBe(people.length)
    const rest = await run()
    expect(rest.ended).toBeUndefined()
    expect(await kept()).toEqual(whole.kept)
  })

  test('of two imports that give one id to two people at once, one is refused', async () => {
    const { send, kept } = await started()
    const contentType = 'application/fhir+ndjson'
    const lines = people.map((person) => JSON.stringify(patient(person)))
    await send({ body: lines.join('\n'), contentType })
    const answers = await Promise.all(
      ['ada', 'bob'].map(async (person) => {
        const body = [reading('same', person), reading(`${person}-own`, person)]
        const answer = await send({
          body: body.map((each) => JSON.stringify(each)).join('\n'),
          contentType,
        })
        return tallyOf((await answer.json()) as Parameters, { file: '', placeOf: (at) => at })
      }),
    )
    expect(answers.flatMap(({ refusals }) => refusals)).toMatchObject([
      { id: 'same', reason: 'A record cannot be moved to another person' },
    ])
    const { rows } = await kept()
    expect(rows.filter(({ rt }) => rt === 'Observation').map(({ id, vid }) => [id, vid])).toEqual([
      ['ada-own', 1],
      ['bob-own', 1],
      ['same', 1],
    ])
  })
})
