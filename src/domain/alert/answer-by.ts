import type { TeamHours } from '#domain/contact/open-times.ts'
import { workingTimeAfter } from '#domain/contact/working-time.ts'

/** How long the owner of an alert has to say what was done, in working time: our own choice, no published rule. */
const minutesToAnswer = 240

/**
 * By when the owner of an alert answers: four hours in which their organisation works, as it has recorded it, by the holidays that it
 * keeps.
 * @unverified alert-answer-time
 */
export const answerBy = (raised: Date, facts: Readonly<{ hours: TeamHours; zone: string }>): Date =>
  workingTimeAfter(raised, minutesToAnswer, facts)
