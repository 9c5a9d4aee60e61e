import type { Bundle, Patient, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { deathWithdrawal } from '#domain/bereavement/death-withdrawal.ts'
import { noteToFhir } from '#domain/contact/note-fhir.ts'
import { beginSession } from '#server/auth/session.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { balbirSince, type Kept, openBalbir, subject } from '#test-support/worlds/balbir.ts'

const coded = (code: string) => ({ coding: [{ system: 'https://gable.example/codes', code }] })

const world: readonly Kept[] = [
  ...balbirSince('2026-01-20T10:00:00Z'),
  {
    ...{ resourceType: 'Task', id: 'bath', status: 'accepted', intent: 'order', for: subject },
    ...{ description: 'Order the bath board', code: coded('staff-task') },
    ...{ authoredOn: '2026-02-20T09:00:00Z', owner: { reference: 'Practitioner/amina-yusuf' } },
  } as Kept,
  {
    ...{ resourceType: 'Appointment', id: 'visit', status: 'booked' },
    ...{ start: '2026-03-04T09:00:00Z', end: '2026-03-04T10:00:00Z' },
    participant: [{ actor: subject, status: 'accepted' }],
  } as Kept,
  {
    ...{ resourceType: 'Flag', id: 'alert-w1', status: 'active', subject },
    ...{ code: coded('reading-outside-limits'), period: { start: '2026-03-01T08:00:00Z' } },
  } as Kept,
  {
    ...{ resourceType: 'Flag', id: 'worry', status: 'active', subject, code: { text: 'Unsafe' } },
    category: [{ coding: [{ code: 'safety' }] }],
  } as Kept,
  {
    ...{ resourceType: 'RelatedPerson', id: 'gurpreet', patient: subject },
    ...{ name: [{ text: 'Gurpreet Singh' }], relationship: [{ text: 'Wife' }] },
  } as Kept,
  {
    ...{ resourceType: 'ServiceRequest', id: 'meals', status: 'active', intent: 'order', subject },
    ...{ code: { text: 'Meals' }, performer: [{ display: 'Kind Meals' }] },
  } as Kept,
]

const ended = { bath: 'cancelled', visit: 'cancelled', 'alert-w1': 'inactive', worry: 'active' }
const stood = { bath: 'accepted', visit: 'booked', 'alert-w1': 'active', worry: 'active' }
const kinds = { bath: 'Task', visit: 'Appointment', 'alert-w1': 'Flag', worry: 'Flag' }

eachStore('a death', (open) => {
  async function started() {
    const server = await openBalbir((await open()).sql, world)
    const amina = await server.as('amina')
    const read = async <T>(path: string) => (await (await amina(`/fhir/${path}`)).json()) as T
    const save = async (death: object, more: readonly object[] = []) => {
      const {
        meta,
        deceasedDateTime: _d,
        deceasedBoolean: _b,
        ...patient
      } = await read<Patient>('Patient/p')
      const json = {
        ...{ resourceType: 'Bundle', type: 'transaction' },
        entry: [
          {
            resource: { ...patient, ...death },
            request: { method: 'PUT', url: 'Patient/p', ifMatch: `W/"${meta?.versionId}"` },
          },
          ...more.map((resource) => ({
            resource,
            request: { method: 'PUT', url: `Communication/${(resource as Kept).id}` },
          })),
        ],
      }
      return await amina('/fhir', { method: 'POST', json })
    }
    const states = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(kinds).map(async ([id, type]) => [
            id,
            (await read<Task>(`${type}/${id}`)).status,
          ]),
        ),
      )
    const asked = async () => {
      const { entry = [] } = await read<Bundle<Task>>('Task?patient=Patient/p&_count=100')
      return entry
        .flatMap(({ resource }) => resource ?? [])
        .filter(({ id }) => id?.startsWith('after-death'))
        .toSorted((one, other) => (one.id ?? '').localeCompare(other.id ?? ''))
    }
    return { ...server, amina, read, save, states, asked }
  }
  const by = {
    reference: 'Practitioner/amina-yusuf',
    name: 'Amina',
    voice: 'professional' as const,
  }
  const written = { person: 'p', by, at: '2026-03-02T09:00:00Z' }
  const why = (id: string) => deathWithdrawal({ id, words: 'It was another Mr Singh', ...written })

  test('ends what is ahead, with its reason, and asks for what those who are left need, once', async () => {
    const { save, states, asked, read } = await started()
    expect((await save({ deceasedDateTime: '2026-03-01' })).status).toBe(200)
    expect(await states()).toEqual(ended)
    expect((await read<Task>('Task/bath')).statusReason?.text).toBe('The person has died')
    const tasks = await asked()
    expect(tasks.map(({ id, owner }) => [id, owner?.reference])).toEqual([
      ['after-death-carer-gurpreet-p', 'Practitioner/amina-yusuf'],
      ['after-death-collect-p', 'Practitioner/amina-yusuf'],
      ['after-death-condolence-p', 'Practitioner/amina-yusuf'],
      ['after-death-tell-p', 'Practitioner/amina-yusuf'],
    ])
    expect(tasks.at(-1)?.description).toContain('Kind Meals')
    // another day of death is a correction: nothing follows from it again
    expect((await save({ deceasedDateTime: '2026-02-28' })).status).toBe(200)
    expect((await asked()).map(({ meta }) => meta?.versionId)).toEqual(['1', '1', '1', '1'])
  })

  test('that was recorded on the wrong person is undone with a reason, and everything comes back', async () => {
    const { save, states, asked } = await started()
    await save({ deceasedDateTime: '2026-03-01' })
    expect((await save({})).status).toBe(422)
    expect((await save({}, [noteToFhir({ id: 'n', text: 'Hello', ...written })])).status).toBe(422)
    expect(await states()).toEqual(ended)
    expect((await save({}, [why('w')])).status).toBe(200)
    expect(await states()).toEqual(stood)
    expect(new Set((await asked()).map(({ status }) => status))).toEqual(new Set(['cancelled']))
    // and is asked for again when the person does die
    expect((await save({ deceasedDateTime: '2026-03-02' })).status).toBe(200)
    expect(await states()).toEqual(ended)
    expect(new Set((await asked()).map(({ status }) => status))).toEqual(new Set(['requested']))
  })

  test('of the day is on the list of tasks of whoever coordinates', async () => {
    const { save, read } = await started()
    await save({ deceasedDateTime: '2026-03-02' })
    expect(JSON.stringify(await read('$my-tasks'))).toContain('after-death-condolence-p')
  })

  test('is never recorded by the person or by a carer', async () => {
    const { sql, withToken, read } = await started()
    const actor = { identity: 'balbir', name: 'Balbir', role: 'person', person: 'p' } as const
    const self = withToken(await beginSession(sql, actor, testNow))
    const { meta, ...patient } = await read<Patient>('Patient/p')
    const answer = await self('/fhir/Patient/p', {
      ...{ method: 'PUT', json: { ...patient, deceasedBoolean: true } },
      headers: { 'If-Match': `W/"${meta?.versionId}"` },
    })
    expect(answer.status).toBe(403)
  })

  test('of somebody whom no team looks after ends what is ahead, and asks nobody for anything', async () => {
    const server = await openBalbir(
      (await open()).sql,
      world.filter(({ resourceType }) => resourceType !== 'EpisodeOfCare'),
    )
    const admin = await server.as('admin')
    const patient = (await (await admin('/fhir/Patient/p')).json()) as Patient
    const answer = await admin('/fhir/Patient/p', {
      ...{ method: 'PUT', json: { ...patient, deceasedDateTime: '2026-03-01' } },
      headers: { 'If-Match': `W/"${patient.meta?.versionId}"` },
    })
    expect(answer.status).toBe(200)
    const { rows } = await server.sql.query<{ id: string; status: string }>(
      `select id, content ->> 'status' as status from resource where rt = 'Task'`,
      [],
    )
    expect(rows).toEqual([{ id: 'bath', status: 'cancelled' }])
  })
})
