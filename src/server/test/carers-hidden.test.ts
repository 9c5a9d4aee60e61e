import type { Consent, Parameters, RelatedPerson } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiId, chidiOwnId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Actor } from '#domain/access/actor.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { nothingFound } from '#domain/carer/carer-assessment.ts'
import {
  carerAssessmentToFhir,
  eligibilityDecisionToFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { carerSharesToFhir } from '#domain/carer/carer-shares.ts'
import { carersAnswer } from '#domain/carer/carers-answer.ts'
import { beginSession } from '#server/auth/session.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

const at = testNow.toISOString()
const voice = 'professional' as const
const karen = { reference: 'Practitioner/karen-lee', name: 'Karen Lee', voice }
const tom = { ...karen, reference: 'Practitioner/tom-price', name: 'Tom Price' }
/** Of Grace’s practice, and not named in her care. */
const colleague: Actor = {
  ...{ identity: 'colleague', name: 'Nurse Else', role: 'nurse-case-manager' },
  ...{ practitioner: 'nurse-else', organisation: 'brook-surgery' },
}

eachStore('What is kept of carers', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(
      [...demoOrganisationRecords(), ...graceRecords(testDay), ...chidiRecords(testDay)],
      'brook-surgery',
    )
    const ask = async (call: Caller, name: string, ...parameter: readonly object[]) => {
      const json = { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) }
      return await call(`/fhir/Patient/${graceId}/$${name}`, { method: 'POST', json })
    }
    const carersFor = async (call: Caller) =>
      carersAnswer.read((await (await ask(call, 'carers')).json()) as Parameters).carers
    const asActor = async (actor: Actor) =>
      server.withToken(await beginSession(sql, actor, testNow))
    return { ...server, ask, carersFor, asActor }
  }

  test('a carer who is restricted is restricted in the list of carers too', async () => {
    const { as, ask, asActor, carersFor } = await started()
    const [amina, grace] = [await as('amina'), await as('grace')]
    const added = await ask(
      grace,
      'add-carer',
      { name: 'name', valueString: 'Ada Eze' },
      { name: 'sees', valueCode: 'team' },
    )
    const { parameter } = (await added.json()) as Parameters
    const ada = parameter?.[0]?.valueReference?.reference?.split('/')[1] ?? ''
    const role = { role: 'carer', caresFor: [{ relatedPerson: ada, person: graceId }] } as const
    const readers = [
      await asActor(colleague),
      await asActor({ identity: 'ada', name: 'Ada Eze', ...role }),
      ...[amina, grace, await as('chidi')],
    ]
    const chidiSeen = async () => {
      const lists = await Promise.all(readers.map(carersFor))
      return lists.map((each) => each.some(({ id }) => id === chidiId))
    }
    expect(await chidiSeen()).toEqual([true, true, true, true, true])
    const record = (await (
      await amina(`/fhir/RelatedPerson/${chidiId}`)
    ).json()) as RelatedPerson & { id: string }
    const security = [restrictedBecause('She asked for it')]
    expect((await putRecord(amina, { ...record, meta: { security } }, 1)).status).toBe(200)
    expect(await chidiSeen()).toEqual([false, false, true, true, true])
  })

  test('what a carer shows the team is not for somebody who opened the record in an emergency', async () => {
    const { as, asActor, carersFor } = await started()
    const parameter = Object.entries({
      ...{ nhsNumber: { valueString: '9991001018' }, birthDate: { valueDate: '1934-01-04' } },
      ...{ reason: { valueCode: 'emergency' }, words: { valueString: 'Found unconscious' } },
    }).map(([name, value]) => ({ name, ...value }))
    const json = { resourceType: 'Parameters', parameter }
    const stranger = await as('stranger')
    expect((await stranger('/fhir/$break-glass', { method: 'POST', json })).status).toBe(200)
    const seenBy = async (call: Caller) =>
      (await carersFor(call)).find(({ id }) => id === chidiId)?.shown?.heavy
    expect(await seenBy(await asActor(colleague)), 'a colleague in the practice').toBe(8)
    expect((await carersFor(stranger)).map(({ id }) => id)).toContain(chidiId)
    expect(await seenBy(stranger)).toBeUndefined()
  })

  test('what a carer shows until a day is shown no longer', async () => {
    const { as, carersFor } = await started()
    const [grace, chidi] = [await as('grace'), await as('chidi')]
    await chidi('/auth/side', { method: 'POST', body: '{"side":"person"}' })
    const shares = { 'person-cared-for': ['carer-how' as const], 'their-team': [] }
    const share = carerSharesToFhir({ person: chidiOwnId, carer: chidiId, at, shares })
    const until = (end: string): Consent & { id: string } => ({
      ...share,
      provision: { ...share.provision, period: { start: '2020-01-01', end } },
    })
    const shown = async () => (await carersFor(grace)).find(({ id }) => id === chidiId)?.shown
    expect((await putRecord(chidi, until(testDay), 1)).status).toBe(200)
    expect(await shown()).toBeDefined()
    expect((await putRecord(chidi, until('2021-01-01'), 2)).status).toBe(200)
    expect(await shown()).toBeUndefined()
  })

  test('an assessment is in the name of who writes it, and stays once a decision names any version of it', async () => {
    const { as } = await started()
    const call = await as('karen')
    const found = (by: typeof karen, does: string, isDone = true) =>
      carerAssessmentToFhir({
        ...{ ...nothingFound, id: 'found-1', person: chidiOwnId, by, at, isDone, does },
      })
    expect((await putRecord(call, found(tom, 'Nights'))).status).toBe(403)
    expect((await putRecord(call, found(karen, 'Nights'))).status).toBe(201)
    const decision = {
      ...eligibilityDecisionToFhir({
        ...{ id: 'decided-1', person: chidiOwnId, assessment: 'found-1', isEligible: true },
        ...{ reason: 'He does not sleep', by: karen, at },
      }),
      derivedFrom: [{ reference: 'QuestionnaireResponse/found-1/_history/1' }],
    }
    const entry = [found(karen, 'Nothing', false), decision].map((resource) => ({
      resource,
      request: {
        ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
        ...(resource.id === 'found-1' ? { ifMatch: 'W/"1"' } : {}),
      },
    }))
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    const together = await call('/fhir', { method: 'POST', json })
    expect(together.status, 'on what is no longer finished').toBe(422)
    expect((await putRecord(call, decision)).status).toBe(201)
    expect((await putRecord(call, found(karen, 'Nothing'), 1)).status).toBe(422)
  })

  test('that a carer was offered an assessment is in nothing that the person can see', async () => {
    const { as, ask } = await started()
    const [amina, grace, karen1] = [await as('amina'), await as('grace'), await as('karen')]
    const carer = { name: 'carer', valueReference: { reference: `RelatedPerson/${chidiId}` } }
    expect((await ask(karen1, 'carer-offer', carer)).status).toBe(200)
    const log = async (call: Caller) =>
      await (await call(`/fhir/AuditEvent?patient=${graceId}&_count=200`)).text()
    expect(await log(amina)).toContain('carer-offer')
    for (const path of ['$who-looked', '$everything', '$export-record']) {
      const answer = await ask(grace, path.slice(1))
      expect([path, (await answer.text()).includes('carer-offer')]).toEqual([path, false])
    }
    expect(await log(grace)).not.toContain('carer-offer')
    const patel = await as('ruth')
    expect((await ask(patel, 'carer-offer', carer)).status).toBe(404)
  })
})
