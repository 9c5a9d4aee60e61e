import type { PlanSeed } from '#demo-data/caseload/plan-records.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import type { Who } from '#domain/plan/plan.ts'
import { preparationIdFor } from '#domain/preparation/preparation.ts'
import { preparationKind } from '#domain/preparation/preparation-fhir.ts'
import { heldReviewToFhir } from '#domain/review/held-review.ts'
import { amina, grace } from './grace-people.ts'

const nurse: Who = { reference: amina.reference, name: 'Amina Yusuf', voice: 'professional' }
const her: Who = { reference: grace.reference, name: 'Grace Okafor', voice: 'person' }

/** The last review, and what Grace has prepared for the next one. */
export function* graceConversations(
  seed: PlanSeed,
  day: (count: number) => string,
): Generator<SeedRecord> {
  yield heldReviewToFhir({
    ...{ id: 'review-g1', person: seed.person, plan: `plan-${seed.caseId}` },
    ...{ by: nurse, at: at(day(-25), '11:00') },
    words:
      'Grace is home and gaining strength. The stairs are the worry. Chidi comes each evening.',
    decisions: [
      { about: 'Goal/goal-g1', what: 'To walk to church', decision: 'goes-on', words: '' },
      {
        ...{ about: 'Goal/goal-g2', what: 'To sleep past five', decision: 'changed' },
        words: 'Water tablet in the morning now',
      },
    ],
    facts: [
      { topic: 'moving', change: 'first', words: 'One rail, slowly, with Chidi' },
      { topic: 'falls', change: 'first', words: 'None' },
      { topic: 'toilet', change: 'first', words: 'By herself' },
      { topic: 'washing', change: 'first', words: 'Help with back and feet' },
      { topic: 'night', change: 'first', words: 'Nobody. Chidi until nine' },
    ],
  })
  yield preparationKind.toFhir({
    ...{ id: preparationIdFor(grace.reference, seed.reviewOn), person: seed.person },
    ...{ plan: `plan-${seed.caseId}`, forDay: seed.reviewOn, by: her, saidBy: her },
    asks: ['Can somebody sit with me at night, so that Chidi can sleep?'],
    answers: {
      well: 'I sat in the garden twice. Tom makes me laugh.',
      hard: 'The landing at night. I hold the wall.',
      worry: 'That Chidi is tired and will not say so.',
    },
    confident: 5,
    supportedBy: { reference: '', name: 'Chidi Okafor', voice: 'carer' },
    written: { by: her, at: at(day(-1), '16:20') },
  })
}
