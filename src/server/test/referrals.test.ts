import type { Parameters, ServiceRequest, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const own = (...all: readonly string[]) => ({
  coding: all.map((code) => ({ system: codes, code })),
})
const brook = { reference: 'Organization/brook-surgery', display: 'Brook Surgery' }
const far = { reference: 'Organization/elsewhere-clinic', display: 'Elsewhere Clinic' }
const registered = {
  ...{ resourceType: 'Patient', id: grace.reference.slice('Patient/'.length) },
  ...{ name: [{ family: 'Okafor', given: ['Grace'] }], birthDate: '1934-01-04' },
  generalPractitioner: [brook],
} as const
const worksHere = {
  ...{ resourceType: 'PractitionerRole', id: 'role-1', active: true },
  ...{ practitioner: amina, organization: { reference: brook.reference } },
} as const
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: brook, careManager: amina },
} as const

/** minutes */
const day = 1440
const writtenBy = (by: object) => ({
  url: 'https://gable.example/fhir/written',
  extension: [
    { url: 'by', valueReference: by },
    { url: 'at', valueDateTime: '2026-03-05T09:00:00Z' },
  ],
})
type Said = Readonly<Record<string, unknown>>
const named = (answer: Parameters, name: string) =>
  answer.parameter?.find((each) => each.name === name)
const rowsOf = (answer: Parameters) =>
  (answer.parameter ?? [])
    .filter(({ name }) => name === 'referral')
    .map(({ part = [] }) => ({
      task: part.find(({ name }) => name === 'task')?.resource as Task,
      family: part.find(({ name }) => name === 'family')?.valueString,
      coordinator: part.find(({ name }) => name === 'coordinator')?.valueString,
    }))

