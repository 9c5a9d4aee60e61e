import type { AuditEvent, Bundle, OperationOutcome, Parameters, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import {
  planAtRequest,
  planVersionsAnswer,
  planVersionsRequest,
} from '#domain/plan/versions/plan-version.ts'
import { minutesBefore, testNow } from '#test-support/clock.ts'
import { counting } from '#test-support/servers/counting-sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  aboutMe,
  agreement,
  amina,
  goal,
  grace,
  share,
  standing,
} from '#test-support/worlds/grace-records.ts'

const subject = grace
const need = {
  ...{ resourceType: 'Condition' as const, id: 'need-1', subject },
  code: { text: 'Cannot climb the step' },
  category: [{ coding: [{ code: 'health-concern' }] }],
}
const step = {
  ...{ resourceType: 'Task' as const, id: 'step-1', intent: 'order' as const, for: grace },
  ...{ status: 'requested' as const, description: 'Ring the parish', owner: amina },
  focus: { reference: 'Goal/goal-1' },
}
const reading = {
  ...{ resourceType: 'Observation' as const, id: 'weight-1', status: 'final' as const, subject },
  code: { text: 'Weight' },
}
const plan = {
  ...{ resourceType: 'CarePlan' as const, id: 'plan-c', status: 'active' as const, subject },
  ...{ intent: 'plan' as const, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }] },
  goal: [{ reference: 'Goal/goal-1' }],
}
const openCase = {
  ...{ resourceType: 'EpisodeOfCare' as const, id: 'case-1', status: 'active' as const },
  ...{ patient: grace, managingOrganization: { reference: 'Organization/brook-surgery' } },
}
const whatIf = {
  ...{ resourceType: 'CarePlan' as const, id: 'whatif-case-1', status: 'active' as const, subject },
  category: [{ coding: [{ system: 'https://gable.example/codes', code: 'contingency' }] }],
  ...{ intent: 'plan' as const, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }] },
}
const records = [openCase, plan, whatIf, goal(grace), need, step, aboutMe(grace), reading]

