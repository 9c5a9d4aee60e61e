import { expect, test } from 'vitest'
import { handOverPeopleRequest } from '#domain/cover/shared-answer.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { talkToFhir } from '#domain/meeting/talk-fhir.ts'
import { threadMessageToFhir } from '#domain/message/message-fhir.ts'
import { concernToFhir } from '#domain/social-care/safeguarding.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { beginCover } from '#test-support/worlds/cover-world.ts'

const subject = { reference: 'Patient/Huw' }
const huw = { reference: 'Patient/Huw', name: 'Zoë Huw', voice: 'person' as const }
const ming = {
  ...{ reference: 'Practitioner/ming-zhao', name: 'Ming Zhao', voice: 'professional' as const },
}

const message = (id: string, thread: string, at: string, by: typeof huw | typeof ming) =>
  threadMessageToFhir({
    ...{ id, thread, person: 'Huw', readers: 'person', topic: 'other', words: `Words ${id}` },
    ...{ by, at },
  })

const visit = (id: string, status: string, more: object = {}) =>
  ({
    ...{ resourceType: 'Appointment', id, status, start: '2026-12-20T10:00:00Z' },
    description: 'Blood test',
    participant: [
      { actor: subject, status: 'accepted' },
      { actor: { display: 'Anna' }, status: 'accepted' },
    ],
    ...more,
  }) as ResourceWithId

const stay = (id: string, period: object, more: object = {}) =>
  ({
    ...{ resourceType: 'Encounter', id, status: 'finished', class: { code: 'IMP' }, subject },
    ...{ period, reasonCode: [{ text: 'Fall' }], serviceProvider: { display: 'St Anne’s' } },
    ...more,
  }) as ResourceWithId

const safety = (id: string, more: object = {}) =>
  ({
    ...{ resourceType: 'Flag', id, status: 'active', subject, code: { text: 'Lives with a risk' } },
    category: [{ coding: [{ code: 'safety' }] }],
    period: { start: '2026-12-03T10:00:00Z' },
    ...more,
  }) as ResourceWithId

