import type { Observation } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { capacityToFhir } from '#domain/agreement/capacity-fhir.ts'
import { nothingFound } from '#domain/carer/carer-assessment.ts'
import { carerAssessmentToFhir } from '#domain/carer/carer-assessment-fhir.ts'
import { diaryVisitToFhir } from '#domain/diary/diary-fhir.ts'
import { aftercareIdFor, aftercareKind } from '#domain/plan/crisis/aftercare.ts'
import { carerIllFlag } from '#domain/plan/worse/carer-ill.ts'
import { afterToFhir } from '#domain/preparation/after-conversation.ts'
import { nothingAsked } from '#domain/social-care/care-assessment.ts'
import { careAssessmentToFhir } from '#domain/social-care/care-assessment-fhir.ts'
import { suggestionToFhir } from '#domain/suggestion/fhir.ts'
import { claimToFhir } from '#domain/today/claim.ts'
import { relationsServer } from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, goal, grace } from '#test-support/worlds/grace-records.ts'
import { suggestion } from '#test-support/worlds/suggestions-world.ts'

const codes = 'https://gable.example/codes'
const person = grace.reference.split('/')[1] ?? ''
const herself = { reference: grace.reference, name: 'Grace', voice: 'person' as const }
const doctor = {
  ...{ reference: 'Practitioner/anil-patel', name: 'Dr Patel', voice: 'professional' as const },
}

const answered = (code: string, more: object) => ({
  ...{ resourceType: 'Observation', id: `said-${code}`, status: 'final', subject: grace },
  ...{ code: { coding: [{ system: codes, code }] }, performer: [grace] },
  ...{ effectiveDateTime: '2026-03-02', ...more },
})
const about = { focus: [{ reference: 'Goal/goal-1' }] }
const after = afterToFhir({
  ...{ person, review: 'review-1', talked: 'yes', decided: 'yes', words: '', by: herself },
  ...{ way: 'own', at: '2026-03-02T09:00:00Z' },
})
const lacking = capacityToFhir({
  ...{ id: 'capacity-1', person, planId: 'plan-1', decision: 'The plan', hasCapacity: false },
  ...{ impairment: 'Dementia', unable: ['retain'], because: 'She forgets', support: 'Pictures' },
  ...{ reasons: 'Asked three times', by: doctor, at: '2026-03-02' },
})
const closing = {
  ...{ resourceType: 'Communication', id: 'closing-1', status: 'completed', subject: grace },
  ...{ category: [{ coding: [{ system: codes, code: 'round-closed' }] }], sender: amina },
  about: about.focus,
}

const claim = claimToFhir({
  ...{ id: `taken-${'0a'.repeat(16)}`, kind: 'task', person, reference: 'Task/step-1', due: '' },
  ...{ by: doctor, at: '2026-03-02T09:00:00Z', isOver: false },
})
const alert = {
  ...{ resourceType: 'Flag', id: 'alert-1', status: 'active', subject: grace },
  code: { text: 'x' },
  extension: [
    {
      url: 'https://gable.example/fhir/alert-duty',
      extension: [{ url: 'owner', valueReference: amina }],
    },
  ],
}
const diaryVisit = diaryVisitToFhir({
  ...{ id: 'visit-1', person, personName: 'Grace', kind: 'diary-visit', by: doctor, place: '' },
  ...{ start: '2026-03-03T09:00:00Z', end: '2026-03-03T10:00:00Z', state: 'booked', reason: '' },
})
const suggestedByAnswers = suggestionToFhir({
  ...{ id: 'made-up', kind: 'need', code: 'low-mood', words: 'Buy my pills', person },
  ...{ from: 'answers-1', by: amina, at: '2026-03-02T09:00:00Z' },
})
const stay = {
  ...{ resourceType: 'Encounter', status: 'finished', subject: grace, class: { code: 'IMP' } },
}
const task = { resourceType: 'Task', status: 'requested', intent: 'order', for: grace }

