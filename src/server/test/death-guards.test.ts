import type { Bundle, Flag, Patient, Resource, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { restrictedLabel } from '#domain/access/labels/restricted.ts'
import { alertDutyExtension, alertDutyOf } from '#domain/alert/alert-duty.ts'
import { deathWithdrawal } from '#domain/bereavement/death-withdrawal.ts'
import { caseFromFhir, caseToFhir } from '#domain/case/fhir.ts'
import { diaryVisitToFhir } from '#domain/diary/diary-fhir.ts'
import type { Sql } from '#server/store/sql.ts'
import {
  hospital,
  patient,
  relationsServer,
  request,
  task,
} from '#test-support/access/relations-server.ts'
import { testNow } from '#test-support/clock.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  balbirSince,
  type Kept,
  openBalbir,
  subject,
  todayBy,
} from '#test-support/worlds/balbir.ts'
import {
  bringIn,
  bundleOf,
  comingPatient,
  openForImport,
  reasonsOf,
} from '#test-support/worlds/import-answer.ts'

const markUrl = 'https://gable.example/fhir/ended-by-death'
const mark = (was: string) => [{ url: markUrl, extension: [{ url: 'was', valueString: was }] }]
const amina = { reference: 'Practitioner/amina-yusuf' }
const by = { ...amina, name: 'Amina', voice: 'professional' as const }
const forged = JSON.stringify({
  status: 'accepted',
  owner: { reference: 'Practitioner/tom-price' },
})
const bath: Kept = {
  ...{ resourceType: 'Task', id: 'bath', status: 'accepted', intent: 'order', for: subject },
  ...{ description: 'Order the bath board', owner: amina },
}
const closed = { meta: { security: [restrictedLabel] } }
const visit = diaryVisitToFhir({
  ...{ id: 'visit', person: 'p', personName: 'Balbir', kind: 'diary-visit', by, place: '' },
  ...{ start: '2026-03-03T09:00:00Z', end: '2026-03-03T10:00:00Z', state: 'booked', reason: '' },
})
const world = [...balbirSince('2026-01-20T10:00:00Z'), bath, visit]

