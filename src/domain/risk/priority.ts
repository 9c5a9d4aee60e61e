import type { FrailtyBand } from './deficits.ts'

export type PriorityFacts = Readonly<{
  band: FrailtyBand
  charlson: number
  /** emergency hospital stays that began in the last 12 months */
  emergencies: number
}>

const bandPoints: Readonly<Record<FrailtyBand, number>> = {
  fit: 0,
  mild: 1,
  moderate: 2,
  severe: 3,
}

/**
 * Our own ordering of the list, 0 to 9, not a validated prediction: up to three points each for the frailty band (fit,
 * mild, moderate, severe), emergency stays in the last 12 months (one each), and the Charlson index with age (3–4, 5–6,
 * 7 and more). It decides who stands first on the list and nothing else.
 */
export function priorityPoints({ band, charlson, emergencies }: PriorityFacts): number {
  return bandPoints[band] + Math.min(3, emergencies) + illnessPoints(charlson)
}

function illnessPoints(charlson: number): number {
  if (charlson < 3) return 0
  if (charlson < 5) return 1
  return charlson < 7 ? 2 : 3
}
