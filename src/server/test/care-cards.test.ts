import type { OperationOutcome, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import {
  personCards,
  suggestStepRequest,
  switchCareCardRequest,
} from '#domain/pathway/person-cards.ts'
import { answerRuleCounts } from '#domain/suggestion/answer-rule/answer-rule-counts.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { answersServer, subject, tasksSeenBy } from '#test-support/worlds/answers-server.ts'

const snomed = 'http://snomed.info/sct'
const condition = (id: string, code: string, more: object = {}) => ({
  ...{ resourceType: 'Condition', id, subject, recordedDate: '2024-02-01' },
  code: { coding: [{ system: snomed, code }] },
  ...more,
})
const medicine = (id: string, text: string) => ({
  ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', subject },
  ...{ medicationCodeableConcept: { text }, authoredOn: '2026-02-10' },
})
const kidneys = (value: number, unit: string, day: string) => ({
  ...{ resourceType: 'Observation', id: `k-${day}`, status: 'final', subject },
  code: { coding: [{ system: 'http://loinc.org', code: '33914-3' }], text: 'eGFR' },
  ...{ effectiveDateTime: day, valueQuantity: { value, unit, code: unit } },
})
const flow = 'mL/min/{1.73_m2}'

eachStore('Pathway cards and medicine prompts', (open) => {
  const server = async (more: readonly object[]) =>
    await answersServer((await open()).sql, [...demoQuestionnaires, ...more])
  const cardsSeenBy = async (call: Caller) =>
    personCards.read(await (await call('/fhir/Patient/p/$care-cards')).json())
  const codesSeenBy = async (call: Caller) =>
    (await cardsSeenBy(call)).cards.map(({ code }) => code)
  const suggest = async (call: Caller, card: string, step: string, finding: string) =>
    await call('/fhir/Patient/p/$suggest-step', {
      method: 'POST',
      json: suggestStepRequest.write({ card, step, finding }),
    })

  test('say which record they come from, since when, and what is missing to judge', async () => {
    const { amina } = await server([
      condition('c1', '84114007'),
      condition('c2', '13645005', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
    ])
    const { cards, noMedicines } = await cardsSeenBy(amina)
    expect(cards.map(({ code }) => code)).toEqual(['heart-failure'])
    expect(noMedicines).toBe(true)
    expect(cards[0]).toMatchObject({
      why: [{ words: 'Heart failure', record: 'Condition/c1', on: '2024-02-01' }],
      facts: [
        { missing: true, words: 'Weight: no result in the last month' },
        { missing: true },
        { missing: true, words: 'Kidney function (eGFR): no result in the last 6 months' },
      ],
    })
  })

  test('about medicines: consider reviewing, and no kidney function is said, never counted as fine', async () => {
    const metformin = medicine('m1', 'Metformin 500 mg tablets')
    const without = await server([metformin])
    expect((await cardsSeenBy(without.amina)).cards).toMatchObject([
      {
        ...{ code: 'metformin', kind: 'medicine' },
        why: [
          { words: 'Metformin 500 mg tablets', record: 'MedicationRequest/m1' },
          { words: 'Kidney function (eGFR): no result in the last 12 months' },
        ],
        facts: [{ missing: true }],
      },
    ])
  })

  test.each([
    [44, flow, '2026-01-10', ['metformin']],
    [45, flow, '2026-01-10', []],
    [80, 'mg/L', '2026-01-10', ['metformin']],
    [80, flow, '2024-12-10', ['metformin']],
  ])('about metformin: kidney function %d %s on %s shows %j', async (value, unit, day, codes) => {
    const { amina } = await server([
      medicine('m1', 'Metformin 500 mg tablets'),
      kidneys(value, unit, day),
    ])
    expect(await codesSeenBy(amina)).toEqual(codes)
  })

  test('are between professionals who care for the person: neither the person nor a manager or a stranger is told', async () => {
    const { amina, as } = await server([
      condition('c1', '52448006'),
      medicine('m1', 'Risperidone 500 microgram tablets'),
    ])
    expect(await codesSeenBy(amina)).toEqual(['dementia', 'antipsychotic'])
    for (const who of ['grace', 'ruth', 'stranger']) {
      const answer = await (await as(who))('/fhir/Patient/p/$care-cards')
      expect([who, answer.status >= 400]).toEqual([who, true])
    }
  })

  test('become one suggestion for each step, decided once, with a reason, and count on the board', async () => {
    const { amina, as } = await server([condition('c1', '84114007')])
    const [card] = (await cardsSeenBy(amina)).cards
    const finding = card?.finding ?? ''
    expect((await suggest(amina, 'heart-failure', 'worse', 'older')).status).toBe(409)
    expect((await suggest(amina, 'copd', 'rehab', finding)).status).toBe(404)
    expect((await suggest(await as('grace'), 'heart-failure', 'worse', finding)).status).toBe(404)
    const both = await Promise.all([
      suggest(amina, 'heart-failure', 'worse', finding),
      suggest(amina, 'heart-failure', 'worse', finding),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const [task] = await tasksSeenBy(amina)
    expect(await tasksSeenBy(amina)).toHaveLength(1)
    expect(task).toMatchObject({ intent: 'proposal', status: 'requested' })
    const id = task?.id ?? ''
    const no = (more: object) =>
      amina(`/fhir/Task/${id}`, {
        ...{ method: 'PUT', headers: { 'If-Match': 'W/"1"' } },
        json: { ...task, status: 'rejected', ...more },
      })
    expect((await no({})).status).toBe(422)
    const coding = [{ system: 'https://gable.example/fhir/codes', code: 'dismissed-done' }]
    expect((await no({ statusReason: { coding, text: 'Done in May' } })).status).toBe(200)
    const again = (await (await suggest(amina, 'heart-failure', 'worse', finding)).json()) as Task
    expect(again).toMatchObject({ id, status: 'rejected' })
    const step = (await cardsSeenBy(amina)).cards[0]?.steps.find(({ code }) => code === 'worse')
    expect(step?.decided).toMatchObject({ id, status: 'rejected' })
    const { rows } = answerRuleCounts.read(
      await (await (await as('admin'))('/fhir/PlanDefinition/$answer-rule-counts')).json(),
    )
    expect(rows).toMatchObject([{ rule: 'card-heart-failure-worse', suggested: { fewerThan: 5 } }])
  })

  test('of a restricted record are for those named in the care, and make a suggestion that is as restricted', async () => {
    const security = [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
    ]
    const { amina, as } = await server([
      condition('c1', '84114007', { meta: { security } }),
      {
        ...{ resourceType: 'EpisodeOfCare', id: 'case', status: 'active', patient: subject },
        managingOrganization: { reference: 'Organization/brook-surgery' },
        careManager: { reference: 'Practitioner/amina-yusuf' },
      },
    ])
    const patel = await as('patel')
    expect(await codesSeenBy(patel)).toEqual([])
    const [card] = (await cardsSeenBy(amina)).cards
    const task = (await (
      await suggest(amina, 'heart-failure', 'worse', card?.finding ?? '')
    ).json()) as Task
    expect(task.meta?.security).toMatchObject(security)
    expect(await tasksSeenBy(patel)).toEqual([])
  })

  test('offer a goal to talk about, as a suggestion that the person and a professional decide', async () => {
    const { amina } = await server([condition('c1', '84114007')])
    const [card] = (await cardsSeenBy(amina)).cards
    const answer = await suggest(amina, 'heart-failure', 'goal', card?.finding ?? '')
    expect(answer.status).toBe(200)
    const task = (await answer.json()) as Task
    expect(task).toMatchObject({ intent: 'proposal', status: 'requested' })
    expect(JSON.stringify(task.input)).toContain('"goal"')
    const goals = (await (await amina('/fhir/Goal?patient=Patient/p')).json()) as { total?: number }
    expect(JSON.stringify(goals)).not.toContain('out of breath')
  })

  test('say to a GP that no medicine is on the record, or that the GP may not see it, never that all is well', async () => {
    const security = [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
    ]
    const shown = async (more: readonly object[]) => {
      const { cards, noMedicines } = await cardsSeenBy(await (await server(more)).as('patel'))
      return [cards.filter(({ kind }) => kind === 'medicine').length, noMedicines]
    }
    const metformin = medicine('m1', 'Metformin 500 mg tablets')
    expect(await shown([])).toEqual([0, true])
    expect(await shown([{ ...metformin, status: 'stopped' }])).toEqual([0, true])
    expect(await shown([{ ...metformin, meta: { security } }])).toEqual([0, true])
    expect(await shown([metformin])).toEqual([1, false])
  })

  test('are switched by a manager, with a reason, as a new version', async () => {
    const { amina, as } = await server([condition('c1', '84114007')])
    const off = (reason: string) => ({
      ...{ method: 'POST' as const },
      json: switchCareCardRequest.write({ card: 'heart-failure', on: false, reason }),
    })
    const path = '/fhir/PlanDefinition/$switch-care-card'
    expect((await amina(path, off('No'))).status).toBe(403)
    const ruth = await as('ruth')
    const without = await ruth(path, off(' '))
    expect([without.status, ((await without.json()) as OperationOutcome).issue[0]?.code]).toEqual([
      ...[400, 'required'],
    ])
    expect(await (await ruth(path, off('Not ours'))).json()).toMatchObject({
      ...{ status: 'retired', version: '2', author: [{ name: 'Ruth Adler' }] },
    })
    expect(await codesSeenBy(amina)).toEqual([])
  })

  test('are gone after death', async () => {
    const { amina } = await server([
      condition('c1', '84114007'),
      {
        ...{ resourceType: 'Patient', id: 'p', deceasedDateTime: '2026-02-20' },
        generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
      },
    ])
    expect(await codesSeenBy(amina)).toEqual([])
  })
})
