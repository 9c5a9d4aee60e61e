import type { Bundle, Goal, OperationOutcome, Provenance } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, goal, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const plan = {
  ...{ resourceType: 'CarePlan' as const, id: 'plan-u', status: 'active' as const },
  ...{ intent: 'plan' as const, subject: grace, goal: [{ reference: 'Goal/goal-1' }] },
  supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }],
}
const episode = {
  ...{ resourceType: 'EpisodeOfCare' as const, id: 'case-1', status: 'active' as const },
  ...{ patient: grace, managingOrganization: { reference: 'Organization/brook-surgery' } },
}
const references: Readonly<Record<string, { reference: string }>> = {
  grace,
  patel: { reference: 'Practitioner/anil-patel' },
}
const team = {
  ...{ resourceType: 'CareTeam' as const, id: 'team', status: 'active' as const, subject: grace },
  participant: [{ member: amina }],
}
const restricted = [
  { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SDV' },
]
const church = { ...goal(grace), description: { text: 'To walk to church' } }

eachStore('Undoing the last change of a record of the plan', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...standing, episode, team, church, plan] as never, 'brook-surgery')
    const read = async (who = 'grace') =>
      (await (await (await server.as(who))('/fhir/Goal/goal-1')).json()) as Goal
    const write = async (who: string, text: string, more: Partial<Goal> = {}) => {
      const now = await read()
      const headers = { 'If-Match': `W/"${now.meta?.versionId}"` }
      const json = { ...now, description: { text }, ...more }
      const answer = await (await server.as(who))('/fhir/Goal/goal-1', {
        ...{ method: 'PUT', headers, json },
      })
      expect(answer.status).toBe(200)
    }
    const undo = async (
      who: string,
      text: string,
      {
        version,
        targets = ['Goal/goal-1/_history/9'],
        more = {},
        also = [],
      }: {
        version?: string
        targets?: string[]
        more?: object
        also?: readonly object[]
      } = {},
    ) => {
      const now = await read()
      const provenance: Provenance = {
        ...{ resourceType: 'Provenance', id: crypto.randomUUID() },
        target: [...targets, grace.reference].map((reference) => ({ reference })),
        activity: { coding: [{ system: codes, code: 'undo' }] },
        recorded: '2026-03-02T09:00:00Z',
        agent: [{ who: references[who] ?? amina }],
      }
      const json = {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            resource: { ...now, description: { text }, ...more },
            request: {
              ...{ method: 'PUT', url: 'Goal/goal-1' },
              ifMatch: `W/"${version ?? now.meta?.versionId}"`,
            },
          },
          {
            resource: provenance,
            request: {
              ...{ method: 'PUT', url: `Provenance/${provenance.id}`, ifNoneMatch: '*' },
            },
          },
          ...also.map((resource) => {
            const { resourceType, id, meta } = resource as Goal
            const url = `${resourceType}/${id}`
            const ifMatch = `W/"${meta?.versionId}"`
            return { resource, request: { method: 'PUT', url, ifMatch } }
          }),
        ],
      }
      const answer = await (await server.as(who))('/fhir', { method: 'POST', json })
      const body = (await answer.json()) as OperationOutcome
      return { status: answer.status, text: body.issue?.[0]?.details?.text ?? '' }
    }
    return { ...server, read, write, undo }
  }

  test('makes a new version that says what was said before, in the name of whoever had said it', async () => {
    const { write, undo, read, as } = await started()
    await write('amina', 'To walk to the shop')
    expect((await read()).expressedBy?.reference).toBe(amina.reference)
    expect(await undo('amina', 'To walk to church')).toMatchObject({ status: 200 })
    const now = await read()
    expect(now.meta?.versionId).toBe('3')
    expect(now.description.text).toBe('To walk to church')
    expect(now.expressedBy?.reference).toBe(grace.reference)
    const history = (await (
      await (
        await as('grace')
      )('/fhir/Goal/goal-1/_history')
    ).json()) as Bundle
    expect(history.total).toBe(3)
    const told = await (await as('amina'))('/fhir/Provenance?target=Goal/goal-1')
    expect(await told.text()).toContain('"undo"')
  })

  test('is for the author of the last change, while it is the last', async () => {
    const { write, undo } = await started()
    await write('grace', 'To walk to the sea')
    expect(await undo('amina', 'To walk to church')).toMatchObject({ status: 403 })
    await write('amina', 'To walk to the shop')
    await write('patel', 'To walk a mile')
    const refused = await undo('amina', 'To walk to the sea')
    expect(refused).toMatchObject({ status: 403 })
    expect(refused.text).toContain('Only the author of the last change')
    expect(await undo('patel', 'To walk to the shop')).toMatchObject({ status: 200 })
  })

  test('puts back what the person had written about themselves, in the person’s name', async () => {
    const { as } = await started()
    const matters = {
      ...{ resourceType: 'Observation', id: 'about-1', status: 'final', subject: grace },
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: aboutMeCodes['most-important'] }],
      },
      ...{ performer: [grace], valueString: 'My garden' },
    }
    const path = '/fhir/Observation/about-1'
    const put = async (who: string, json: object, version?: string) =>
      await (await as(who))(path, {
        ...{ method: 'PUT', json },
        headers: version ? { 'If-Match': `W/"${version}"` } : { 'If-None-Match': '*' },
      })
    expect((await put('grace', matters)).status).toBe(201)
    const changed = { ...matters, performer: [amina], valueString: 'My garden and my cat' }
    const byAmina = await put('amina', changed, '1')
    expect(byAmina.status).toBe(200)
    const undo = async (who: string, text: string) => {
      const id = crypto.randomUUID()
      const note: Provenance = {
        ...{ resourceType: 'Provenance', id, recorded: '2026-03-02T09:00:00Z' },
        target: [{ reference: 'Observation/about-1/_history/3' }, grace],
        activity: { coding: [{ system: codes, code: 'undo' }] },
        agent: [{ who: references[who] ?? amina }],
      }
      const answer = await (await as(who))('/fhir', {
        method: 'POST',
        json: {
          ...{ resourceType: 'Bundle', type: 'transaction' },
          entry: [
            {
              resource: { ...matters, valueString: text },
              request: { method: 'PUT', url: 'Observation/about-1', ifMatch: 'W/"2"' },
            },
            {
              resource: note,
              request: { method: 'PUT', url: `Provenance/${id}`, ifNoneMatch: '*' },
            },
          ],
        },
      })
      return answer.status
    }
    expect(await undo('amina', 'Amina’s words in Grace’s name')).toBe(422)
    expect(await undo('patel', 'My garden')).toBe(403)
    expect(await undo('amina', 'My garden')).toBe(200)
    expect(await (await (await as('grace'))(path)).json()).toMatchObject({
      ...{ valueString: 'My garden', performer: [grace] },
    })
  })

  test('puts back what was said and nothing else', async () => {
    const { write, undo } = await started()
    await write('amina', 'To walk to the shop')
    const refused = await undo('amina', 'To fly to the moon')
    expect(refused).toMatchObject({ status: 422 })
    expect(refused.text).toContain('and nothing else')
    expect(await undo('amina', 'To walk to church', { version: '1' })).toMatchObject({
      status: 412,
    })
  })

  test('is not for progress, nor for what has no version before', async () => {
    const { write, undo, read } = await started()
    expect(await undo('amina', 'To walk to church')).toMatchObject({ status: 422 })
    await write('amina', 'To walk to church', {
      achievementStatus: { coding: [{ code: 'improving' }] },
    })
    const refused = await undo('amina', 'To walk to church')
    expect(refused.text).toContain('did not change what the plan says')
    expect((await read()).meta?.versionId).toBe('2')
  })

  test('cannot be claimed without the record that is put back', async () => {
    const { write, undo, as } = await started()
    await write('amina', 'To walk to the shop')
    const other = { targets: ['Condition/condition-1/_history/2'] }
    expect(await undo('amina', 'To walk to church', other)).toMatchObject({ status: 422 })
    const alone = await (await as('amina'))('/fhir/Provenance/undo-1', {
      method: 'PUT',
      json: {
        ...{ resourceType: 'Provenance', id: 'undo-1', recorded: '2026-03-02T09:00:00Z' },
        target: [{ reference: 'Goal/goal-1/_history/2' }],
        activity: { coding: [{ system: codes, code: 'undo' }] },
        agent: [{ who: amina }],
      },
    })
    expect(alone.status).toBe(422)
  })

  test('keeps a restricted record restricted, whatever labels are sent', async () => {
    const { write, undo, as, seed } = await started()
    await seed([share(['conversation', 'roof'], ['read'])])
    const chidi = await as('chidi')
    const found = async () => {
      const paths = [
        'Goal/goal-1',
        'Goal?patient=',
        'Provenance?patient=',
        'Patient/ID/$everything',
      ]
      const texts: string[] = []
      for (const path of paths) {
        const whole = path.replace('ID', graceId).replace('?patient=', `?patient=${graceId}`)
        texts.push(await (await chidi(`/fhir/${whole}`)).text())
      }
      return texts.map((text) => text.includes('walk to') || text.includes('"undo"'))
    }
    expect((await found())[0], 'he reads it before').toBe(true)
    await write('amina', 'To walk to the bus', { meta: { security: [...restricted] } })
    expect(await found()).toEqual([false, false, false, false])
    const more = { meta: undefined }
    expect(await undo('amina', 'To walk to church', { more })).toMatchObject({ status: 200 })
    expect(await found()).toEqual([false, false, false, false])
    const own = await (await as('grace'))(`/fhir/Goal?patient=${graceId}`)
    expect(await own.text()).toContain('To walk to church')
  })

  test('names nothing that is rewritten instead', async () => {
    const { write, undo, read, as } = await started()
    await write('amina', 'To walk to the shop')
    const tried = async (record: string, change: object) => {
      const now = (await (await (await as('amina'))(`/fhir/${record}`)).json()) as Goal
      const targets = ['Goal/goal-1/_history/3', `${record}/_history/9`]
      return await undo('amina', 'To walk to church', { targets, also: [{ ...now, ...change }] })
    }
    for (const [record, change] of [
      ['CareTeam/team', { name: 'Another team' }],
      ['CarePlan/plan-u', { description: 'Another plan' }],
    ] as const)
      expect(await tried(record, change)).toMatchObject({
        ...{ status: 422, text: expect.stringContaining('names no others') },
      })
    expect((await read()).description.text).toBe('To walk to the shop')
    const addresses = [{ reference: 'Condition/condition-1' }]
    const moved = await tried('CarePlan/plan-u', { addresses })
    expect(moved.status, 'the plan names its parts again').toBe(200)
  })

  test('keeps who may see the record as it is', async () => {
    const { write, undo, read } = await started()
    const meta = { security: [...restricted] }
    await write('amina', 'To walk to the bus', { meta })
    expect(await undo('amina', 'To walk to church')).toMatchObject({ status: 200 })
    expect((await read()).meta?.security).toHaveLength(2)
  })
})
