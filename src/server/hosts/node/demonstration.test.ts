import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { demoPopulation } from '#demo-data/population.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import { planVersionsAnswer } from '#domain/plan/versions/plan-version.ts'
import { rulesAnswer } from '#domain/rule/rule-parameters.ts'
import { testDay } from '#test-support/clock.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { runningServices } from '#test-support/servers/running-service.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { mustHoldDemonstrationOnly } from './demonstration.ts'
import { seedPopulation } from './seed-demo.ts'

const started = runningServices()

/** Signs in as the administrator of the demonstration, with these headers; not by `fetch`, which sets its own Host. */
async function signInWith(port: number, headers: Readonly<Record<string, string>> | string[]) {
  const call = request({ host: '127.0.0.1', port, path: '/auth/demo', method: 'POST', headers })
  call.end('{"as":"admin"}')
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}

const world: readonly Readonly<Record<string, string>>[] = [
  { Host: 'evil.example' },
  { Host: 'localhost.evil.example' },
  { Host: '127.0.0.1.evil.example' },
  { Host: '10.0.0.7:8080' },
  { Host: 'user@localhost' },
  { Origin: 'https://gable.example' },
  { Origin: 'http://localhost.evil.example' },
  { Origin: 'null' },
  { Forwarded: 'for=203.0.113.7;host=gable.example;proto=https' },
  { Forwarded: 'for=127.0.0.1, for=203.0.113.7' },
  { 'X-Forwarded-For': '203.0.113.7' },
  { 'X-Forwarded-For': '127.0.0.1, 203.0.113.7' },
  { 'X-Forwarded-Host': 'gable.example' },
  { 'X-Forwarded-Proto': 'https' },
  { 'X-Forwarded-Server': 'edge' },
  { 'X-Forwarded-Prefix': '/gable' },
  { 'X-Real-IP': '203.0.113.7' },
  { Via: '1.1 edge.example' },
  { Via: 'HTTP/1.1 edge (squid)' },
  { 'CF-Connecting-IP': '203.0.113.7' },
  { 'True-Client-IP': '203.0.113.7' },
  { 'Fly-Client-IP': '203.0.113.7' },
  { 'X-Azure-ClientIP': '203.0.113.7' },
  { 'X-Envoy-External-Address': '203.0.113.7' },
]

test('a demonstration answers only this machine, whatever proxy headers say', async () => {
  const { port, call } = await started({ GABLE_RATE_SIGN_IN: '0' })
  for (const headers of world)
    expect([headers, await signInWith(port, headers)]).toEqual([headers, 403])
  expect(await signInWith(port, ['Host', 'localhost', 'Host', 'evil.example'])).toBe(403)
  const page = await call('/', { headers: { 'X-Forwarded-For': '203.0.113.7' } })
  expect([page.status, await page.text()]).toEqual([403, expect.stringContaining('demonstration')])
  const here: readonly Readonly<Record<string, string>>[] = [
    {},
    { Host: `localhost:${port}`, Origin: `http://localhost:${port}` },
    { Host: '[::1]:8080' },
    { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '::1', Via: '1.1 localhost' },
    { Forwarded: 'for=127.0.0.1;host=localhost:8080' },
  ]
  for (const headers of here)
    expect([headers, await signInWith(port, headers)]).toEqual([headers, 200])
})

test('a server that is not a demonstration is reached through its proxy', async () => {
  const { port } = await started({ GABLE_DEMO: '0', GABLE_ORIGIN: 'https://gable.example' })
  const headers = { Host: 'gable.example', 'X-Forwarded-For': '203.0.113.7', Via: '1.1 edge' }
  expect(await signInWith(port, headers)).toBe(200)
})

