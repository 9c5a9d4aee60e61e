import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { wholeCaseload } from '#domain/case/caseload-list.ts'
import { caseloadParameters, caseloadRequest } from '#domain/case/caseload-parameters.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-22T09:00:00.000Z')
const caseFor = (id: string, status: 'active' | 'finished') => [
  {
    resourceType: 'Patient' as const,
    id,
    name: [{ family: 'Hill', given: ['Ann'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    resourceType: 'EpisodeOfCare' as const,
    id: `case-${id}`,
    status,
    patient: { reference: `Patient/${id}` },
    careManager: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' },
    managingOrganization: { reference: 'Organization/brook-surgery' },
  },
]

eachStore('the caseload and the measures', (open) => {
  async function server() {
    const { sql } = await open({ now: () => now })
    const opened = await openHandler({ sql, now })
    await opened.seed(
      [...demoOrganisationRecords(), ...graceRecords('2026-11-22')],
      'brook-surgery',
    )
    const ask = async (identity: string, operation: string) => {
      const call = await opened.as(identity)
      const response = await call(`/fhir/$${operation}`, { method: 'POST' })
      return { status: response.status, body: (await response.json()) as Parameters }
    }
    return { ...opened, ask }
  }
  const part = (answer: Parameters, line: number, name: string) =>
    answer.parameter?.[line]?.part?.find((each) => each.name === name)

  const familiesIn = (answer: Parameters) =>
    caseloadParameters.read(answer).people.map(({ family }) => family)
  const asking = async (
    opened: Awaited<ReturnType<typeof server>>,
    asked: object,
    who = 'amina',
  ) => {
    const call = await opened.as(who)
    const json = caseloadRequest.write({ ...wholeCaseload, ...asked })
    const answer = await call('/fhir/$caseload', { method: 'POST', json })
    return caseloadParameters.read((await answer.json()) as Parameters)
  }

  test('Many people are searched, filtered, sorted and paged by the service, with exact counts; only who is shown is in the log', async () => {
    const opened = await server()
    const many = Array.from({ length: 120 }, (_, place) => place)
    await opened.seed(
      many.flatMap((place) => {
        const [patient, episode] = caseFor(`p-crowd-${place}`, 'active')
        return [patient, place % 3 === 0 ? { ...episode, status: 'onhold' } : episode] as never[]
      }),
      'brook-surgery',
    )
    const one = await asking(opened, { text: 'okafor' })
    expect(one.people.map(({ family, whose }) => [family, whose])).toEqual([['Okafor', 'mine']])
    const logOf = async (person: string) =>
      await (await (await opened.as('admin'))(`/fhir/Patient/${person}/$who-looked`)).text()
    expect(await logOf('p-crowd-1')).not.toContain('$caseload')
    expect(await logOf(graceId)).toContain('$caseload')
    const page = await asking(opened, { text: 'hil', sort: 'name', count: 20, offset: 110 })
    expect([page.people.length, page.total, page.of]).toEqual([10, 120, 121])
    const paused = await asking(opened, { show: 'paused', count: 5 })
    expect([paused.people.length, paused.total]).toEqual([5, 40])
    expect(paused.counts).toContainEqual({ facet: 'show', value: 'no-plan', count: 120 })
  })

  test('A second search of the list works nobody out again, and shows at once what changed, who came and who left', async () => {
    const opened = await server()
    await opened.seed(caseFor('p-hill', 'active') as never, 'brook-surgery')
    const needs = async () =>
      (await asking(opened, { sort: 'name' })).people.map(({ family, status, need }) => [
        ...[family, status, need?.kind],
      ])
    const first = await needs()
    expect(first.map(([family]) => family)).toEqual(['Hill', 'Okafor'])
    expect(await needs()).toEqual(first)
    const paused = { ...caseFor('p-hill', 'active')[1], status: 'onhold' }
    await opened.seed([paused] as never, 'brook-surgery')
    expect((await needs())[0]?.[1]).toBe('onhold')
    const newcomer = caseFor('p-abel', 'active').map((each) =>
      'name' in each ? { ...each, name: [{ family: 'Abel', given: ['Zoe'] }] } : each,
    )
    await opened.seed(newcomer as never, 'brook-surgery')
    expect((await needs()).map(([family]) => family)).toEqual(['Abel', 'Hill', 'Okafor'])
    await opened.seed([{ ...caseFor('p-hill', 'finished')[1] }] as never, 'brook-surgery')
    expect((await needs()).map(([family]) => family)).toEqual(['Abel', 'Okafor'])
    // what is kept is one reader’s: nobody else sees more of it
    expect((await asking(opened, {}, 'stranger')).people).toEqual([])
  })

  test('Whom nobody coordinates is a list of its own, of the reader’s organisation alone', async () => {
    const opened = await server()
    const [patient, episode] = caseFor('p-nobodys', 'active')
    const { careManager: _nobody, ...open } = episode as unknown as { careManager: unknown }
    await opened.seed([patient, open] as never, 'brook-surgery')
    const found = await asking(opened, { whose: 'nobody' })
    expect(found.people.map(({ family, whose }) => [family, whose])).toEqual([['Hill', 'nobody']])
    const mine = await asking(opened, {})
    expect(mine.counts).toContainEqual({ facet: 'whose', value: 'nobody', count: 1 })
    for (const who of ['stranger', 'ruth', 'grace', 'chidi'])
      expect((await asking(opened, { whose: 'nobody' }, who)).people, who).toEqual([])
  })

  test('Amina sees her caseload, and that Grace agreed to this version of the plan', async () => {
    const { ask, seed } = await server()
    await seed([...caseFor('p-hill', 'active'), ...caseFor('p-gone', 'finished')])
    const { status, body } = await ask('amina', 'caseload')
    expect(status).toBe(200)
    expect(familiesIn(body)).toEqual(['Okafor', 'Hill'])
    expect(part(body, 0, 'person')?.valueReference?.reference).toBe(`Patient/${graceId}`)
    expect(part(body, 0, 'planVersion')?.valueString).toBe('1')
    expect(part(body, 0, 'agreed')?.valueBoolean).toBe(true)
    expect(part(body, 0, 'reviewOn')?.valueString).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(part(body, 1, 'planVersion')).toBeUndefined()
    expect(part(body, 1, 'agreed')?.valueBoolean).toBe(false)
  })

  test('agreement to an earlier version does not count', async () => {
    const { ask, store } = await server()
    const plan = [...graceRecords('2026-11-22')].find(
      (each) => each.resourceType === 'CarePlan' && each.id.startsWith('plan-'),
    )
    if (!plan) throw new Error('Grace has no plan')
    await store.writeMany([
      { resource: { ...plan, language: 'en' }, expect: 'anything', custodian: 'brook-surgery' },
    ])
    const { body } = await ask('amina', 'caseload')
    expect(part(body, 0, 'planVersion')?.valueString).toBe('2')
    expect(part(body, 0, 'agreed')?.valueBoolean).toBe(false)
  })

  test('an imported agreement in another code system does not count', async () => {
    const { ask, as, store } = await server()
    const plan = (
      await store.match('CarePlan', new URLSearchParams({ subject: graceId }), everyone, 9)
    ).find((id) => id.startsWith('plan-'))
    const target = (version: number) => [
      { reference: `CarePlan/${plan}/_history/${version}` },
      { reference: `Patient/${graceId}` },
    ]
    const agreementOf = (code: string, system: string) => ({
      ...{ resourceType: 'Provenance', target: target(1), recorded: '2026-03-02T09:00:00Z' },
      ...{
        activity: { coding: [{ system, code }] },
        agent: [{ who: { reference: `Patient/${graceId}` } }],
      },
    })
    const no = agreementOf('disagree', 'https://gable.example/codes')
    expect(
      (await (await as('grace'))('/fhir/Provenance', { method: 'POST', json: no })).status,
    ).toBe(201)
    const extension = [{ url: 'https://gable.example/fhir/answer-number', valueInteger: 999 }]
    const yes = {
      ...agreementOf('agree', 'https://elsewhere.example/codes'),
      id: 'their-yes',
      extension,
    }
    const imported = await (await as('amina'))('/fhir/$import', { method: 'POST', json: yes })
    expect(await imported.text()).toContain('created')
    expect(part((await ask('amina', 'caseload')).body, 0, 'agreed')?.valueBoolean).toBe(false)
  })

  test('Karen sees the people whose team she is in, and other users nobody', async () => {
    const { ask, seed } = await server()
    await seed(caseFor('p-hill', 'active'))
    const karen = await ask('karen', 'caseload')
    expect(familiesIn(karen.body)).toEqual(['Okafor'])
    for (const identity of ['stranger', 'ruth', 'grace', 'chidi'])
      expect(familiesIn((await ask(identity, 'caseload')).body), identity).toEqual([])
  })

  test('reading the caseload is in the audit log of each person', async () => {
    const { ask, as } = await server()
    await ask('amina', 'caseload')
    const log = await (await as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await log.text()).toContain('$caseload')
  })

  test('Ruth gets counts without small numbers or small differences, and never a name or an id', async () => {
    const { ask, seed } = await server()
    const ids = Array.from({ length: 6 }, (_, place) => `p-many-${place}`)
    await seed(ids.flatMap((id) => caseFor(id, 'active')))
    const { status, body } = await ask('ruth', 'measures')
    expect(status).toBe(200)
    const named = (name: string) => body.parameter?.find((each) => each.name === name)?.part?.[0]
    // seven and six people: the difference of one would reveal Grace
    expect(named('open')).toEqual({ name: 'count', valueInteger: 5 })
    expect(named('without')).toEqual({ name: 'count', valueInteger: 5 })
    expect(named('agreed')).toEqual({ name: 'fewerThan', valueInteger: 5 })
    expect(JSON.stringify(body)).not.toMatch(/p-many|Hill|Okafor|reference/)
  })

  test('What people said after conversations is counted for their organisation, and small numbers are not shown', async () => {
    const { ask, seed } = await server()
    const ids = Array.from({ length: 6 }, (_, place) => `p-said-${place}`)
    const said = (id: string, code: string) => ({
      ...{ resourceType: 'QuestionnaireResponse' as const, id: `after-${id}` },
      ...{ status: 'completed' as const, subject: { reference: `Patient/${id}` } },
      questionnaire: 'https://gable.example/fhir/Questionnaire/after-conversation|1.0',
      item: ['talked', 'decided'].map((linkId) => ({
        linkId,
        answer: [{ valueCoding: { code: linkId === 'talked' ? code : 'no' } }],
      })),
    })
    await seed(ids.flatMap((id) => caseFor(id, 'active')))
    await seed([...ids.map((id) => said(id, 'yes')), said('p-elsewhere', 'partly')])
    const { body } = await ask('ruth', 'measures')
    const named = (name: string) => body.parameter?.find((each) => each.name === name)?.part?.[0]
    for (const name of ['asked', 'talked', 'decidedNot'])
      expect(named(name), name).toEqual({ name: 'count', valueInteger: 5 })
    for (const name of ['talkedPartly', 'decided', 'decidedPartly', 'talkedNot'])
      expect(named(name), name).toEqual({ name: 'fewerThan', valueInteger: 5 })
  })

  test('measures are for managers and administrators', async () => {
    const { ask } = await server()
    expect((await ask('admin', 'measures')).status).toBe(200)
    for (const identity of ['amina', 'grace', 'stranger'])
      expect((await ask(identity, 'measures')).status, identity).toBe(403)
  })
})
