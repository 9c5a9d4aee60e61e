import type { Communication, Consent, Observation, Patient } from '@medplum/fhirtypes'
import {
  aboutMeOf,
  actionOf,
  caseOf,
  goalOf,
  needOf,
  type PlanSeed,
  planOf,
  teamOf,
} from '#demo-data/caseload/plan-records.ts'
import { chidiId, chidiOwnId, graceId } from '#demo-data/identities.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at, concept, gableCodes, to } from '#demo-data/vocabulary/codes.ts'
import { addDays } from '#domain/calendar/days.ts'
import { carerOfferToFhir } from '#domain/carer/carer-offer.ts'
import { carerSharesToFhir } from '#domain/carer/carer-shares.ts'
import { carerWordsToFhir } from '#domain/carer/carer-words.ts'
import { karen } from './grace-people.ts'

const council = to('Organization', 'riverside-council', 'Riverside Council')
const himself = to('Patient', chidiOwnId, 'Chidi Okafor')
const who = (pointer: typeof karen, voice: 'person' | 'professional' | 'carer') => ({
  ...{ reference: pointer.reference ?? '', name: pointer.display ?? '', voice },
})

/**
 * Chidi as a person of his own, with the council and not with Grace’s practice: his needs, his plan with Karen, and that
 * an assessment was offered. Nothing in it points at Grace; the two belong together by his NHS number alone.
 */
export function* chidiRecords(asOf: string): Generator<SeedRecord> {
  const day = (count: number) => addDays(asOf, count)
  const seed: PlanSeed = {
    ...{ person: chidiOwnId, personName: 'Chidi Okafor', caseId: 'case-5e07b1c9' },
    ...{ startedOn: day(-20), writtenOn: day(-9), reviewOn: day(34) },
  }
  yield {
    ...{ resourceType: 'Patient', id: chidiOwnId, active: true, gender: 'male' },
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991002014' }],
    name: [{ use: 'official', family: 'Okafor', given: ['Chidi'], prefix: ['Mr'] }],
    birthDate: '1966-05-17',
    telecom: [{ system: 'phone', value: '01632 960112' }],
    address: [{ line: ['17 Tannery Row'], city: 'Brook', postalCode: 'ZZ3 4AA' }],
    managingOrganization: council,
  } satisfies Patient
  yield { ...caseOf(seed), managingOrganization: council, careManager: karen }
  yield teamOf(seed, [
    { role: 'Coordinator', member: karen },
    { role: 'The person', member: himself },
  ])
  yield agreedToRecord(day(-20))
  yield aboutMeOf(
    seed,
    'most-important',
    'That Mum is safe at home. My work at the print shop. Sleep.',
    day(-9),
  )
  yield* planOfChidi(seed, day)
  yield carerWordsToFhir({
    ...{ id: 'carer-how-chidi', person: chidiOwnId, heavy: 8 },
    words: 'I can do this. But not every night. I have not slept through since August.',
    ...{ by: who(himself, 'person'), at: at(day(-9), '19:10') },
  }) satisfies Observation
  yield carerSharesToFhir({
    ...{ person: chidiOwnId, carer: chidiId, at: at(day(-9), '19:20') },
    shares: { 'person-cared-for': [], 'their-team': ['carer-how'] },
  })
  yield {
    ...carerOfferToFhir(
      {
        ...{ id: 'carer-offer-chidi', carer: chidiId, by: who(karen, 'professional') },
        words: 'A talk about what you need yourself, at a time and place that suits you.',
        at: at(day(-22), '10:00'),
        replies: [
          {
            ...{ answer: 'yes', words: 'Yes, but after work.', at: at(day(-20), '18:40') },
            by: { reference: `RelatedPerson/${chidiId}`, name: 'Chidi Okafor', voice: 'carer' },
          },
        ],
      },
      graceId,
    ),
  } satisfies Communication
}

/** Karen wrote down that Chidi agreed to a record of his own. */
const agreedToRecord = (on: string): Consent & { id: string } => ({
  ...{ resourceType: 'Consent', id: `carer-record-${chidiOwnId}`, status: 'active' },
  scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'treatment', 'Treatment'),
  category: [
    { ...concept(gableCodes, 'carer-record', 'Record of a carer'), text: 'Said yes on the phone' },
  ],
  policyRule: concept(gableCodes, 'carer-record', 'Record of a carer'),
  patient: himself,
  dateTime: at(on, '18:45'),
  performer: [himself],
  extension: [{ url: 'https://gable.example/fhir/supported-by', valueReference: karen }],
})

function* planOfChidi(seed: PlanSeed, day: (count: number) => string): Generator<SeedRecord> {
  const sleep = needOf(seed, 'need-c1', 'Four nights of seven on Mum’s sofa', {
    ...{ unmet: true, kind: 'social' },
  })
  const work = needOf(seed, 'need-c2', 'Late for work nine times since summer', { kind: 'social' })
  const health = needOf(seed, 'need-c3', 'Missed the blood pressure check twice', {
    kind: 'health',
  })
  const needs = [sleep, work, health].map((each) => ({ ...each, recorder: karen }))
  const nights = {
    ...goalOf(seed, 'goal-c1', 'I want to sleep in my own bed five nights a week.', sleep),
  }
  const letter = {
    ...actionOf(seed, 'act-c1', {
      ...{ text: 'Letter to the print shop about carer’s leave', owner: karen, by: day(3) },
    }),
    requester: karen,
  }
  yield* [...needs, nights, letter]
  yield {
    ...planOf(seed, { needs, goals: [nights], actions: [letter] }),
    author: karen,
  }
}