eachStore('A demonstration', (open) => {
  const real = { resourceType: 'Patient' as const, id: 'someone', name: [{ family: 'Hale' }] }
  const nhs = 'https://fhir.nhs.uk/Id/nhs-number'

  test('starts with its own people and with those imported or created in it', async () => {
    const { sql } = await open()
    await mustHoldDemonstrationOnly(sql)
    const server = await openHandler({ sql })
    await server.seed([...demoPopulation({ people: 4, asOf: testDay })])
    await mustHoldDemonstrationOnly(sql)
    const admin = await server.as('admin')
    const imported = await admin('/fhir/$import', {
      method: 'POST',
      json: { resourceType: 'Patient', id: 'brought', name: [{ family: 'Lane' }] },
    })
    expect(imported.status).toBe(200)
    const amina = await server.as('amina')
    const made = await amina('/fhir/Patient', {
      method: 'POST',
      json: { resourceType: 'Patient', name: [{ family: 'Reed' }] },
    })
    expect(made.status).toBe(201)
    await mustHoldDemonstrationOnly(sql)
  })

  test('tells how Grace’s plan came to be: five versions in two months, by different authors, the last agreed', async () => {
    const { sql } = await open()
    await seedPopulation(sql, { people: 2, asOf: testDay })
    const server = await openHandler({ sql })
    const call = await server.as('amina')
    const plan = 'CarePlan/plan-case-3f9c27d1'
    const told = planVersionsAnswer.read(await (await call(`/fhir/${plan}/$plan-versions`)).json())
    const said = told.versions.map(({ number, at, by, answers }) => [
      ...[number, daysBetween(at, testDay), by?.name],
      answers.map(({ yes, inPart }) => (yes ? 'yes' : inPart ? 'in part' : 'no')).join(),
    ])
    expect(said).toEqual([
      [5, 19, 'Grace Okafor', 'yes'],
      [4, 25, 'Amina Yusuf', 'no'],
      [3, 30, 'Chidi Okafor', ''],
      [2, 38, 'Tom Price', 'in part'],
      [1, 45, 'Amina Yusuf', 'yes'],
    ])
    expect(told.versions[3]?.answers[0]?.words).toBe('Every day is too much. Twice a week.')
    const at = async (version: number) =>
      await (await call(`/fhir/${plan}/$plan-at?version=${version}`)).text()
    expect(await at(1)).toContain('I want to go to church again.')
    expect(await at(2)).toContain('together, every day')
    expect(await at(5)).toContain('on a Sunday, with someone beside me')
    const goal = await (await call('/fhir/Goal/goal-g1')).json()
    const suggestion = await (await call('/fhir/Task/suggestion-g1')).text()
    expect(goal.meta.versionId).toBe('3')
    expect(suggestion, 'to the words as they stand').toContain('"valueString":"3"')
    const caseload = await (await call('/fhir/$caseload')).text()
    expect(/"agreed","valueBoolean":(true|false)/.exec(caseload)?.[1]).toBe('true')
  })

  test('has a rule that is switched on and has found people, and one that waits for Dr Patel', async () => {
    const { sql } = await open()
    await seedPopulation(sql, { people: 150, asOf: testDay })
    const server = await openHandler({ sql })
    const rulesFor = async (who: string) =>
      rulesAnswer.read(await (await (await server.as(who))('/fhir/PlanDefinition/$rules')).json())
        .rules
    const told = (await rulesFor('patel')).map(({ newest, running, last, waitsForYou }) => [
      ...[newest.state, running?.version, last !== undefined, waitsForYou === true],
    ])
    expect(told).toEqual([
      ['asked', undefined, false, true],
      ['running', 1, true, false],
    ])
    expect((await rulesFor('ming')).some(({ waitsForYou }) => waitsForYou)).toBe(false)
  })

  test.each([
    ['a person who was there before', real],
    [
      'a person with a possibly real NHS number and a demonstration id',
      { ...real, id: 'p-abcde12345', identifier: [{ system: nhs, value: '4857773456' }] },
    ],
    ['a person without an NHS number and with a demonstration id', { ...real, id: 'p-abcde12345' }],
    [
      'an invented NHS number with another id',
      { ...real, identifier: [{ system: nhs, value: '9990000018' }] },
    ],
  ])('does not start on a database that holds %s', async (_what, person) => {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...demoPopulation({ people: 2, asOf: testDay }), person])
    await expect(mustHoldDemonstrationOnly(sql)).rejects.toThrow('holds 1 person not created')
  })
})
