import { expect, test } from 'vitest'
import { type Worry, worryFromFhir, worryToFhir } from '#domain/worry/worry.ts'
import {
  type RelationsServer,
  relationsServer,
  type Sent,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, grace, share } from '#test-support/worlds/grace-records.ts'

const person = grace.reference.split('/')[1] ?? ''
const worry = (id: string, by: { reference: string }, more: Partial<Worry> = {}): Sent =>
  worryToFhir({
    ...{ id, person, score: 8, words: '', at: '2026-03-02T08:50:00Z' },
    by: { reference: by.reference, name: '', voice: 'person' },
    ...more,
  }) as never as Sent

const karen = { reference: 'Practitioner/karen-lee' }
const readAs = async (server: RelationsServer, who: string, id: string) =>
  worryFromFhir((await (await server.send(who, `/Observation/${id}`)).json()) as never)

eachStore('How worried somebody is', (open) => {
  test('The person, a carer and a professional each say it in their own name alone', async () => {
    const server = await relationsServer(await open(), share(['record'], ['read', 'write']))
    expect(await server.put('grace', worry('w-grace', grace, { score: 0 }))).toBe(201)
    expect(await server.put('chidi', worry('w-chidi', chidi, { words: 'She falls' }))).toBe(201)
    expect(await server.put('amina', worry('w-amina', amina, { score: 3 }))).toBe(201)
    for (const [who, by] of [
      ['grace', chidi],
      ['chidi', grace],
      ['chidi', amina],
      ['amina', grace],
      ['amina', chidi],
      ['amina', karen],
      ['admin', amina],
    ] as const)
      expect(await server.put(who, worry('w-other', by)), `${who} for ${by.reference}`).toBe(403)
    const named = { ...worry('w-name', amina), performer: [{ ...amina, display: 'Karen Lee' }] }
    expect(await server.put('amina', named)).toBe(403)
    expect(await readAs(server, 'amina', 'w-chidi')).toMatchObject({ score: 8, words: 'She falls' })
  })

  test('A carer with whom readings are not shared can neither say it nor read it', async () => {
    const server = await relationsServer(await open(), share(['roof'], ['read', 'write']))
    expect(await server.put('amina', worry('w-amina', amina))).toBe(201)
    expect(await server.put('chidi', worry('w-chidi', chidi))).toBe(404)
    expect(await server.reads('chidi', 'Observation/w-amina')).toBe(404)
  })

  test('A carer who may only read does not say it', async () => {
    const server = await relationsServer(await open(), share(['record'], ['read']))
    expect(await server.put('chidi', worry('w-chidi', chidi))).toBe(403)
  })

  test('It stays as it was said; whoever said it marks it as an error', async () => {
    const server = await relationsServer(await open(), share(['record'], ['read', 'write']))
    const said = worry('w-chidi', chidi)
    expect(await server.put('chidi', said)).toBe(201)
    expect(await server.put('chidi', { ...said, valueInteger: 1 }, 1)).toBe(403)
    expect(await server.put('amina', { ...said, valueInteger: 1 }, 1)).toBe(403)
    expect(await server.put('amina', { ...said, status: 'entered-in-error' }, 1)).toBe(403)
    expect(await server.remove('chidi', 'Observation/w-chidi')).toBe(403)
    expect(await server.put('chidi', { ...said, status: 'entered-in-error' }, 1)).toBe(200)
  })

  test.each<[string, object]>([
    ['eleven', { valueInteger: 11 }],
    ['less than nothing', { valueInteger: -1 }],
    ['no number', { valueInteger: undefined }],
    ['tomorrow', { effectiveDateTime: '2026-03-03T09:00:00Z' }],
    ['no time', { effectiveDateTime: undefined }],
    ['too many words', { note: [{ text: 'x'.repeat(2001) }] }],
    ['not final', { status: 'preliminary' }],
  ])('Refused with a reason: %s', async (_title, more) => {
    const server = await relationsServer(await open())
    expect(await server.put('grace', { ...worry('w', grace), ...more })).toBe(422)
  })
})