eachStore('Referrals for a case manager', (open) => {
  async function started(...more: readonly object[]) {
    const { sql } = await open()
    // a Thursday: the second working day after it is the Monday
    const server = await openHandler({ sql, now: new Date('2026-03-05T09:00:00Z') })
    const records = standing.map((each) => (each.id === registered.id ? registered : each))
    const shares = share(['conversation', 'support'], ['read', 'write'])
    const isCase = ({ resourceType }: { resourceType: string }) => resourceType === 'EpisodeOfCare'
    const known = records.filter((each) => !isCase(each))
    await server.seed([...known, shares, worksHere, ...more] as never, 'brook-surgery')
    const ask = async (who: string, why = 'I cannot keep track of who comes', withdraw = false) =>
      await (await server.as(who))(`/fhir/Patient/${registered.id}/$request-coordinator`, {
        method: 'POST',
        json: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'why', valueString: why },
            ...(withdraw ? [{ name: 'withdraw', valueBoolean: true }] : []),
          ],
        },
      })
    const asked = async (who: string) => {
      const answer = await ask(who)
      expect(answer.status).toBe(200)
      const { parameter = [] } = (await answer.json()) as Parameters
      const of = (name: string) => parameter.find((each) => each.name === name)
      return { id: of('referral')?.valueString ?? '', by: of('answerBy')?.valueDate }
    }
    const read = async <R>(who: string, path: string) =>
      (await (await (await server.as(who))(`/fhir/${path}`)).json()) as R
    const list = async (who: string) => await read<Parameters>(who, '$referrals')
    const put = async (who: string, record: Said, version?: string) =>
      await (await server.as(who))(`/fhir/${record['resourceType']}/${record['id']}`, {
        ...{ method: 'PUT', json: record },
        ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
      })
    const answer = async (who: string, id: string, change: Said) => {
      const task = await read<Task>('amina', `Task/${id}`)
      return (await put(who, { ...task, ...change }, task.meta?.versionId)).status
    }
    return { server, ask, asked, read, list, put, answer }
  }
  const no = {
    status: 'rejected',
    statusReason: { text: 'The heart failure team looks after her' },
  }

  test.each(['grace', 'chidi', 'patel'])(
    '%s asks the practice, which sees who asks, why, and by when to answer',
    async (who) => {
      const { asked, list, read } = await started()
      const { id, by } = await asked(who)
      expect(by, 'two working days').toBe('2026-03-09')
      const answer = await list('amina')
      expect(named(answer, 'waiting')?.valueInteger).toBe(1)
      expect(named(answer, 'late')?.valueInteger ?? 0).toBe(0)
      const [row] = rowsOf(answer)
      expect(row).toMatchObject({
        family: 'Okafor',
        task: { id, status: 'requested', owner: brook },
      })
      const request = await read<ServiceRequest>('amina', row?.task.focus?.reference ?? '')
      expect(request.reasonCode?.[0]?.text).toBe('I cannot keep track of who comes')
      expect(request.requester?.reference).toBe(row?.task.requester?.reference)
      expect(rowsOf(await list('stranger')), 'another organisation is not asked').toEqual([])
    },
  )

  test('A referral that is not answered by its day is late', async () => {
    const { server, asked, list } = await started()
    await asked('grace')
    server.pass(4 * day + 600)
    expect(named(await list('amina'), 'late')?.valueInteger ?? 0).toBe(0)
    server.pass(840)
    expect(named(await list('amina'), 'late')?.valueInteger).toBe(1)
  })

  test('A carer with whom the conversation is not shared, and somebody without a reason, do not ask', async () => {
    const { ask } = await started(share(['support'], ['read']))
    expect((await ask('chidi')).status).toBe(403)
    expect((await ask('grace', ' ')).status).toBe(400)
    expect((await ask('stranger')).status).toBe(404)
  })

  test('A team is asked once until it has answered, and not about somebody who has a case', async () => {
    const { ask, asked, answer } = await started()
    const { id } = await asked('grace')
    const again = await ask('patel')
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('2026-03-05')
    const carer = await ask('chidi')
    expect(carer.status, 'a carer is not told who asked').toBe(422)
    expect(await carer.text()).not.toContain('2026-03-05')
    expect(await answer('amina', id, no)).toBe(200)
    expect((await ask('chidi')).status).toBe(200)
    const saidNo = optOutToFhir({ person: registered.id, kind: 'case', stands: true })
    const refusing = await started(saidNo)
    const refused = await refusing.ask('patel')
    expect(refused.status, 'she said no to a case').toBe(422)
    expect(await refused.text()).toContain('said no')
    const carer2 = await refusing.ask('chidi')
    expect(await carer2.text(), 'a carer is not told of it').not.toContain('said no')
    const other = await started(openCase)
    expect((await other.ask('grace')).status).toBe(422)
  })

  test('Words without end are refused whole, and what they answer still waits', async () => {
    const { ask, asked, answer, read } = await started()
    const long = await ask('grace', 'x'.repeat(2_001))
    expect(long.status).toBe(422)
    expect(await long.text()).toContain('has 2,001 characters, and at most 2,000 can be kept')
    const { id } = await asked('grace')
    const statusReason = { text: 'x'.repeat(3_000) }
    expect(await answer('amina', id, { ...no, statusReason })).toBe(422)
    expect((await read<Task>('amina', `Task/${id}`)).status).toBe('requested')
    expect(await answer('amina', id, { ...no, statusReason: { text: 'x'.repeat(2_000) } })).toBe(
      200,
    )
  })

  test('Only the team that is asked answers, with words, and only who asked takes it back', async () => {
    const { ask, asked, answer, read } = await started()
    const { id } = await asked('grace')
    for (const who of ['grace', 'chidi']) {
      expect(await answer(who, id, { status: 'accepted' }), who).toBe(403)
      expect(await answer(who, id, no), who).toBe(403)
    }
    expect(await answer('chidi', id, { status: 'cancelled', statusReason: { text: 'No' } })).toBe(
      403,
    )
    expect(await answer('amina', id, { status: 'rejected' }), 'without words').toBe(422)
    expect(await answer('amina', id, { authoredOn: '2020-01-01T00:00:00Z' })).toBe(422)
    expect(await answer('amina', id, { restriction: { period: { end: '2027-01-01' } } })).toBe(422)
    expect(await answer('amina', id, { code: own('referral') }), 'another kind').toBe(422)
    expect((await ask('chidi', 'No longer', true)).status, 'she asked, not he').toBe(404)
    expect((await ask('grace', 'No longer', true)).status).toBe(200)
    const task = await read<Task>('amina', `Task/${id}`)
    expect(task).toMatchObject({ status: 'cancelled', statusReason: { text: 'No longer' } })
    const request = await read<ServiceRequest>('amina', task.focus?.reference ?? '')
    expect(request.status, 'it opens the record to nobody any more').toBe('revoked')
    expect((await ask('grace', 'No longer', true)).status, 'nothing waits').toBe(404)
  })

  const kind = own('referral', 'case-management')
  const request = {
    ...{ resourceType: 'ServiceRequest', id: 'ask-1', status: 'active', intent: 'order' },
    ...{ category: [kind], subject: grace, performer: [brook], requester: grace },
    reasonCode: [{ text: 'Moving' }],
  }
  const task = {
    ...{ resourceType: 'Task', id: 'sent-1', status: 'requested', intent: 'order', code: kind },
    ...{ for: grace, owner: brook, requester: grace, focus: { reference: 'ServiceRequest/ask-1' } },
    ...{ authoredOn: '2001-01-01T00:00:00Z', restriction: { period: { end: '2099-01-01' } } },
  }

  test('One sent as records is dated, and in the name of who sends it, and keeps its kind', async () => {
    const { put, read, answer } = await started()
    for (const wrong of [
      { owner: undefined },
      { owner: { reference: 'PractitionerRole/role-1' } },
      { status: 'accepted' },
      { code: own('case-management') },
    ])
      expect((await put('amina', { ...task, ...wrong })).status, JSON.stringify(wrong)).toBe(422)
    expect((await put('amina', request)).status).toBe(201)
    expect((await put('amina', task)).status).toBe(201)
    const kept = await read<Task>('amina', 'Task/sent-1')
    expect(kept.authoredOn).toBe('2026-03-05T09:00:00.000Z')
    expect(kept.restriction?.period?.end).toBe('2026-03-09')
    expect(kept.requester?.reference, 'not in the name of the person').toBe(amina.reference)
    const asked = await read<ServiceRequest>('amina', 'ServiceRequest/ask-1')
    expect(asked.requester?.reference).toBe(amina.reference)
    expect(await answer('amina', 'sent-1', { ...no, code: own('staff-task') })).toBe(422)
    expect(await answer('amina', 'sent-1', no)).toBe(200)
  })

  test('Another task does not become one, and one that is here is not rerouted, hidden or opened again', async () => {
    const { put, answer, asked } = await started()
    const other = { ...task, id: 'other-1', code: own('staff-task'), focus: undefined }
    expect((await put('amina', other)).status).toBe(201)
    expect(await answer('amina', 'other-1', { code: kind }), 'recoded').toBe(422)
    const { id } = await asked('grace')
    expect(await answer('patel', id, { owner: { reference: 'Practitioner/anil-patel' } })).toBe(422)
    for (const status of ['received', 'ready', 'draft'])
      expect(await answer('amina', id, { status }), status).toBe(422)
    const moved = { ...no, requester: amina }
    expect(await answer('amina', id, moved), 'with another sender').toBe(422)
    expect(await answer('amina', id, no)).toBe(200)
    for (const status of ['accepted', 'requested', 'cancelled'])
      expect(await answer('amina', id, { status }), `${status} after the answer`).toBe(422)
  })

  test('The words of who asks stay theirs, and the request ends only with its task', async () => {
    const { server, put, asked, read } = await started()
    const { id } = await asked('grace')
    const sent = await read<Task>('amina', `Task/${id}`)
    const path = sent.focus?.reference ?? ''
    const stored = await read<ServiceRequest>('amina', path)
    const version = stored.meta?.versionId
    const reworded = { ...stored, reasonCode: [{ text: 'She is difficult' }] }
    expect((await put('amina', reworded as never, version)).status).toBe(422)
    expect((await put('amina', { ...stored, status: 'revoked' } as never, version)).status).toBe(
      403,
    )
    const call = await server.as('amina')
    const update = (record: Task | ServiceRequest) => ({
      resource: record,
      request: {
        ...{ method: 'PUT', url: `${record.resourceType}/${record.id}` },
        ifMatch: `W/"${record.meta?.versionId}"`,
      },
    })
    const forged = { by: { reference: 'Practitioner/anil-patel', display: 'Dr Anil Patel' } }
    const answered = await call('/fhir', {
      method: 'POST',
      json: {
        ...{ resourceType: 'Bundle', type: 'transaction' },
        entry: [
          update({ ...stored, status: 'revoked' }),
          update({ ...sent, ...no, extension: [writtenBy(forged.by)] } as Task),
        ],
      },
    })
    expect(answered.status).toBe(200)
    const kept = await read<Task>('amina', `Task/${id}`)
    expect(JSON.stringify(kept.extension), 'in the name of who answers').toContain('amina-yusuf')
    expect(JSON.stringify(kept.extension)).not.toContain('anil-patel')
  })

  test('A file neither sends nor answers one', async () => {
    const { server, asked, read } = await started()
    const { id } = await asked('grace')
    const sent = await read<Task>('amina', `Task/${id}`)
    const call = await server.as('amina')
    for (const record of [task, request, { ...sent, ...no }]) {
      const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: record }] }
      const answer = await call('/fhir/$import', { method: 'POST', json: bundle })
      expect(await answer.text()).toContain(
        'A referral for a case manager is sent and answered here',
      )
    }
    expect((await read<Task>('amina', `Task/${id}`)).status).toBe('requested')
  })

  test('A practice where nobody works with Gable is not asked', async () => {
    const { ask } = await started({
      ...registered,
      generalPractitioner: [{ reference: 'Organization/st-annes-hospital' }],
      managingOrganization: undefined,
    })
    expect((await ask('grace')).status).toBe(422)
  })

  test('An answered referral stays in view for 30 days, behind those that wait', async () => {
    const { server, asked, answer, list } = await started()
    const first = await asked('grace')
    const elsewhere = { ...no, businessStatus: own('signposted') }
    expect(await answer('amina', first.id, elsewhere)).toBe(200)
    const second = await asked('grace')
    const ids = async () => rowsOf(await list('amina')).map(({ task }) => task.id)
    expect(await ids()).toEqual([second.id, first.id])
    server.pass(31 * day)
    expect(await ids()).toEqual([second.id])
  })

  test('A referral to a team elsewhere opens the record to it until it says no', async () => {
    const { server, put, read, list } = await started()
    const there = { ...request, performer: [far] }
    const farTask = { ...task, id: 'ask-2', owner: far }
    expect(rowsOf(await list('stranger'))).toEqual([])
    expect((await put('amina', there)).status).toBe(201)
    expect((await put('amina', farTask)).status).toBe(201)
    expect(rowsOf(await list('stranger'))).toHaveLength(1)
    const kept = await read<Task>('stranger', 'Task/ask-2')
    const asked = await read<ServiceRequest>('stranger', 'ServiceRequest/ask-1')
    const call = await server.as('stranger')
    const entry = (resource: Task | ServiceRequest) => ({
      resource,
      request: {
        ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
        ifMatch: `W/"${resource.meta?.versionId}"`,
      },
    })
    const answered = await call('/fhir', {
      method: 'POST',
      json: {
        ...{ resourceType: 'Bundle', type: 'transaction' },
        entry: [entry({ ...asked, status: 'revoked' }), entry({ ...kept, ...no } as Task)],
      },
    })
    expect(answered.status).toBe(200)
    expect(rowsOf(await list('stranger'))).toEqual([])
  })
})
