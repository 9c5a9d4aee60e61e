import type { AuditEvent, Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { threadMessageToFhir } from '#domain/message/message-fhir.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { condition, goal, grace, standing } from '#test-support/worlds/grace-records.ts'

type Step = Readonly<{
  path: string
  init?: Parameters<Caller>[1]
  /** the expected audit entry about Grace */
  act: 'C' | 'R' | 'U' | 'D' | 'E'
  way: string
}>

const put = (json: object, version?: number) => ({
  method: 'PUT',
  json,
  ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
})
const patch = {
  method: 'PATCH',
  headers: { 'Content-Type': 'application/json-patch+json', 'If-Match': 'W/"2"' },
  body: JSON.stringify([{ op: 'add', path: '/note', value: [{ text: 'x' }] }]),
}
const person = `Patient/${graceId}`
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const cough = { ...condition, id: undefined }
const bundle = (type: string, entry: readonly object[]) => ({
  method: 'POST',
  json: { resourceType: 'Bundle', type, entry },
})
const entryOf = (id: string) => ({
  request: { method: 'PUT', url: `Condition/${id}` },
  resource: { ...condition, id },
})

/** Every interaction with the record of a person, in order. */
const interactions: Readonly<Record<string, Step>> = {
  read: { path: person, act: 'R', way: 'read' },
  vread: { path: `${person}/_history/1`, act: 'R', way: 'vread' },
  'history-instance': { path: `${person}/_history`, act: 'R', way: 'history-instance' },
  'history-type': { path: 'Patient/_history', act: 'R', way: 'history-type' },
  'history-system': { path: '_history', act: 'R', way: 'history-type' },
  'search-type': { path: `Condition?patient=${person}`, act: 'R', way: 'search-type' },
  'search by form': {
    path: 'Patient/_search',
    init: { method: 'POST', headers: form, body: 'family=Okafor' },
    ...{ act: 'R', way: 'search-type' },
  },
  'search by include': {
    path: `Patient?_id=${graceId}&_revinclude=Goal:patient`,
    ...{ act: 'R', way: 'search-type' },
  },
  'search of the trail': { path: `AuditEvent?patient=${person}`, act: 'R', way: 'search-type' },
  create: { path: 'Condition', init: { method: 'POST', json: cough }, act: 'C', way: 'create' },
  'update that makes': {
    path: 'Goal/goal-1',
    init: put(goal(grace)),
    ...{ act: 'C', way: 'create' },
  },
  update: {
    path: 'Goal/goal-1',
    init: put({ ...goal(grace), description: { text: 'To rest' } }, 1),
    ...{ act: 'U', way: 'update' },
  },
  patch: { path: 'Goal/goal-1', init: patch, act: 'U', way: 'update' },
  delete: { path: 'Goal/goal-1', init: { method: 'DELETE' }, act: 'D', way: 'delete' },
  'conditional create': {
    path: 'Condition',
    init: { method: 'POST', json: cough, headers: { 'If-None-Exist': '_id=none-such' } },
    ...{ act: 'C', way: 'create' },
  },
  'a record that was there already': {
    path: 'Condition',
    init: { method: 'POST', json: cough, headers: { 'If-None-Exist': '_id=condition-1' } },
    ...{ act: 'R', way: 'create' },
  },
  'a mere count': {
    path: `Condition?patient=${person}&_summary=count`,
    ...{ act: 'R', way: 'search-type' },
  },
  'a count of none': {
    path: `Condition?patient=${person}&code=none&_count=0`,
    ...{ act: 'R', way: 'search-type' },
  },
  'conditional update': {
    path: 'Condition?_id=condition-1',
    init: put({ ...condition, id: 'condition-1', code: { text: 'Cold' } }),
    ...{ act: 'U', way: 'update' },
  },
  'conditional patch': {
    path: 'Condition?_id=condition-1',
    init: { ...patch, headers: { 'Content-Type': 'application/json-patch+json' } },
    ...{ act: 'U', way: 'update' },
  },
  transaction: {
    path: '',
    init: bundle('transaction', [entryOf('in-transaction')]),
    ...{ act: 'C', way: 'create' },
  },
  batch: { path: '', init: bundle('batch', [entryOf('in-batch')]), act: 'C', way: 'create' },
  'a look in a batch': {
    path: '',
    init: bundle('batch', [{ request: { method: 'GET', url: person } }]),
    ...{ act: 'R', way: 'read' },
  },
  'a look in a transaction': {
    path: '',
    init: bundle('transaction', [{ request: { method: 'GET', url: person } }]),
    ...{ act: 'R', way: 'read' },
  },
  'conditional delete': {
    path: 'Condition?_id=in-batch',
    init: { method: 'DELETE' },
    ...{ act: 'D', way: 'delete' },
  },
}

/**
 * Operations that return or change records of people. audit-every-call.test.ts tests that every operation writes an
 * entry.
 */
const called: Readonly<Record<string, Omit<Step, 'way'>>> = {
  everything: { path: `${person}/$everything`, act: 'R' },
  'export-record': { path: `${person}/$export-record`, init: { method: 'POST' }, act: 'R' },
  'who-looked': { path: `${person}/$who-looked`, act: 'R' },
  score: { path: `${person}/$score`, act: 'R' },
  caseload: { path: '$caseload', act: 'R' },
  today: { path: '$today', act: 'R' },
  messages: { path: 'Communication/$messages', act: 'R' },
  'message-readers': { path: `${person}/$message-readers`, act: 'R' },
  'my-tasks': { path: '$my-tasks', act: 'R' },
  'find-people': {
    path: 'Patient/$find-people',
    init: {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: [{ name: 'known', valueCode: 'all' }],
      },
    },
    act: 'R',
  },
  import: {
    path: '$import',
    init: { method: 'POST', json: { ...condition, id: 'brought' } },
    act: 'C',
  },
}

