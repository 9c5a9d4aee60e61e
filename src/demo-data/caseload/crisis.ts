import type { Condition, MedicationRequest } from '@medplum/fhirtypes'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, concept, snomed, to } from '#demo-data/vocabulary/codes.ts'
import { addDays } from '#domain/calendar/days.ts'
import { aftercareIdFor, aftercareKind } from '#domain/plan/crisis/aftercare.ts'
import { crisisKind } from '#domain/plan/crisis/crisis-fhir.ts'
import type { CrisisLine, CrisisPart } from '#domain/plan/crisis/crisis-plan.ts'
import { type SaidBy, type Who, whatIfIdFor } from '#domain/plan/plan.ts'
import { whatIfToFhir } from '#domain/plan/worse/what-if-fhir.ts'
import type { PlanSeed } from './plan-records.ts'

/** The place on the caseload of somebody with a crisis plan; Karen is in the team there. */
export const crisisPlace = 21

const amina: Who = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' },
}
const karen: Who = {
  ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee', voice: 'professional' },
}

const own: readonly (readonly [CrisisPart, string])[] = [
  ['signs', 'I stop sleeping. I get up at three and clean the whole house.'],
  ['signs', 'I ring people I have not seen for years.'],
  ['helps', 'Quiet. The radio low. Someone who sits with me and does not argue.'],
  ['helps', 'My allotment, even for half an hour.'],
  ['worse', 'Being told to calm down. Police at the door.'],
  ['call-day', 'The community mental health team: 01632 960500'],
  ['call-night', 'The crisis line: 111, and choose the mental health option'],
  ['treated', 'At home first. If it must be hospital, Larch Ward, where they know me.'],
  ['medicines-helped', 'The small tablet at night. It lets me sleep.'],
  ['medicines-not', 'The injection in 2019. I could not move my jaw.'],
  ['at-home', 'My dog Pepper goes to Maureen at number 12. She has a key.'],
]

/** Bipolar disorder, a stay under section 3 years ago, aftercare since, and a crisis plan in the person’s own words. */
export function* crisisRecords(seed: PlanSeed, asOf: string): Generator<SeedRecord> {
  const { person, caseId, personName } = seed
  const day = (count: number) => addDays(asOf, count)
  const them: Who = { reference: `Patient/${person}`, name: personName, voice: 'person' }
  const said = (by: Who, on: number, helper?: Who): SaidBy => ({
    ...{ by, at: at(day(on), '10:30') },
    ...(helper ? { helper } : {}),
  })
  const lines: readonly CrisisLine[] = [
    ...own.map(([part, words], place) => ({
      ...{ id: `c-${place}`, part, words, said: said(them, -40, amina) },
    })),
    {
      ...{ id: 'c-seen', part: 'signs-seen', said: said(karen, -38) },
      words: 'Talks fast, gives things away, stops opening the post.',
    },
  ]
  const id = whatIfIdFor(caseId)
  const plan = whatIfToFhir({
    ...{ id, person, caseId },
    green: {
      ...{ sign: 'I sleep six hours. I am on the allotment most days', ring: '' },
      ...{ doWhat: 'Carry on. Tablets at nine each night.', said: said(them, -40, amina) },
    },
    amber: {
      ...{ sign: 'Two nights with less than four hours of sleep', ring: '01632 960500' },
      ...{ doWhat: 'Call the mental health team the same day. Cancel visitors.' },
      ...{ ringAtNight: '111', said: said(them, -40, amina) },
    },
    red: {
      ...{ sign: 'I have not slept for three nights, or I say that I am not safe', ring: '999' },
      ...{ doWhat: 'Stay with me. Call 111 and choose mental health, or 999 if I am in danger.' },
      said: said(them, -40, amina),
    },
  })
  const looked = { on: day(-12), said: said(them, -12, karen) }
  yield crisisKind.toFhir({ id, person, caseId, lines, looked }, plan) as SeedRecord
  yield aftercareKind.toFhir({
    ...{ id: aftercareIdFor(person), person, since: '2019-06-14', endedOn: '' },
    ...{ authority: 'Riverside Council', board: 'NHS Brook and Riverside' },
    what: 'A support worker each week, and a place in the allotment group',
    reviewedOn: day(-70),
  }) as SeedRecord
  yield {
    resourceType: 'Condition',
    id: `${person}-crisis`,
    ...{ clinicalStatus: status('condition-clinical', 'active') },
    ...{ verificationStatus: status('condition-ver-status', 'confirmed') },
    category: [status('condition-category', 'problem-list-item')],
    code: concept(snomed, '13746004', 'Bipolar disorder'),
    subject: to('Patient', person),
    onsetDateTime: '1998-03-01',
    recordedDate: '1998-03-01',
  } satisfies Condition
  yield {
    ...{ resourceType: 'MedicationRequest', id: `${person}-crisis-m`, status: 'active' },
    ...{ intent: 'order', subject: to('Patient', person), authoredOn: day(-30) },
    medicationCodeableConcept: { text: 'Quetiapine 300 mg at night' },
  } satisfies MedicationRequest & { id: string }
}

const status = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
