import type { Observation, QuestionnaireResponse } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { chidiOwnId, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { AnswerMarks } from '#domain/assessment/shape/answer-marks.ts'
import { type CarerFindings, nothingFound } from '#domain/carer/carer-assessment.ts'
import {
  carerAssessmentFromFhir,
  carerAssessmentToFhir,
} from '#domain/carer/carer-assessment-fhir.ts'
import { type AdultFindings, nothingAsked } from '#domain/social-care/care-assessment.ts'
import {
  careAssessmentFromFhir,
  careAssessmentToFhir,
  careDecisionFromFhir,
  careDecisionToFhir,
} from '#domain/social-care/care-assessment-fhir.ts'
import { withTakenBack } from '#domain/social-care/taken-back.ts'
import { beginSession } from '#server/auth/session.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

const karen = {
  ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee' },
  voice: 'professional' as const,
}
const amina = { ...karen, reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' }
const grace = { reference: `Patient/${graceId}`, name: 'Grace Okafor', voice: 'person' as const }
const chidi = { ...grace, reference: `Patient/${chidiOwnId}`, name: 'Chidi Okafor' }
const early = '2001-01-01T00:00:00.000Z'

const atHome: AdultFindings = {
  ...{ ...nothingAsked, days: 'On a bad day I stay in bed', cause: 'yes' },
  outcomes: {
    hygiene: { state: 'needs-help', words: 'Chidi runs the bath' },
    community: { state: 'longer', words: '' },
  },
}

eachStore('Assessments under the Care Act', (open) => {
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
    const write = async (
      call: Caller,
      by: typeof karen | typeof grace,
      findings: AdultFindings,
      more: Readonly<{ id: string; isDone: boolean; version?: number; takenOver?: AnswerMarks }>,
    ) => {
      const { version, ...rest } = more
      const written = { ...findings, ...rest, person: graceId, by, at: early }
      return await putRecord(call, careAssessmentToFhir(written), version)
    }
    const read = async (call: Caller, id: string) => {
      const response = await call(`/fhir/QuestionnaireResponse/${id}`)
      return (await response.json()) as QuestionnaireResponse
    }
    const marksIn = async (call: Caller, id: string): Promise<AnswerMarks> =>
      careAssessmentFromFhir(await read(call, id))?.marks ?? {}
    return { ...server, sql, himself, write, read, marksIn }
  }

  test('what the person answered at home stays theirs in the assessment that a social worker completes', async () => {
    const { as, write, read, wait, marksIn } = await started()
    const [own, call] = [await as('grace'), await as('karen')]
    expect((await write(own, grace, atHome, { id: 'home', isDone: false })).status).toBe(201)
    const takenOver = await marksIn(own, 'home')
    wait(10)
    const asked: AdultFindings = {
      ...{ ...atHome, wellbeing: 'yes', wants: 'To go to church' },
      outcomes: {
        ...atHome.outcomes,
        hygiene: { state: 'danger', words: 'She fell in the bath' },
      },
    }
    const first = { id: 'asked', isDone: false, takenOver }
    expect((await write(call, karen, asked, first)).status).toBe(201)
    const marks: AnswerMarks = careAssessmentFromFhir(await read(call, 'asked'))?.marks ?? {}
    const later = new Date(testNow.getTime() + 600_000).toISOString()
    const said = (linkId: string) => [marks[linkId]?.by.name, marks[linkId]?.at]
    expect(said('days')).toEqual(['Grace Okafor', testNow.toISOString()])
    expect(said('cause')).toEqual(['Grace Okafor', testNow.toISOString()])
    expect(said('community')).toEqual(['Grace Okafor', testNow.toISOString()])
    expect(said('hygiene'), 'she changed it').toEqual(['Karen Lee', later])
    expect(said('wellbeing')).toEqual(['Karen Lee', later])
    wait(10)
    const done = { id: 'asked', isDone: true, version: 1 }
    expect((await write(call, karen, asked, done)).status).toBe(200)
    const again = careAssessmentFromFhir(await read(call, 'asked'))?.marks
    expect(again, 'finishing it changes nothing of that').toEqual(marks)
  })

  test('the same answer that somebody gives independently, or takes from before the last assessment, is the writer’s own', async () => {
    const { as, write, wait, marksIn } = await started()
    const [own, call] = [await as('grace'), await as('karen')]
    await write(own, grace, atHome, { id: 'home', isDone: false })
    const takenOver = await marksIn(own, 'home')
    const names = async (id: string) => {
      const marks = await marksIn(call, id)
      return ['days', 'cause', 'community'].map((linkId) => marks[linkId]?.by.name)
    }
    wait(10)
    expect((await write(call, karen, atHome, { id: 'alone', isDone: false })).status).toBe(201)
    expect(await names('alone'), 'she took nothing over').toEqual(Array(3).fill('Karen Lee'))
    const { days = { by: grace, at: early } } = takenOver
    const some = { id: 'some', isDone: false, takenOver: { days, cause: { ...days, at: early } } }
    expect((await write(call, karen, atHome, some)).status).toBe(201)
    expect(await names('some')).toEqual(['Grace Okafor', 'Karen Lee', 'Karen Lee'])
    const finished = { id: 'done', isDone: true, takenOver }
    expect((await write(call, karen, atHome, finished)).status).toBe(201)
    expect(await names('done')).toEqual(Array(3).fill('Grace Okafor'))
    wait(10)
    const next = { id: 'next', isDone: false, takenOver }
    expect((await write(call, karen, atHome, next)).status).toBe(201)
    expect(await names('next'), 'older than the last one').toEqual(Array(3).fill('Karen Lee'))
  })

  test('what a carer answered at home stays theirs in the assessment that a social worker completes', async () => {
    const { as, himself, read } = await started()
    const [own, call] = [await himself(), await as('karen')]
    const ahead: CarerFindings = { ...nothingFound, does: 'I cook, I wash, I sit up at night' }
    const written = { id: 'home', person: chidiOwnId, at: early, isDone: false }
    const begun = carerAssessmentToFhir({ ...ahead, ...written, by: chidi })
    expect((await putRecord(own, begun)).status).toBe(201)
    const found = { ...ahead, necessary: 'yes' as const }
    const takenOver = carerAssessmentFromFhir(await read(own, 'home'))?.marks ?? {}
    const asked = { ...found, ...written, id: 'asked', by: karen, isDone: true, takenOver }
    expect((await putRecord(call, carerAssessmentToFhir(asked))).status).toBe(201)
    const marks: AnswerMarks = carerAssessmentFromFhir(await read(call, 'asked'))?.marks ?? {}
    expect(marks['does']?.by.name).toBe('Chidi Okafor')
    expect(marks['necessary']?.by.name).toBe('Karen Lee')
  })

  test('who gave an answer is not what a client says', async () => {
    const { as, read } = await started()
    const call = await as('karen')
    const sent = careAssessmentToFhir({
      ...{ ...atHome, id: 'asked', person: graceId, by: karen, at: early, isDone: false },
    })
    const claimed = sent.item?.map((each) => ({
      ...each,
      extension: [
        {
          url: 'https://gable.example/fhir/written',
          extension: [
            { url: 'by', valueReference: { reference: `Patient/${graceId}`, display: 'Grace' } },
            { url: 'at', valueDateTime: early },
          ],
        },
      ],
    }))
    expect((await putRecord(call, { ...sent, item: claimed ?? [] })).status).toBe(201)
    const marks = careAssessmentFromFhir(await read(call, 'asked'))?.marks ?? {}
    expect(new Set(Object.values(marks).map(({ by }) => by.name))).toEqual(new Set(['Karen Lee']))
  })

  test('nobody writes an assessment of needs in another’s name, and no carer reads one', async () => {
    const { as, write } = await started()
    const [call, own, carer] = [await as('karen'), await as('grace'), await as('chidi')]
    expect((await write(call, amina, atHome, { id: 'hers', isDone: true })).status).toBe(403)
    expect((await write(call, grace, atHome, { id: 'hers', isDone: true })).status).toBe(403)
    expect((await write(own, grace, atHome, { id: 'home', isDone: false })).status).toBe(201)
    expect((await carer('/fhir/QuestionnaireResponse/home')).status).toBe(404)
  })

  test('a decision about needs is a named professional’s, rests on a finished assessment, has a reason and says what the answers came to', async () => {
    const { as, write, sql, withToken } = await started()
    const [call, own] = [await as('karen'), await as('grace')]
    const decision = {
      ...{ id: 'd-1', person: graceId, assessment: 'asked', isEligible: false },
      ...{ reason: 'Her daughter now does this', by: karen, at: early },
    }
    const met = { ...atHome, wellbeing: 'yes' as const }
    const open = { id: 'asked', isDone: false }
    expect((await write(call, karen, met, open)).status).toBe(201)
    const decide = async (by: Caller, change: object = {}) =>
      (await putRecord(by, { ...careDecisionToFhir(decision), ...change })).status
    expect(await decide(call), 'not finished').toBe(422)
    expect((await write(call, karen, met, { ...open, isDone: true, version: 1 })).status).toBe(200)
    expect(await decide(own), 'the person').toBe(403)
    const locum = withToken(
      await beginSession(
        sql,
        {
          ...{ identity: 'locum', name: 'Dr Lena Cole', role: 'gp', practitioner: 'lena-cole' },
          organisation: 'brook-surgery',
        },
        testNow,
      ),
    )
    expect(await decide(locum), 'not named').toBe(403)
    expect(await decide(call, { note: [] }), 'no reason').toBe(422)
    const forged = [{ code: { text: 'worked-out' }, valueString: 'as I like it' }]
    expect(await decide(call, { component: forged })).toBe(201)
    const kept = (await (await own('/fhir/Observation/d-1')).json()) as Observation
    expect(careDecisionFromFhir(kept)).toMatchObject({
      ...{ isEligible: false, workedOut: 'meets', reason: 'Her daughter now does this' },
      ...{ by: { name: 'Karen Lee' }, at: testNow.toISOString() },
    })
    expect(JSON.stringify(kept)).not.toContain('as I like it')
    const changed = { ...open, isDone: true, version: 2 }
    expect((await write(call, karen, atHome, changed)).status, 'it stays as it was').toBe(422)
    const gone = await call('/fhir/QuestionnaireResponse/asked', { method: 'DELETE' })
    expect(gone.status).toBe(403)
    const wrong = { ...kept, id: 'd-1', status: 'entered-in-error' as const }
    const [given = { text: '' }] = kept.note ?? []
    const voided = async (by: Caller, ...note: readonly { text: string }[]) =>
      await putRecord(by, { ...wrong, note: [...note] }, 1)
    const why = { text: 'Written for somebody else' }
    expect((await voided(locum, given, why)).status, 'not named').toBe(403)
    const silent = await voided(call, given)
    expect([silent.status, await silent.text()]).toEqual([
      422,
      expect.stringContaining('Say why the decision was an error'),
    ])
    expect((await voided(call, given, { text: ' ' })).status, 'no words').toBe(422)
    expect((await voided(call, why)).status, 'the reason given is gone').toBe(422)
    expect((await write(call, karen, atHome, changed)).status, 'it still stands').toBe(422)
    expect((await voided(call, given, why)).status).toBe(200)
    const after = (await (await own('/fhir/Observation/d-1')).json()) as Observation
    expect(after).toMatchObject({
      status: 'entered-in-error',
      note: [
        { text: 'Her daughter now does this' },
        { ...why, authorReference: { reference: karen.reference }, time: testNow.toISOString() },
      ],
    })
    expect((await write(call, karen, atHome, changed)).status).toBe(200)
  })

  test('an assessment that nobody decided on is taken back with a reason, and the record says who did and when', async () => {
    const { as, write, read } = await started()
    const call = await as('karen')
    expect((await write(call, karen, atHome, { id: 'asked', isDone: true })).status).toBe(201)
    const stood = { ...(await read(call, 'asked')), id: 'asked' }
    const silent = await putRecord(call, { ...stood, status: 'entered-in-error' as const }, 1)
    expect([silent.status, await silent.text()]).toEqual([
      ...[422, expect.stringContaining('Say why the assessment is taken back')],
    ])
    const back = withTakenBack(stood, { reason: 'Written for somebody else' })
    expect((await putRecord(call, { ...back, item: [] }, 1)).status, 'it stays as it was').not.toBe(
      200,
    )
    expect((await putRecord(call, back, 1)).status).toBe(200)
    const after = await read(call, 'asked')
    expect(after).toMatchObject({ status: 'entered-in-error', item: stood.item })
    expect(JSON.stringify(after.extension)).toContain('Written for somebody else')
    expect(JSON.stringify(after.extension)).toContain('Karen Lee')
    const again = { ...back, status: 'completed' as const }
    expect((await putRecord(call, again, 2)).status, 'it stays taken back').toBe(422)
  })
})
