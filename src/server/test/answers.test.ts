import { describe, expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import { phq9Item9 } from '#domain/assessment/instruments.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  answersServer,
  bright,
  bundle,
  dark,
  doors,
  flagsSeenBy,
  phq9,
  put,
  scoreSeenBy,
  subject,
  tasksSeenBy,
  writeAnswers,
} from '#test-support/worlds/answers-server.ts'
import { bringIn, reasonsOf } from '#test-support/worlds/import-answer.ts'

/** An answer to item 9 as another system writes it. */
const elsewhere = (item: object, more: object = {}) => ({
  ...{ resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', subject },
  ...{ questionnaire: 'http://loinc.org/q/44249-1', authored: '2026-03-01', item: [item], ...more },
})
const coding = (code: string, display?: string) => ({
  valueCoding: { system: 'http://loinc.org', code, ...(display ? { display } : {}) },
})

eachStore('Answers', (open) => {
  const server = async (more: readonly object[] = []) =>
    await answersServer((await open()).sql, more)

  test.each(doors)(
    'to PHQ-9 item 9 raise the safety flag by %s, and are scored',
    async (_, enter) => {
      const { amina, as } = await server()
      await enter(amina)
      const [flag, ...more] = await flagsSeenBy(amina)
      expect(more).toEqual([])
      expect(flag).toMatchObject({
        ...{ status: 'active', subject, meta: { security: [{ code: 'professional-only' }] } },
        period: { start: '2026-03-01T10:00:00Z' },
      })
      const response = flag?.extension?.[0]?.valueReference?.reference?.split('/')[1]
      expect(await scoreSeenBy(amina, `score-${response}`)).toMatchObject({
        ...{ valueInteger: 27, code: { coding: [{ code: '44261-6' }] } },
        interpretation: [{ coding: [{ code: 'severe' }] }],
      })
      // the flag is not shown to her because of it
      expect(await flagsSeenBy(await as('patel'))).toHaveLength(1)
    },
  )

  test('are on the Today page of the coordinator', async () => {
    const { amina } = await server()
    const careManager = { reference: 'Practitioner/amina-yusuf' }
    const episode = { resourceType: 'EpisodeOfCare', id: 'e', status: 'active', patient: subject }
    await amina('/fhir/EpisodeOfCare/e', { method: 'PUT', json: { ...episode, careManager } })
    await writeAnswers(amina, dark)
    const today = JSON.stringify(await (await amina('/fhir/$today')).json())
    expect(today).toContain('"valueCode":"safety"')
    expect(today).toContain('Flag/safety-q')
  })

  test.each([
    ['LOINC’s own code', { linkId: '44260-8', answer: [coding('LA6571-9', 'Nearly every day')] }],
    ['a link id with a slash', { linkId: '/44260-8', answer: [coding('LA6569-3')] }],
    ['a path of link ids', { linkId: '/44249-1/44260-8', answer: [coding('LA6570-1')] }],
    [
      'a definition',
      { linkId: 'i', definition: 'http://loinc.org/rdf#44260-8', answer: [{ valueInteger: 1 }] },
    ],
    [
      'the text of the question',
      {
        linkId: 'nine',
        text: 'Thoughts that you would be better off dead, or of hurting yourself',
        answer: [{ valueString: 'Several days' }],
      },
    ],
    ['a number', { linkId: '44260-8', answer: [{ valueDecimal: 2 }] }],
    ['yes', { linkId: '44260-8', answer: [{ valueBoolean: true }] }],
    ['words without points', { linkId: '44260-8', answer: [{ valueString: 'sometimes' }] }],
    [
      'a code of its own with a weight',
      {
        linkId: '44260-8',
        answer: [
          {
            valueCoding: {
              code: 'x2',
              extension: [
                { url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 1 },
              ],
            },
          },
        ],
      },
    ],
    [
      'a group within a group',
      {
        linkId: 'g',
        item: [{ linkId: 'h', item: [{ linkId: '44260-8', answer: [coding('LA6569-3')] }] }],
      },
    ],
  ])('of another system raise the flag: %s', async (_, item) => {
    const { amina } = await server()
    await writeAnswers(amina, elsewhere(item))
    expect(await flagsSeenBy(amina)).toHaveLength(1)
  })

  test('to a questionnaire with item codes are recognised by its codes', async () => {
    const questionnaire = {
      ...{ resourceType: 'Questionnaire', id: 'theirs', status: 'active', url: 'urn:theirs' },
      item: [
        { linkId: 'q9', type: 'choice', code: [{ system: 'http://loinc.org', code: phq9Item9 }] },
      ],
    }
    const { amina } = await server([questionnaire])
    const item = { linkId: 'q9', answer: [coding('LA6569-3')] }
    await writeAnswers(amina, elsewhere(item, { questionnaire: 'urn:theirs' }))
    expect(await flagsSeenBy(amina)).toHaveLength(1)
  })

  test('stored as single Observations raise the flag too', async () => {
    const { amina } = await server()
    const answer = {
      ...{ resourceType: 'Observation', id: 'o', status: 'final', subject },
      code: { coding: [{ system: 'http://loinc.org', code: phq9Item9 }] },
      ...{ effectiveDateTime: '2026-03-01T10:00:00Z' },
    }
    const coded = { coding: [{ system: 'http://loinc.org', code: 'LA6569-3' }] }
    const none = { coding: [{ system: 'http://loinc.org', code: 'LA6568-5' }] }
    const at = (json: object) => amina('/fhir/Observation/o', { method: 'PUT', json })
    await at({ ...answer, valueCodeableConcept: none })
    expect(await flagsSeenBy(amina)).toEqual([])
    await amina('/fhir/Observation/o2', {
      ...{ method: 'PUT', json: { ...answer, id: 'o2', valueCodeableConcept: coded } },
    })
    expect((await flagsSeenBy(amina)).map((each) => each.extension?.[0]?.valueReference)).toEqual([
      { reference: 'Observation/o2' },
    ])
  })

  test.each([
    ['not at all', elsewhere({ linkId: '44260-8', answer: [coding('LA6568-5', 'Not at all')] })],
    ['nothing', elsewhere({ linkId: '44260-8' })],
    ['zero', elsewhere({ linkId: '44260-8', answer: [{ valueInteger: 0 }] })],
    ['no', elsewhere({ linkId: '44260-8', answer: [{ valueBoolean: false }] })],
    ['an entry in error', { ...dark, status: 'entered-in-error' }],
    ['another question', elsewhere({ linkId: '44250-9', answer: [coding('LA6571-9')] })],
  ])('of %s raise no flag', async (_, answers) => {
    const { amina } = await server()
    await writeAnswers(amina, answers)
    expect(await flagsSeenBy(amina)).toEqual([])
  })

  test('without a new answer leave a closed flag closed, and with one raise another', async () => {
    const { amina } = await server()
    await writeAnswers(amina, dark)
    const [flag] = await flagsSeenBy(amina)
    const close = async (...extension: readonly object[]) => {
      const json = {
        ...flag,
        status: 'inactive',
        extension: [...(flag?.extension ?? []), ...extension],
      }
      const headers = { 'If-Match': 'W/"1"' }
      return (await amina('/fhir/Flag/safety-q', { method: 'PUT', json, headers })).status
    }
    expect(await close()).toBe(422)
    const why = { url: 'https://gable.example/fhir/closing', valueString: 'Talked with her' }
    expect(await close(why)).toBe(200)
    const next = (json: object, version: number) =>
      amina('/fhir/QuestionnaireResponse/q', {
        ...{ method: 'PUT', json, headers: { 'If-Match': `W/"${version}"` } },
      })
    await next({ ...dark, status: 'amended' }, 1)
    expect((await flagsSeenBy(amina)).map(({ status }) => status)).toEqual(['inactive'])
    await next({ ...phq9([3, 3, 3, 3, 3, 3, 3, 3, 1]), status: 'amended' }, 2)
    const states = (await flagsSeenBy(amina)).map(({ status }) => status)
    expect(states.toSorted()).toEqual(['active', 'inactive'])
    expect((await scoreSeenBy(amina)).valueInteger).toBe(25)
  })

  test('raise a flag even if another was written in its place before', async () => {
    const { amina } = await server()
    const code = { text: 'Nothing' }
    await amina('/fhir/Flag/safety-q', {
      ...{
        method: 'PUT',
        json: { resourceType: 'Flag', id: 'safety-q', status: 'inactive', code, subject },
      },
    })
    await writeAnswers(amina, dark)
    expect((await flagsSeenBy(amina)).filter(({ status }) => status === 'active')).toHaveLength(1)
  })

  test('raise a flag that no user can delete, hide or turn into another record, whoever wrote the answers', async () => {
    const { amina, as } = await server()
    await writeAnswers(amina, dark)
    const [flag] = await flagsSeenBy(amina)
    const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }
    const why = [{ url: 'https://gable.example/fhir/restricted-why', valueString: 'x' }]
    const headers = { 'If-Match': 'W/"1"' }
    for (const who of ['amina', 'admin']) {
      const call = await as(who)
      const removed = await call('/fhir/Flag/safety-q', { method: 'DELETE' })
      expect(removed.status).toBe(403)
      expect((await call('/fhir/Flag?_id=safety-q', { method: 'DELETE' })).status).toBe(403)
      for (const change of [
        { category: undefined },
        { code: { text: 'Nothing' } },
        { extension: undefined },
        { meta: { security: [...(flag?.meta?.security ?? []), { ...label, extension: why }] } },
      ]) {
        const json = { ...flag, ...change }
        const sent = await call('/fhir/Flag/safety-q', { method: 'PUT', json, headers })
        expect([who, change, sent.status]).toEqual([who, change, 403])
      }
    }
    expect((await flagsSeenBy(amina)).map(({ status }) => status)).toEqual(['active'])
  })

  test('raise their own flag beside a flag of another person with the same id', async () => {
    const { amina, as, seed } = await server()
    const admin = await as('admin')
    const other = { reference: 'Patient/other' }
    const of = (id: string) => ({
      ...{ resourceType: 'Flag' as const, id, status: 'active' as const, subject: other },
      code: { text: 'Another' },
    })
    await seed([{ resourceType: 'Patient', id: 'other' }, of('safety-q'), of('safety-q-1')])
    const flagsThere = async () =>
      await Promise.all(
        ['safety-q', 'safety-q-1'].map(async (id) => {
          const kept = await (await admin(`/fhir/Flag/${id}`)).json()
          return [kept.subject?.reference, kept.meta?.versionId]
        }),
      )
    const before = await flagsThere()
    await writeAnswers(amina, dark)
    expect((await flagsSeenBy(amina)).map(({ status }) => status)).toEqual(['active'])
    expect(await flagsThere()).toEqual(before)
  })

  test('have the score calculated from them, whatever score was sent', async () => {
    const { amina } = await server()
    await writeAnswers(amina, bright)
    expect((await scoreSeenBy(amina)).valueInteger).toBe(24)
    const json = { ...phq9([0]), status: 'amended' }
    const headers = { 'If-Match': 'W/"1"' }
    await amina('/fhir/QuestionnaireResponse/q', { method: 'PUT', json, headers })
    expect((await scoreSeenBy(amina)).status).toBe('entered-in-error')
  })

  describe('to PRISMA-7', () => {
    const prisma7 = (yes: readonly string[], more: object = {}) => ({
      ...phq9([], { questionnaire: 'https://gable.example/fhir/Questionnaire/prisma-7|1.0' }),
      item: ['1', '2', '3', '4', '5', '6', '7'].map((linkId) => ({
        ...{ linkId, answer: [{ valueBoolean: yes.includes(linkId) }] },
      })),
      ...more,
    })

    test('are scored by the server too', async () => {
      const { amina } = await server(demoQuestionnaires)
      await writeAnswers(amina, prisma7(['1', '4', '7'], { authored: '2026-06-01T10:00:00Z' }))
      expect((await scoreSeenBy(amina)).valueInteger).toBe(3)
      expect((await tasksSeenBy(amina)).map(({ id }) => id)).toEqual(['frailty-review-q'])
    })

    test.each([
      ['too old', prisma7(['1']), 'question 1 (more than 85 years old) is answered yes'],
      ['of the other sex', prisma7(['2']), 'question 2 (male) is answered yes'],
      ['too young', prisma7([], { authored: '2026-05-01' }), 'is answered no'],
    ])(
      'that make the person %s against the record are refused with a text',
      async (_, answers, words) => {
        const { amina } = await server()
        const refused = await writeAnswers(amina, answers)
        expect(refused.status).toBe(422)
        expect(await refused.text()).toContain(words)
        const { answer } = await bringIn(amina, JSON.stringify(answers), 'application/fhir+ndjson')
        expect(reasonsOf(answer).join()).toContain(words)
        const entries = bundle('transaction', [put(answers)])
        expect((await amina('/fhir', { method: 'POST', json: entries })).status).toBe(422)
        // a draft is not final
        expect((await writeAnswers(amina, { ...answers, status: 'in-progress' })).status).toBe(201)
      },
    )
  })
})