eachStore('What is said here', (open) => {
  test.each<[string, object]>([
    ['a suggestion', suggestion(grace)],
    ['a score of a goal', answered('goal-attainment-score', { ...about, valueInteger: 2 })],
    ['a first goal', answered('top-goal', about)],
    ['how important a goal is', answered('goal-importance', { ...about, valueInteger: 9 })],
    ['that a round is shown', closing],
    ['that something helped', answered('support-word', about)],
    ['how worried somebody is', answered('worry-score', { valueInteger: 9 })],
    ['how it is for a carer', answered('carer-how', { valueString: 'Heavy' })],
    [
      'section 117 aftercare, in the name of somebody else',
      aftercareKind.toFhir({
        ...{ id: aftercareIdFor(person), person, since: '2024-01-01', authority: 'Riverside' },
        ...{ board: 'Riverside ICB', what: 'Visits', reviewedOn: '', endedOn: '' },
        ...{ written: { by: doctor, at: '2026-03-02T09:00:00Z' } },
      } as never),
    ],
    [
      'an assessment of a carer',
      carerAssessmentToFhir({
        ...{ ...nothingFound, id: 'ca-1', person, by: doctor, at: '2026-03-02', isDone: true },
      }),
    ],
    [
      'an assessment of what a person needs',
      careAssessmentToFhir({
        ...{ ...nothingAsked, id: 'ca-2', person, by: doctor, at: '2026-03-02', isDone: true },
      }),
    ],
    [
      'that a promise was kept',
      {
        ...{ ...closing, id: 'kept-1', sender: grace, about: [{ reference: 'Task/step-1' }] },
        category: [{ coding: [{ system: codes, code: 'promise-confirmed' }] }],
      },
    ],
    ['what a person said about a conversation', after],
    ['who takes a line of Today, under any id', { ...claim, id: 'claim-1', meta: undefined }],
    ['whose an alert is', alert],
    ['a visit of a diary', diaryVisit],
    ['a suggestion from answers', suggestedByAnswers],
    ['who takes a line of Today, in its own place', { ...claim, meta: undefined }],
    ['what takes the place of a hospital stay', { ...stay, id: `adt-${'0a'.repeat(20)}` }],
    [
      'what takes the place of the next of a repeating task',
      { ...task, id: `next-${'0a'.repeat(16)}` },
    ],
    [
      'what takes the place of what a carer’s illness sets off',
      { ...task, id: `ill-${'0a'.repeat(20)}` },
    ],
    ['that somebody cannot decide', lacking],
    [
      'that a carer is ill, even if it is over',
      {
        ...carerIllFlag(person, { ...herself, reference: chidi.reference }, '2026-03-02'),
        status: 'inactive',
      },
    ],
  ])('is not brought by a file: %s', async (_title, record) => {
    const server = await relationsServer(await open(), goal(grace))
    const { resourceType, id } = record as { resourceType: string; id: string }
    for (const who of ['amina', 'admin']) {
      expect(await server.importAs(who, record), who).toMatch(
        /cannot be imported|not imported|place of another/,
      )
      expect((await server.send('admin', `/${resourceType}/${id}`)).status, who).toBe(404)
    }
  })

  test('says who brought that somebody accepts a goal, and leaves what they said here', async () => {
    const server = await relationsServer(await open())
    const accepts = (status: string) => ({
      url: 'http://hl7.org/fhir/StructureDefinition/goal-acceptance',
      extension: [
        { url: 'individual', valueReference: grace },
        { url: 'status', valueCode: status },
      ],
    })
    const answeredBy = async () =>
      JSON.stringify(await (await server.send('amina', '/Goal/goal-1')).json())
    await server.importAs('amina', { ...goal(grace), extension: [accepts('agree')] })
    expect(await answeredBy()).toMatch(/"agree".*supported-by.*Practitioner\/amina-yusuf/)
    await server.importAs('amina', { ...goal(grace), extension: [accepts('disagree')] })
    expect(await answeredBy()).not.toContain('disagree')
  })

  test('is never something that a browser would run', async () => {
    const server = await relationsServer(await open())
    const div = (inside: string) => ({
      ...goal(grace),
      text: {
        ...{ status: 'generated' },
        div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`,
      },
    })
    for (const inside of [
      '<script>x()</script>',
      '<img src="x" onerror="x()"/>',
      '<a href="javascript:x()">x</a>',
      '< iframe src="x"/>',
    ]) {
      expect(await server.put('amina', div(inside)), inside).toBe(422)
      expect(await server.importAs('amina', div(inside)), inside).toMatch(/anything that runs/)
    }
    const plain = div('<p>On once = 1, no javascript: <b>walk</b> on = <a href="#x">x</a></p>')
    expect(await server.put('amina', plain)).toBe(201)
    const kept = (await (await server.send('amina', '/Goal/goal-1')).json()) as Observation
    expect(kept.text?.div).toContain('<b>walk</b>')
  })
})
