import type { CarePlan, Flag } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { colourFromFhir } from '#domain/plan/worse/day-colour.ts'
import { whatIfFromFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { todayBy } from '#test-support/worlds/balbir.ts'
import { amina, chidi, grace, share, standing } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const now = '2026-03-02T09:00:00.000Z'
const openCase = {
  ...{ resourceType: 'EpisodeOfCare', id: 'case-1', status: 'active', patient: grace },
  ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
} as const
const team = {
  ...{ resourceType: 'CareTeam', id: 'team-case-1', status: 'active', subject: grace },
  participant: [{ member: amina }, { member: { reference: 'Practitioner/karen-lee' } }],
} as const

const colour = (level: string, more: object = {}) => ({
  ...{ resourceType: 'Flag', id: 'colour-1', status: 'active', subject: grace },
  category: [{ coding: [{ system: codes, code: 'todays-colour' }] }],
  code: { coding: [{ system: codes, code: level }] },
  ...more,
})

const put = async (call: Caller, record: { resourceType: string; id: string }, version?: number) =>
  await call(`/fhir/${record.resourceType}/${record.id}`, {
    method: 'PUT',
    json: record,
    ...(version === undefined ? {} : { headers: { 'If-Match': `W/"${version}"` } }),
  })

eachStore('If things get worse', (open) => {
  async function started(rooms: readonly string[] = ['roof'], acts = ['read', 'write']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(now) })
    const records = [openCase, team, share(rooms, acts)]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    return server
  }

  test('what the carer says about today is in the carer’s name and the service’s time, and on Today', async () => {
    const server = await started()
    const sent = colour('amber', {
      author: grace,
      period: { start: '2036-01-01T00:00:00Z', end: '2046-01-01T00:00:00Z' },
    })
    const refused = await put(await server.as('chidi'), sent)
    expect(refused.status).toBe(403)
    const { author: _author, ...own } = sent as typeof sent & { author: unknown }
    expect((await put(await server.as('chidi'), own)).status).toBe(201)
    const kept = (await (await (await server.as('amina'))('/fhir/Flag/colour-1')).json()) as Flag
    expect(colourFromFhir(kept)).toMatchObject({
      by: { reference: chidi.reference, name: expect.stringContaining('Chidi') },
      at: now,
      colour: 'amber',
    })
    expect(kept.period?.end).toBe('2026-03-03T09:00:00.000Z')
    const items = async () => {
      const today = await todayBy(await server.as('amina'))
      return today.items
        .filter(({ kind }) => kind === 'colour')
        .map(({ detail, owner }) => [detail, owner?.name.split(' ')[0]])
    }
    expect(await items()).toEqual([['amber', 'Chidi']])
    server.pass(25 * 60)
    expect(await items()).toEqual([['was-amber', 'Chidi']])
    const green = colour('green', { id: 'colour-2' })
    expect((await put(await server.as('grace'), green)).status).toBe(201)
    expect(await items()).toEqual([])
  })

  test.each([
    ['a carer who may not write in the roof', 'chidi', ['roof'], ['read'], 403],
    ['a carer who does not see the roof', 'chidi', ['me'], ['read', 'write'], 404],
    ['a stranger', 'stranger', ['roof'], ['read'], 404],
    ['a manager', 'ruth', ['roof'], ['read'], 404],
    ['the person', 'grace', ['roof'], ['read'], 201],
    ['somebody of the team', 'karen', ['roof'], ['read'], 201],
  ])('%s says a colour: %#', async (_title, who, rooms, acts, status) => {
    const server = await started(rooms, acts)
    const answer = await put(await server.as(who), colour('red'))
    expect(answer.status).toBe(status)
  })

  test('no word about today is hidden from the person, becomes another flag, or has another colour', async () => {
    const server = await started()
    const hidden = { meta: { security: [{ system: codes, code: 'professional-only' }] } }
    expect((await put(await server.as('amina'), colour('red', hidden))).status).toBe(403)
    expect((await put(await server.as('amina'), colour('blue'))).status).toBe(422)
    expect((await put(await server.as('amina'), colour('red'))).status).toBe(201)
    const other = { ...colour('red'), category: [{ text: 'Infection' }] }
    expect((await put(await server.as('amina'), other, 1)).status).toBe(422)
  })

  test('each line of the plan stays in the name of who said it', async () => {
    const server = await started()
    const level = (name: string, sign: string, by?: object, helper?: object) => ({
      url: 'https://gable.example/fhir/what-if',
      extension: [
        { url: 'level', valueCode: name },
        { url: 'sign', valueString: sign },
        ...(by ? [{ url: 'said-by', valueReference: by }] : []),
        ...(helper ? [{ url: 'supported-by', valueReference: helper }] : []),
      ],
    })
    const plan = (extension: object[]) => ({
      ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
      category: [{ coding: [{ system: codes, code: 'contingency' }] }],
      ...{ subject: grace, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }], extension },
    })
    const asAmina = await server.as('amina')
    const first = plan([level('amber', '2 kg up', grace, amina), level('red', 'No breath', grace)])
    expect((await put(asAmina, first)).status).toBe(201)
    const second = plan([level('amber', '2 kg up', amina), level('red', 'Blue lips', grace)])
    expect((await put(await server.as('karen'), second, 1)).status).toBe(200)
    const kept = (await (await asAmina('/fhir/CarePlan/whatif-case-1')).json()) as CarePlan
    const { amber, red } = whatIfFromFhir(kept)
    expect([amber.said?.by.reference, amber.said?.helper?.reference]).toEqual([
      grace.reference,
      amina.reference,
    ])
    expect(red.said).toMatchObject({ by: { reference: 'Practitioner/karen-lee' }, at: now })
    expect((await put(await server.as('chidi'), plan([level('red', 'Mine')]), 2)).status).toBe(403)
    expect(graceId).toBe(kept.subject.reference?.split('/')[1])
  })
})
