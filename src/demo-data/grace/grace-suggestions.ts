import { graceId } from '#demo-data/identities.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import { suggestedChangeToFhir } from '#domain/suggestion/suggested-change-fhir.ts'
import { grace, karen } from './grace-people.ts'

/** Karen suggests other words for Grace’s first goal: they wait beside it for Grace. */
export function graceSuggestion(words: string, day: string, version: number): SeedRecord {
  return suggestedChangeToFhir({
    ...{ id: 'suggestion-g1', person: graceId, record: 'Goal/goal-g1', place: 'words' },
    ...{ baseVersion: String(version), baseWords: words, at: at(day) },
    words: words.replace('on a Sunday', 'on a Sunday or a feast day'),
    why: 'She told me about the feast in December.',
    by: { reference: karen.reference, name: karen.display ?? '', voice: 'professional' },
    owner: { reference: grace.reference, name: grace.display ?? '', voice: 'person' },
  })
}