eachStore('What follows from a death', (open) => {
  async function started(...more: readonly Kept[]) {
    const server = await openBalbir((await open()).sql, [...world, ...more])
    const call = await server.as('amina')
    const read = async <T extends Resource>(path: string) =>
      (await (await call(`/fhir/${path}`)).json()) as T
    const put = async (resource: Kept) => {
      const headers = { 'If-Match': `W/"${resource.meta?.versionId}"` }
      const path = `/fhir/${resource.resourceType}/${resource.id}`
      return await call(path, { method: 'PUT', json: resource, headers })
    }
    const die = async (deceasedDateTime: string) =>
      await put({ ...(await read<Patient & { id: string }>('Patient/p')), deceasedDateTime })
    const takeBack = async () => {
      const { deceasedDateTime: _died, ...living } = await read<Patient>('Patient/p')
      const written = { person: 'p', by, at: testNow.toISOString() }
      const why = deathWithdrawal({ id: 'why', words: 'It was another Mr Singh', ...written })
      const json = {
        ...{ resourceType: 'Bundle', type: 'transaction' },
        entry: [
          {
            resource: living,
            request: {
              ...{ method: 'PUT', url: 'Patient/p' },
              ifMatch: `W/"${living.meta?.versionId}"`,
            },
          },
          { resource: why, request: { method: 'PUT', url: 'Communication/why' } },
        ],
      }
      return await call('/fhir', { method: 'POST', json })
    }
    const asked = async () => {
      const { entry = [] } = await read<Bundle<Task>>('Task?patient=Patient/p&_count=100')
      return entry.flatMap(({ resource }) => (resource?.id?.startsWith('after') ? resource : []))
    }
    return { ...server, call, read, put, die, takeBack, asked }
  }

  test('is marked by the service alone: no client marks what a death has not ended', async () => {
    const { read, put, die, takeBack } = await started()
    const sent = await read<Task & { id: string }>('Task/bath')
    expect((await put({ ...sent, extension: mark('not json') })).status).toBe(200)
    expect((await read<Task>('Task/bath')).extension).toBeUndefined()
    expect((await die('2026-03-01')).status).toBe(200)
    const ended = await read<Task & { id: string }>('Task/bath')
    expect(ended.status).toBe('cancelled')
    expect((await put({ ...ended, extension: mark(forged) })).status).toBe(200)
    expect((await takeBack()).status).toBe(200)
    const { status, owner } = await read<Task>('Task/bath')
    expect([status, owner?.reference]).toEqual(['accepted', amina.reference])
  })

  test('comes back by nothing but its state, whatever an old mark says', async () => {
    const cancelled = { ...bath, status: 'cancelled' } as const
    const old = (id: string, was: string) =>
      ({ ...cancelled, id, extension: mark(was) }) as Task & { id: string }
    const { read, die, takeBack } = await started(old('torn', 'not json'), old('forged', forged), {
      ...old('open', forged),
      status: 'accepted',
    } as Kept)
    await die('2026-03-01')
    expect((await read<Task>('Task/open')).status).toBe('cancelled')
    expect((await takeBack()).status).toBe(200)
    const states = await Promise.all(
      ['torn', 'forged', 'open'].map((id) => read<Task>(`Task/${id}`)),
    )
    expect(states.map(({ status }) => status)).toEqual(['cancelled', 'accepted', 'accepted'])
    expect(states.map(({ owner }) => owner?.reference)).toEqual(states.map(() => amina.reference))
  })

  test('asks from closed records in tasks that are as closed', async () => {
    const help = { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject }
    const { asked, die } = await started(
      { ...help, id: 'meals', performer: [{ display: 'Kind Meals' }] } as Kept,
      { ...help, ...closed, id: 'detox', performer: [{ display: 'Clean Start' }] } as Kept,
      {
        ...{ resourceType: 'RelatedPerson', id: 'friend', patient: subject, ...closed },
        name: [{ text: 'A friend' }],
      } as Kept,
    )
    await die('2026-03-01')
    const tasks = await asked()
    const saying = (words: string) =>
      tasks
        .filter(({ description }) => description?.includes(words))
        .map(({ id, meta }) => [id, meta?.security?.[0]?.code])
    expect(saying('Kind Meals')).toEqual([['after-death-tell-p', undefined]])
    expect(saying('Clean Start')).toEqual([['after-death-tell-r-p', 'R']])
    expect(saying('A friend')).toEqual([['after-death-carer-friend-p', 'R']])
  })

  test.each([
    ['2062-03-01', 'in the future'],
    ['2026-03-03', 'in the future'],
    ['2026-03-02T09:00:01Z', 'in the future'],
    ['1933-12-31', 'before the date of birth'],
  ])('is nothing on %s, which cannot be a day of death', async (day, words) => {
    const { read, put, die } = await started()
    await put({ ...(await read<Patient & { id: string }>('Patient/p')), birthDate: '1934-01-04' })
    const answer = await die(day)
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(words)])
    expect((await read<Task>('Task/bath')).status).toBe('accepted')
    expect((await die('2026-03-02')).status).toBe(200)
  })

  test('a guest of the record does not begin', async () => {
    const server = await relationsServer(await open(), request(hospital), task(hospital))
    expect(await server.put('tom', { ...patient, deceasedBoolean: true }, 2)).toBe(403)
    expect(await server.put('amina', { ...patient, deceasedBoolean: true }, 2)).toBe(200)
  })

  test('comes with an import too, once', async () => {
    const { amina: call } = await openForImport(open)
    const step = { ...bath, for: { reference: 'Patient/p1' }, extension: mark(forged) }
    const { owner: _owner, ...unowned } = step as Task & { id: string }
    const file = (more: object) =>
      bundleOf('collection', [{ ...comingPatient('p1'), ...more }, unowned])
    await bringIn(call, file({}))
    const read = async () => (await (await call('/fhir/Task/bath')).json()) as Task
    expect((await read()).extension).toBeUndefined()
    expect(
      reasonsOf((await bringIn(call, file({ deceasedDateTime: '2062-01-01' }))).answer),
    ).toContain('The date of death is in the future')
    expect((await read()).status).toBe('accepted')
    const death = { deceasedDateTime: '2026-03-01' }
    await bringIn(call, file(death))
    const ended = await read()
    expect([ended.status, ended.statusReason?.text]).toEqual(['cancelled', 'The person has died'])
    await bringIn(call, file(death))
    expect((await read()).meta?.versionId).toBe(ended.meta?.versionId)
  })

  test('leaves nothing open behind it if an import falls back to its records one by one', async () => {
    let failing = false
    const { amina: call } = await openForImport(async () => {
      const { sql } = await open()
      const once = (target: Sql, key: string | symbol) => {
        const value: unknown = Reflect.get(target, key)
        if (key !== 'transaction' || !failing)
          return typeof value === 'function' ? value.bind(target) : value
        failing = false
        return () => Promise.reject(new Error('The whole file was refused'))
      }
      return { sql: new Proxy(sql, { get: once }) }
    })
    const { owner: _owner, ...step } = { ...bath, for: { reference: 'Patient/p1' } } as Task
    await bringIn(call, bundleOf('collection', [comingPatient('p1')]))
    failing = true
    const dead = { ...comingPatient('p1'), deceasedDateTime: '2026-03-01' }
    await bringIn(call, bundleOf('collection', [dead, step as Kept]))
    expect(failing).toBe(false)
    const stored = (await (await call('/fhir/Task/bath')).json()) as Task
    expect([stored.status, stored.statusReason?.text]).toEqual(['cancelled', 'The person has died'])
  })

  test('if it was wrong, is asked of whoever coordinated: to open the case again, once', async () => {
    const { read, put, die, takeBack, asked, sql } = await started()
    await die('2026-03-01')
    const stored = await read<Kept & { resourceType: 'EpisodeOfCare' }>('EpisodeOfCare/e')
    for (const each of await asked()) await put({ ...each, id: each.id ?? '', status: 'completed' })
    const outcome = { code: 'died', words: 'At home' }
    const ended = { ...caseFromFhir(stored), state: 'closed', outcome } as const
    expect((await put(caseToFhir(ended, testNow.toISOString(), stored) as Kept)).status).toBe(200)
    expect((await takeBack()).status).toBe(200)
    const task = await read<Task>('Task/open-again-p')
    expect(task.description).toContain('again: the death was recorded in error')
    await die('2026-03-01')
    expect((await read<Task>('Task/open-again-p')).status).toBe('cancelled')
    await sql.query(`delete from resource where id = 'why'`, [])
    expect((await takeBack()).status).toBe(200)
    expect((await read<Task>('Task/open-again-p')).status).toBe('requested')
  })

  test('if it was wrong, gives the whole time to answer an alert', async () => {
    const raised = '2026-02-27T09:00:00.000Z'
    const duty = {
      kind: 'weight',
      raised,
      answerBy: '2026-02-27T13:00:00.000Z',
      found: [],
    } as const
    const { read, die, takeBack } = await started({
      ...{ resourceType: 'Flag', id: 'alert', status: 'active', subject },
      code: {
        coding: [{ system: 'https://gable.example/codes', code: 'reading-outside-limits' }],
      },
      extension: [{ url: 'https://gable.example/fhir/alert-duty', ...alertDutyExtension(duty) }],
    } as Kept)
    await die('2026-03-01')
    expect((await read<Flag>('Flag/alert')).status).toBe('inactive')
    await takeBack()
    const flag = await read<Flag>('Flag/alert')
    expect(flag.status).toBe('active')
    expect(alertDutyOf(flag)?.answerBy).toBe('2026-03-02T13:00:00.000Z')
  })

  test('asks nobody to tell the dead that a visit is off', async () => {
    const off = { ...visit, id: 'off', status: 'cancelled', cancelationReason: { text: 'Snow' } }
    const { call, die, read } = await started(off as Kept)
    const told = async () =>
      (await todayBy(call)).items.flatMap((each) => (each.kind === 'tell' ? each.reference : []))
    expect(await told()).toEqual(['Appointment/off'])
    await die('2026-03-01')
    expect((await read<Task>('Appointment/visit')).status).toBe('cancelled')
    expect(await told()).toEqual([])
  })
})