const plan = {
  case: {
    resourceType: 'EpisodeOfCare' as const,
    id: 'case-1',
    status: 'active' as const,
    patient: grace,
    careManager: { reference: 'Practitioner/amina-yusuf' },
  },
  task: {
    resourceType: 'Task' as const,
    id: 'task-1',
    status: 'requested' as const,
    intent: 'order' as const,
    for: grace,
    owner: { reference: 'Practitioner/amina-yusuf' },
    restriction: { period: { end: '2026-03-01' } },
  },
}

const message = threadMessageToFhir({
  ...{
    id: 'message-1',
    thread: 'message-1',
    person: graceId,
    readers: 'person',
    topic: 'question',
  },
  ...{ words: 'Can I have the visit on Tuesday?', at: '2026-03-01T09:00:00.000Z' },
  by: { reference: `Patient/${graceId}`, name: 'Grace Okafor', voice: 'person' },
})

eachStore('An entry in the audit log', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    await server.seed(standing, 'brook-surgery')
    await server.seed([plan.case, plan.task, message])
    const newest = async () => {
      const { rows } = await sql.query<{ act: string; way: string; seq: number }>(
        `select seq, act, way from audit where persons @> array[$1::text] and allowed order by seq desc limit 20`,
        [graceId],
      )
      return rows
    }
    return { ...server, newest }
  }

  test('is written by every interaction with a person’s record', async () => {
    const server = await started()
    const call = await server.as('amina')
    for (const [name, { path, init, act, way }] of Object.entries(interactions)) {
      const before = (await server.newest())[0]?.seq ?? 0
      const { status } = await call(`/fhir/${path}`, init)
      expect([name, status >= 200 && status < 300]).toEqual([name, true])
      const left = (await server.newest()).filter((each) => each.seq > before)
      expect([name, left.map((each) => [each.act, each.way])]).toEqual([name, [[act, way]]])
    }
  })

  test.each(Object.keys(called))('is written by $%s', async (name) => {
    const server = await started()
    const call = await server.as('amina')
    const { path, init, act } = called[name] ?? { path: '', act: 'R' }
    const { status } = await call(`/fhir/${path}`, init)
    expect(status).toBe(200)
    const left = await server.newest()
    expect(left.map((each) => [each.act, each.way])).toContainEqual([act, `$${name}`])
  })

  test('is read as FHIR by the person: who, in what role, why, what and when', async () => {
    const server = await started()
    await (await server.as('amina'))('/fhir/Condition/condition-1')
    const call = await server.as('grace')
    const answer = await call(`/fhir/AuditEvent?patient=${person}&date=ge2026-03-02`)
    const [first] = ((await answer.json()) as Bundle<AuditEvent>).entry ?? []
    expect(first?.resource).toMatchObject({
      resourceType: 'AuditEvent',
      action: 'R',
      recorded: '2026-03-02T09:00:00.000Z',
      outcome: '0',
      purposeOfEvent: [{ coding: [{ code: 'TREAT' }] }],
      agent: [
        {
          name: 'Amina Yusuf',
          who: { reference: 'Practitioner/amina-yusuf' },
          role: [{ coding: [{ code: 'nurse-case-manager' }] }],
          requestor: true,
        },
      ],
      source: { observer: { reference: 'Organization/brook-surgery' } },
      entity: [{ what: { reference: person } }, { what: { reference: 'Condition/condition-1' } }],
    })
    const other = await call('/fhir/AuditEvent?patient=Patient/other')
    const nobody = await call('/fhir/AuditEvent?patient=Patient/no-such')
    expect((await other.text()).replaceAll('other', '')).toBe(
      (await nobody.text()).replaceAll('no-such', ''),
    )
  })
})
