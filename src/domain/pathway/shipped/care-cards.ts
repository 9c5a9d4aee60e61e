import type { CareCard } from '#domain/pathway/care-card.ts'
import { medicinePrompts } from './medicine-prompts.ts'
import { pathwayCards } from './pathway-cards.ts'

/** The cards that come with the product. */
export const shippedCareCards: readonly CareCard[] = [...pathwayCards, ...medicinePrompts]