eachStore('What happened while somebody was away', (open) => {
  async function begin() {
    const begun = await beginCover(open)
    await begun.keep('amina', { until: '2026-12-04' })
    begun.passDays(4)
    const add = async (...records: readonly ResourceWithId[]) =>
      await begun.server.seed(records, 'brook-surgery')
    const linesOf = async (person: string) => {
      const { people } = await begun.whileAway('amina')
      return people
        .find(({ id }) => id === person)
        ?.lines.map(({ kind, text }) => [kind, text].join(': '))
    }
    return { ...begun, add, linesOf }
  }

  test('A safety concern without a duty is told of, closed or not, and one by mistake is not', async () => {
    const { add, linesOf } = await begin()
    await add(safety('s1', { status: 'inactive' }), safety('s2', { status: 'entered-in-error' }))
    expect(await linesOf('Huw')).toEqual(['safety: Lives with a risk'])
  })

  test('Going in and coming home are told of, and a stay that did not happen is not', async () => {
    const { add, linesOf } = await begin()
    await add(
      stay('e1', { start: '2026-12-03T10:00:00Z', end: '2026-12-04T08:00:00Z' }),
      stay('e2', { start: '2026-12-03T11:00:00Z' }, { status: 'entered-in-error' }),
      stay('e3', { start: '2026-11-03T10:00:00Z', end: '2026-12-03' }),
    )
    expect(await linesOf('Huw')).toEqual([
      ...['discharged: St Anne’s', 'admitted: Fall', 'discharged: St Anne’s'],
    ])
  })

  test('A death is told of when it was written, also one of an earlier day', async () => {
    const { add, whileAway, server } = await begin()
    const amina = await server.as('amina')
    const patient = (await (await amina('/fhir/Patient/Huw')).json()) as ResourceWithId
    await add({ ...patient, deceasedDateTime: '2026-11-28' } as ResourceWithId)
    const [first] = (await whileAway('amina')).people
    expect(first).toMatchObject({ id: 'Huw', lines: [{ kind: 'died', at: '2026-11-28' }] })
  })

  test('What the person wrote is told of until somebody of the team has answered', async () => {
    const { add, linesOf } = await begin()
    await add(
      message('m1', 'm1', '2026-12-03T10:00:00Z', huw),
      message('m2', 'm2', '2026-12-03T11:00:00Z', huw),
      message('m3', 'm2', '2026-12-03T12:00:00Z', ming),
    )
    expect(await linesOf('Huw')).toEqual(['message: Words m1'])
  })

  test('Visits that were cancelled or missed are told of, and those that stand are not', async () => {
    const { add, linesOf } = await begin()
    await add(visit('v1', 'cancelled'), visit('v2', 'booked'))
    expect(await linesOf('Huw')).toEqual(['visit-cancelled: Blood test, Anna'])
    await add(visit('v2', 'noshow', { description: 'Dressing' }))
    expect(await linesOf('Huw')).toContain('visit-missed: Dressing, Anna')
  })

  test('A safeguarding concern is never told of, neither as written nor in another way', async () => {
    const { add, linesOf } = await begin()
    const concern = concernToFhir({
      ...{ id: 'c-1', person: 'Huw', about: 'Secret', risk: '', wishes: '', safety: '' },
      ...{
        consent: 'not-asked',
        withoutConsent: '',
        sources: [],
        notes: [],
        members: [],
        removed: [],
      },
      ...{ raisedBy: ming, raisedAt: '2026-12-03T10:00:00Z' },
      written: { by: ming, at: '2026-12-03T10:00:00Z' },
    })
    const written = (id: string, target: string) =>
      ({
        ...{ resourceType: 'Provenance', id, target: [{ reference: target }, subject] },
        recorded: '2026-12-03T10:00:00Z',
        agent: [{ who: { reference: ming.reference, display: ming.name } }],
        activity: { coding: [{ code: 'CREATE' }] },
      }) as ResourceWithId
    await add(concern, written('p-1', 'Basic/c-1'), written('p-2', 'Goal/goal-Huw'))
    expect(await linesOf('Huw')).toEqual(['goal: Walk to the shop'])
  })

  test('What a meeting decided is told of, and whom somebody handed over meanwhile, to whom and why', async () => {
    const { add, linesOf, post } = await begin()
    await add({
      ...talkToFhir({
        ...{ id: 'talk-1', version: '1', person: 'Huw', meeting: 'm-1', title: 'Tuesday' },
        ...{ start: '2026-12-03T10:00:00Z', place: 1, minutes: 5, state: 'done', used: 200 },
        ...{ members: [], brought: [] },
        decisions: [
          {
            ...{ id: 'd-1', kind: 'task', words: 'A chair for the bath', owner: ming },
            ...{ by: '2026-12-10', dissent: [], records: [] },
            written: { by: ming, at: '2026-12-03T10:04:00Z' },
          },
        ],
      }),
      id: 'talk-1',
    } as ResourceWithId)
    const asked = handOverPeopleRequest.write({
      ...{ batch: 'b-9', from: 'amina-yusuf', reason: 'Lives nearer.', trial: false, undo: false },
      people: [{ id: 'Huw', to: 'ming-zhao' }],
    })
    expect((await post('patel', 'EpisodeOfCare/$hand-over-people', asked)).status).toBe(200)
    expect(await linesOf('Huw')).toEqual([
      'handed-over: Ming Zhao: Lives nearer.',
      'decided: A chair for the bath, Ming Zhao',
    ])
  })

  test('The weekend after the last day away counts, until the hand-back is read', async () => {
    const { add, linesOf, passDays, end, whileAway } = await begin()
    passDays(3)
    const at = '2026-12-05T10:00:00Z'
    await add(safety('s1', { period: { start: at }, code: { text: 'On Saturday' } }))
    expect(await linesOf('Huw')).toEqual(['safety: On Saturday'])
    expect((await end('amina', 'a-1', true)).status).toBe(200)
    passDays(2)
    await add(safety('s2', { period: { start: '2026-12-08T10:00:00Z' } }))
    expect(await linesOf('Huw')).toEqual(['safety: On Saturday'])
    expect((await whileAway('ming')).status).toBe(404)
  })
})
