import type { PlanSeed } from '#demo-data/plan-records.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import type { Who } from '#domain/plan/plan.ts'
import { preparationIdFor } from '#domain/preparation/preparation.ts'
import { preparationKind } from '#domain/preparation/preparation-fhir.ts'
import { grace } from './grace-people.ts'

const her: Who = { reference: grace.reference, name: 'Grace Okafor', voice: 'person' }

/** What Grace has prepared for the next review. */
export function* graceConversations(
  seed: PlanSeed,
  day: (count: number) => string,
): Generator<SeedRecord> {
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
