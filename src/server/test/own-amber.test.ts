import { expect, test } from 'vitest'
import type { OwnAmber } from '#domain/reading/own-amber.ts'
import {
  ownAmberAgreedToFhir,
  ownAmberFromFhir,
  ownAmberToFhir,
} from '#domain/reading/own-amber-fhir.ts'
import { relationsServer, type Sent } from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, grace, share } from '#test-support/worlds/grace-records.ts'

const person = grace.reference.split('/')[1] ?? ''
const at = '2026-03-02T08:50:00Z'
const voiced = (by: { reference: string }) =>
  ({ reference: by.reference, name: '', voice: 'person' }) as const
const sign = (id: string, by: { reference: string }, more: Partial<OwnAmber> = {}): Sent =>
  ownAmberToFhir({
    ...{ id, person, words: '2 kg up in 3 days, or sleeping in the chair', at },
    ...{ limit: { kind: 'weight', up: 2, days: 3 }, by: voiced(by) },
    ...more,
  }) as never as Sent
const agreed = (id: string, rule: string, by: { reference: string }): Sent =>
  ownAmberAgreedToFhir({ id, person, rule, by: voiced(by), at }) as never as Sent

eachStore('A person’s own amber sign', (open) => {
  test('is said by the person and by a carer, agreed to by a professional, each in their own name', async () => {
    const server = await relationsServer(await open(), share(['record'], ['read', 'write']))
    expect(await server.put('grace', sign('s-grace', grace))).toBe(201)
    expect(await server.put('chidi', sign('s-chidi', chidi))).toBe(201)
    for (const [who, by] of [
      ['grace', chidi],
      ['chidi', grace],
      ['amina', amina],
      ['amina', grace],
      ['admin', grace],
    ] as const)
      expect(await server.put(who, sign('s-other', by)), `${who} for ${by.reference}`).toBe(403)
    expect(await server.put('amina', agreed('a-1', 's-grace', amina))).toBe(201)
    expect(await server.put('grace', agreed('a-2', 's-grace', grace))).toBe(403)
    expect(await server.put('chidi', agreed('a-3', 's-chidi', chidi))).toBe(403)
    expect(await server.put('amina', agreed('a-4', 'nothing', amina))).toBe(422)
    const read = await (await server.send('amina', '/Observation/s-chidi')).json()
    expect(ownAmberFromFhir(read as never)?.limit).toEqual({ kind: 'weight', up: 2, days: 3 })
    expect(await server.reads('grace', 'Observation/a-1')).toBe(200)
  })

  test('is read by no carer with whom readings are not shared', async () => {
    const server = await relationsServer(await open(), share(['roof'], ['read', 'write']))
    expect(await server.put('grace', sign('s-grace', grace))).toBe(201)
    expect(await server.reads('chidi', 'Observation/s-grace')).toBe(404)
    expect(await server.put('chidi', sign('s-chidi', chidi))).toBe(404)
  })

  test('stays as it was said; its author takes it back, and nobody deletes it', async () => {
    const server = await relationsServer(await open(), share(['record'], ['read', 'write']))
    const said = sign('s', grace)
    expect(await server.put('grace', said)).toBe(201)
    expect(await server.put('grace', { ...said, valueString: 'Never' }, 1)).toBe(403)
    expect(await server.put('amina', { ...said, status: 'entered-in-error' }, 1)).toBe(403)
    expect(await server.put('chidi', { ...said, status: 'entered-in-error' }, 1)).toBe(403)
    expect(await server.remove('grace', 'Observation/s')).toBe(403)
    expect(await server.put('grace', { ...said, status: 'entered-in-error' }, 1)).toBe(200)
    expect(await server.put('amina', agreed('a', 's', amina)), 'taken back').toBe(422)
  })

  test.each<[string, object]>([
    ['no words', { valueString: undefined }],
    ['too many words', { valueString: 'x'.repeat(501) }],
    ['tomorrow', { effectiveDateTime: '2026-03-03T09:00:00Z' }],
    ['not final', { status: 'preliminary' }],
    [
      'a limit of nothing known',
      {
        extension: [
          {
            url: 'https://gable.example/fhir/own-amber-limit',
            extension: [{ url: 'code', valueCode: '1-8' }],
          },
        ],
      },
    ],
    [
      'a limit without a number',
      {
        extension: [
          {
            url: 'https://gable.example/fhir/own-amber-limit',
            extension: [{ url: 'code', valueCode: '29463-7' }],
          },
        ],
      },
    ],
  ])('is refused with a reason: %s', async (_title, more) => {
    const server = await relationsServer(await open())
    expect(await server.put('grace', { ...sign('s', grace), ...more })).toBe(422)
  })
})
