import type { AuditEvent, Bundle, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiOwnId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { nothingFound } from '#domain/carer/carer-assessment.ts'
import { carerAssessmentToFhir } from '#domain/carer/carer-assessment-fhir.ts'
import { nothingAsked } from '#domain/social-care/care-assessment.ts'
import {
  careAssessmentToFhir,
  careDecisionToFhir,
} from '#domain/social-care/care-assessment-fhir.ts'
import { socialCareWork } from '#domain/social-care/social-care-work.ts'
import { keepSupportPlanRequest } from '#domain/social-care/support-plan.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { wholeSupportPlan } from '#test-support/worlds/care-act.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

const at = testNow.toISOString()
const karen = {
  ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee' },
  voice: 'professional' as const,
}
const chidi = { reference: `Patient/${chidiOwnId}`, name: 'Chidi Okafor', voice: 'person' as const }

const someOutcome = [{ outcome: 'hygiene', how: 'Help', ways: ['carer'], who: '' }]

eachStore('The work of social care', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), ...chidiRecords(testDay)],
      'brook-surgery',
    )
    const himself = async () => {
      const call = await server.as('chidi')
      await call('/auth/side', { method: 'POST', body: '{"side":"person"}' })
      return call
    }
    const work = async (call: Caller) => {
      const answer = await call('/fhir/$social-care')
      expect(answer.status).toBe(200)
      return socialCareWork.read((await answer.json()) as Parameters).lines
    }
    return { ...server, himself, work }
  }

  test('an assessment moves from begun at home through being written and decided to its support plan', async () => {
    const { as, himself, work } = await started()
    const [call, own] = [await as('karen'), await himself()]
    expect(await work(call)).toEqual([])
    const begun = { ...nothingFound, id: 'home', person: chidiOwnId, at, isDone: false }
    const ahead = carerAssessmentToFhir({ ...begun, does: 'I cook', by: chidi })
    expect((await putRecord(own, ahead)).status).toBe(201)
    const steps = async () =>
      (await work(call)).map(({ id, step, assessed }) => [id, assessed, step])
    expect(await work(call)).toMatchObject([
      { id: chidiOwnId, given: 'Chidi', step: 'begun-at-home', by: 'Chidi Okafor', day: testDay },
    ])
    const asked = { ...nothingAsked, id: 'asked', person: graceId, by: karen, at, isDone: false }
    expect((await putRecord(call, careAssessmentToFhir(asked))).status).toBe(201)
    expect(await steps()).toEqual([
      [chidiOwnId, 'carer', 'begun-at-home'],
      [graceId, 'adult', 'being-written'],
    ])
    const finished = careAssessmentToFhir({ ...asked, isDone: true })
    expect((await putRecord(call, finished, 1)).status).toBe(200)
    expect(await steps()).toContainEqual([graceId, 'adult', 'to-decide'])
    const decision = careDecisionToFhir({
      ...{ id: 'd-1', person: graceId, assessment: 'asked', isEligible: true },
      ...{ reason: 'She cannot wash alone', by: karen, at },
    })
    expect((await putRecord(call, decision)).status).toBe(201)
    expect(await steps()).toEqual([
      [chidiOwnId, 'carer', 'begun-at-home'],
      [graceId, 'adult', 'plan-to-write'],
    ])
    const asks = wholeSupportPlan({ decision: 'd-1', outcomes: someOutcome })
    const plan = await call(`/fhir/Patient/${graceId}/$keep-support-plan`, {
      ...{ method: 'POST', json: keepSupportPlanRequest.write(asks) },
    })
    expect(plan.status).toBe(200)
    expect(await steps()).toContainEqual([graceId, 'adult', 'plan-to-agree'])
  })

  test('what waits in social care is shown to nobody who may not see the person, and not to persons, carers and managers', async () => {
    const { as, himself, work } = await started()
    const own = await himself()
    const begun = { ...nothingFound, id: 'home', person: chidiOwnId, at, isDone: false }
    await putRecord(own, carerAssessmentToFhir({ ...begun, does: 'I cook', by: chidi }))
    expect((await work(await as('karen'))).length).toBe(1)
    // Chidi’s own record is not in Amina’s care
    expect(await work(await as('amina'))).toEqual([])
    for (const who of ['grace', 'ruth'])
      expect((await (await as(who))('/fhir/$social-care')).status, who).toBe(403)
    expect((await own('/fhir/$social-care')).status).toBe(403)
    const answer = await own(`/fhir/Patient/${chidiOwnId}/$who-looked`)
    const looked = (await answer.json()) as Bundle<AuditEvent>
    expect(JSON.stringify(looked)).toContain('karen-lee')
  })
})