eachStore('The history of a plan', (open) => {
  async function started() {
    const { sql } = await open()
    const heard = { count: 0 }
    const server = await openHandler({ sql: counting(sql, heard) })
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    server.wait(60)
    const put = async (record: Resource & { id?: string }, version: number, who = 'amina') => {
      const call = await server.as(who)
      const headers = version ? { 'If-Match': `W/"${version}"` } : {}
      const path = `/fhir/${record.resourceType}/${record.id}`
      const answer = await call(path, { method: 'PUT', headers, json: record })
      expect(answer.status).toBeLessThan(300)
      server.wait(10)
    }
    const at = async (query: string, who = 'amina') => {
      const call = await server.as(who)
      const answer = await call(`/fhir/CarePlan/plan-c/$plan-at?${query}`)
      return {
        status: answer.status,
        body: (await answer.json()) as Omit<Bundle, 'resourceType'> &
          Omit<OperationOutcome, 'resourceType'>,
      }
    }
    const namesAt = async (query: string, who?: string) =>
      namesIn((await at(query, who)).body).toSorted()
    const versions = async (query = '', who = 'amina') => {
      const call = await server.as(who)
      const answer = await call(`/fhir/CarePlan/plan-c/$plan-versions${query}`)
      expect(answer.status).toBe(200)
      return planVersionsAnswer.read((await answer.json()) as Parameters)
    }
    return { ...server, sql, heard, put, at, namesAt, versions }
  }

  const namesIn = ({ entry = [] }: Pick<Bundle, 'entry'>) =>
    entry.map(
      ({ resource }) => `${resource?.resourceType}/${resource?.id}/${resource?.meta?.versionId}`,
    )

  const first = [
    ...['CarePlan/plan-c/1', 'CarePlan/whatif-case-1/1', 'Condition/need-1/1', 'Goal/goal-1/1'],
    ...['Observation/about-1/1', 'Task/step-1/1'],
  ]
  const walk = { ...goal(amina), description: { text: 'To walk to St Anne’s' } }

  test('gives every record of a version as it stood, with what was removed since', async () => {
    const { put, as, namesAt, wait } = await started()
    await put(walk, 1)
    await put({ ...step, status: 'completed' }, 1)
    await put({ ...aboutMe(grace), valueString: 'My garden and Chidi' }, 1, 'grace')
    expect((await (await as('amina'))('/fhir/Task/step-1', { method: 'DELETE' })).status).toBe(204)
    wait(5)
    expect(await namesAt('version=1')).toEqual(first)
    expect(await namesAt('version=2')).toEqual(
      first.map((each) => each.replace('goal-1/1', 'goal-1/2').replace('plan-c/1', 'plan-c/2')),
    )
    expect(await namesAt('version=3')).toEqual([
      ...['CarePlan/plan-c/3', 'CarePlan/whatif-case-1/1', 'Condition/need-1/1', 'Goal/goal-1/2'],
      ...['Observation/about-1/2', 'Task/step-1/2'],
    ])
    expect(await namesAt('version=4')).not.toContain('Task/step-1/2')
  })

  test('gives the plan of a moment, or at the end of a day', async () => {
    const { put, namesAt } = await started()
    await put(walk, 1)
    await put({ ...step, status: 'completed' }, 1)
    const soon = minutesBefore(testNow, -65).toISOString()
    expect(await namesAt(`at=${soon}`)).toContain('Goal/goal-1/2')
    expect(await namesAt(`at=${soon}`)).toContain('Task/step-1/1')
    expect(await namesAt('at=2026-03-02')).toContain('Task/step-1/2')
    expect(await namesAt(`at=${minutesBefore(testNow, -30).toISOString()}`)).toEqual(first)
  })

  test('follows the order of commits, whatever the clocks of the writers said', async () => {
    const { put, sql, namesAt } = await started()
    await put(walk, 1)
    await put({ ...need, code: { text: 'Cannot climb two steps' } }, 1)
    // the first writer took the time late: its version 2 seems to be after version 3
    for (const table of ['history', 'resource'])
      await sql.query(
        `update ${table} set ts = ts + interval '1 hour' where (rt, id, vid) in (('CarePlan', 'plan-c', 2), ('Goal', 'goal-1', 2))`,
      )
    const second = await namesAt('version=2')
    expect(second).toContain('Goal/goal-1/2')
    expect(second).toContain('Condition/need-1/1')
    const third = await namesAt('version=3')
    expect(third).toContain('Goal/goal-1/2')
    expect(third).toContain('Condition/need-1/2')
  })

  test('lists who made each version, what changed in which room, and who answered in what words', async () => {
    const { put, versions, as } = await started()
    await put(walk, 1)
    await put({ ...aboutMe(grace), valueString: 'My garden and Chidi' }, 1, 'grace')
    const said = {
      ...{ ...agreement(grace), target: [{ reference: 'CarePlan/plan-c/_history/3' }, grace] },
      extension: [{ url: 'https://gable.example/fhir/words', valueString: 'Yes, I said that' }],
    }
    const answered = await (await as('grace'))('/fhir/Provenance/agree-1', {
      ...{ method: 'PUT', json: said },
    })
    expect(answered.status).toBe(201)
    const found = await versions()
    expect(found.total).toBe(3)
    expect(found.versions.map((each) => each.number)).toEqual([3, 2, 1])
    const [third, second, begun] = found.versions
    expect(second?.by).toMatchObject({ reference: amina.reference, name: 'Amina Yusuf' })
    expect(second?.changes).toEqual([
      { kind: 'write-goal', room: 'conversation', records: ['Goal/goal-1/_history/2'] },
    ])
    expect(third?.changes.map(({ kind, room }) => [kind, room])).toEqual([['write-about-me', 'me']])
    expect(third?.answers).toEqual([
      {
        ...{ by: { reference: grace.reference, name: expect.any(String) }, yes: true },
        ...{ words: 'Yes, I said that', at: expect.any(String), counts: true },
        inPart: false,
      },
    ])
    expect(begun?.changes).toEqual([])
    expect(second?.answers).toEqual([])
  })

  test('comes in pages, and takes as many statements for forty versions as for three', async () => {
    const { put, versions, at, heard, sql } = await started()
    await put(walk, 1)
    const counted = async (work: () => Promise<unknown>) => {
      heard.count = 0
      await work()
      return heard.count
    }
    const few = [await counted(() => versions()), await counted(() => at('version=1'))]
    for (let version = 2; version < 12; version++)
      await put({ ...walk, description: { text: `To walk ${version} miles` } }, version)
    await sql.query(
      `insert into resource (rt, id, vid, ts, person, room, content)
        select rt, id || n, 1, ts, person, room, content from resource, generate_series(1, 30) n where id = 'need-1'`,
    )
    expect([await counted(() => versions()), await counted(() => at('version=1'))]).toEqual(few)
    const page = await versions('?count=5')
    expect(page.versions.map((each) => each.number)).toEqual([12, 11, 10, 9, 8])
    expect([page.total, page.next]).toEqual([12, 8])
    const last = await versions('?count=20&before=3')
    expect(last.versions.map((each) => each.number)).toEqual([2, 1])
    expect(last.next).toBeUndefined()
  })

  test('shows an earlier version only as far as the reader may see its records today', async () => {
    const { put, namesAt, versions, at, seed } = await started()
    await seed([share(['roof', 'conversation'], ['read'])] as never)
    await put(walk, 1)
    await put({ ...aboutMe(grace), valueString: 'My garden and Chidi' }, 1, 'grace')
    const shared = await namesAt('version=1', 'chidi')
    expect(shared).toContain('Goal/goal-1/1')
    expect(shared.join()).not.toContain('about-1')
    const [third] = (await versions('', 'chidi')).versions
    expect([third?.number, third?.changes]).toEqual([3, []])

    await seed([share(['roof'], ['read'])] as never)
    expect(await namesAt('version=1', 'chidi')).toEqual([
      'CarePlan/plan-c/1',
      'CarePlan/whatif-case-1/1',
    ])
    await seed([share(['roof'], ['read'], '2026-03-01')] as never)
    expect((await at('version=1', 'chidi')).status).toBe(404)
  })

  test('shows no version of what was restricted since, nor that it changed', async () => {
    const { put, namesAt, versions } = await started()
    await put(walk, 1)
    const meta = {
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SDV' },
      ],
    }
    await put({ ...need, meta, code: { text: 'Afraid of a neighbour' } }, 1, 'admin')
    expect((await namesAt('version=1', 'patel')).join()).not.toContain('need-1')
    expect(await namesAt('version=1', 'grace')).toContain('Condition/need-1/1')
    const [third] = (await versions('', 'patel')).versions
    expect([third?.number, third?.changes]).toEqual([3, []])
    const [hers] = (await versions('', 'grace')).versions
    expect(hers?.changes[0]?.records).toEqual(['Condition/need-1/_history/2'])
  })

  test.each([
    ['', 400, 'Say either which version'],
    ['version=1&at=2026-03-02', 400, 'Say either which version'],
    ['version=0', 400, 'whole number from 1'],
    ['version=-1', 400, 'whole number from 1'],
    ['version=1.5', 400, 'whole number from 1'],
    ['version=two', 400, 'whole number from 1'],
    ['version=1&version=2', 400, 'sent twice'],
    ['version=99999', 404, 'no version 99999: the newest is 1'],
    ['at=yesterday', 400, 'must be a day'],
    ['at=2026-02-30', 400, 'must be a day'],
    ['at=2026-03-02T09:00', 400, 'must be a day'],
    ['at=', 400, 'must be a day'],
    ['at=2026-03-03', 400, 'in the future'],
    ['at=2025-01-01', 404, 'had not been started'],
  ])('answers ?%s with %i: %s', async (query, status, words) => {
    const { at } = await started()
    const answer = await at(query)
    expect(answer.status).toBe(status)
    expect(answer.body.issue[0]?.details?.text).toContain(words)
  })

  test('answers for a plan of somebody else as for one that does not exist', async () => {
    const { as, at } = await started()
    const call = await as('stranger')
    for (const operation of ['$plan-at?version=1', '$plan-at?version=99999', '$plan-versions']) {
      const told = await (await call(`/fhir/CarePlan/plan-c/${operation}`)).text()
      const none = await (await call(`/fhir/CarePlan/no-plan/${operation}`)).text()
      expect(told).toBe(none)
      expect((await call(`/fhir/CarePlan/plan-c/${operation}`)).status).toBe(404)
    }
    const call2 = await as('amina')
    expect((await call2('/fhir/CarePlan/whatif-case-1/$plan-versions')).status).toBe(400)
    expect((await at('version=1', 'chidi')).status).toBe(404)
  })

  test('takes its question as parameters too, and is in the audit log of the person', async () => {
    const { as } = await started()
    const call = await as('amina')
    const json = planAtRequest.write({ version: 1 })
    const answer = await call('/fhir/CarePlan/plan-c/$plan-at', { method: 'POST', json })
    expect(namesIn((await answer.json()) as Bundle).toSorted()).toEqual(first)
    const paged = { method: 'POST', json: planVersionsRequest.write({ count: 1 }) }
    expect((await call('/fhir/CarePlan/plan-c/$plan-versions', paged)).status).toBe(200)
    const looked = (await (
      await (
        await as('grace')
      )(`/fhir/${grace.reference}/$who-looked`)
    ).json()) as Bundle<AuditEvent>
    const ways = (looked.entry ?? []).map(({ resource }) => resource?.subtype?.[0]?.code)
    expect(ways).toEqual(expect.arrayContaining(['$plan-at', '$plan-versions']))
  })
})
