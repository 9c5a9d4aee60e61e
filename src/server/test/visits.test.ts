import type { Appointment, Bundle, Encounter, Patient, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OutcomeRecord, outcomeTypes } from '#domain/preparation/visit-outcomes.ts'
import { visitsFrom } from '#domain/preparation/visits-from.ts'
import { because, between } from '#test-support/access/access-labels.ts'
import { relationsServer, restricted, to } from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { grace, share } from '#test-support/worlds/grace-records.ts'

const visit = (id: string, more: object = {}) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', class: { code: 'IMP' }, subject: grace },
  ...{ period: { start: '2026-02-20T10:00:00Z', end: '2026-02-22T10:00:00Z' }, ...more },
})
const outcome = (id: string, more: object = {}) => ({
  ...{ resourceType: 'Procedure', id, status: 'completed', subject: grace },
  ...{ code: { text: id }, encounter: to('Encounter/plain'), ...more },
})
const planned = {
  ...{
    resourceType: 'Appointment',
    id: 'planned',
    status: 'booked',
    start: '2026-04-01T10:00:00Z',
  },
  participant: [{ actor: grace, status: 'accepted' }],
}
const hidden = { security: [because(between)] }

eachStore('The visits that are told before a talk', (open) => {
  const started = async (...more: readonly object[]) =>
    await relationsServer(
      await open(),
      ...[visit('plain'), visit('secret', { meta: restricted }), visit('hidden', { meta: hidden })],
      ...[outcome('blood'), outcome('secret-test', { meta: restricted })],
      ...[outcome('hidden-test', { meta: hidden }), planned, ...more],
    )
  type House = Awaited<ReturnType<typeof started>>

  /** The visits and what came of them, as the screen makes them of what this reader is answered. */
  async function told(server: House, who: string): Promise<readonly string[]> {
    const of = async (type: string) => {
      const answer = await server.send(who, `/${type}?patient=${graceId}&_count=200`)
      const { entry = [] } = (await answer.json()) as Bundle
      return entry.flatMap(({ resource }) => (resource ? [resource as Resource] : []))
    }
    const all = (await Promise.all(outcomeTypes.map(of))).flat()
    const found = visitsFrom(
      {
        patient: { resourceType: 'Patient' } satisfies Patient,
        encounters: (await of('Encounter')) as readonly Encounter[],
        appointments: (await of('Appointment')) as readonly Appointment[],
        outcomes: all as readonly OutcomeRecord[],
      },
      { today: '2026-03-02', zone: 'Europe/London' },
    )
    return found
      .flatMap(({ id, outcomes }) => [id, ...outcomes.map(({ words }) => words)])
      .toSorted()
  }

  const forAll = ['Appointment/planned', 'Encounter/plain', 'blood']

  test.each([
    [
      'a named nurse',
      'amina',
      ['Encounter/secret', 'Encounter/hidden', 'secret-test', 'hidden-test'],
    ],
    [
      'the person, but not what is between professionals',
      'grace',
      ['Encounter/secret', 'secret-test'],
    ],
    ['a colleague at the practice, who is not named', 'patel', ['Encounter/hidden', 'hidden-test']],
  ] as const)('are those that each reader may see: %s', async (_title, who, more) => {
    const seen = await told(await started(), who)
    expect(seen).toEqual([...forAll, ...more].toSorted())
  })

  test('are for a carer only if the person shares the record, and then nothing that is restricted', async () => {
    expect(await told(await started(share(['record'], ['read'])), 'chidi')).toEqual(forAll)
  })

  test('are not for a carer with whom only the conversation is shared', async () => {
    expect(await told(await started(share(['conversation', 'me'], ['read'])), 'chidi')).toEqual([])
  })
})
