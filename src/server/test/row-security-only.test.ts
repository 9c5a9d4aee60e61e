import { expect, test } from 'vitest'
import { chidiId, demoIdentities, graceId } from '#demo-data/identities.ts'
import { createHandler } from '#server/handler.ts'
import { createStore } from '#server/store/create-store.ts'
import { gateOff } from '#test-support/access/row-security-only.ts'
import { testNow } from '#test-support/clock.ts'
import { openHandler, testOrigin } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, condition, goal, share, standing } from '#test-support/worlds/grace-records.ts'

const paths = [
  `/fhir/Patient/${graceId}`,
  `/fhir/Patient/${graceId}/_history/1`,
  `/fhir/Patient/${graceId}/_history`,
  '/fhir/Goal/goal-1',
  '/fhir/Goal?_total=accurate',
  '/fhir/Goal?_summary=count',
  '/fhir/Goal/_history',
  '/fhir/_history',
  `/fhir/Patient?_id=${graceId}&_revinclude=Goal:patient&_revinclude=Condition:patient`,
  '/fhir/Goal?_include=Goal:patient',
  '/fhir/Organization?_revinclude=Patient:general-practitioner',
  `/fhir/Patient/${graceId}/$everything`,
  `/fhir/Patient/${graceId}/$who-looked`,
  `/fhir/Patient/${graceId}/$score`,
  `/fhir/RelatedPerson/${chidiId}`,
]

/** Anything that would reveal the person: the name, a text, an id. */
const personal = /Okafor|goal-1|walk to church|condition-1|plan-1/

/** If a statement forgets its access condition it must return nothing, because the database itself knows the user. */
eachStore('With the handler’s access conditions switched off', (open) => {
  async function answersTo(identity: string) {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [...standing, condition, goal(amina), share(['team'], ['read'])],
      'brook-surgery',
    )
    const store = gateOff(createStore(sql), testNow)
    const handler = createHandler({ sql, store, demo: demoIdentities, now: () => testNow })
    const signedIn = await handler(
      new Request(`${testOrigin}/auth/demo`, {
        method: 'POST',
        body: JSON.stringify({ as: identity }),
        headers: { 'Content-Type': 'application/json' },
      }),
    )
    const { token } = (await signedIn.json()) as { token: string }
    const answers: string[] = []
    for (const path of paths) {
      const request = new Request(`${testOrigin}${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      })
      const answer = await handler(request)
      answers.push(`${path} ${answer.status} ${await answer.text()}`)
    }
    return answers
  }

  test('a professional without access gets nothing of Grace’s record', async () => {
    for (const answer of await answersTo('stranger')) {
      const [path = '', ...rest] = answer.split(' ')
      expect(rest.join(' ').replaceAll(graceId, ''), path).not.toMatch(personal)
    }
  })

  test('a carer gets only the shared rooms', async () => {
    for (const answer of await answersTo('chidi')) {
      const [path = '', ...rest] = answer.split(' ')
      // the log shows his own requests, with the ids he asked for
      if (path.endsWith('$who-looked')) continue
      expect(rest.join(' '), path).not.toMatch(/goal-1|walk to church|condition-1/)
    }
  })

  test('a user with access still reads the record', async () => {
    const answers = await answersTo('amina')
    expect(answers.filter((answer) => personal.test(answer)).length).toBeGreaterThan(8)
  })
})
