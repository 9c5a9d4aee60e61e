import type { CarerFindings } from './carer-assessment.ts'
import { type AnswersComeTo, type CarerOutcome, carerOutcomes, countsAsUnable } from './outcomes.ts'

/** One of the three conditions of regulation 3(1), as the answers have it. */
export type ConditionMet = 'met' | 'not-met' | 'not-answered'

/** What the answers come to. It decides nothing: a professional decides, and says why. */
export type CarerEligibility = Readonly<{
  outcome: AnswersComeTo
  /** the needs come from necessary care */
  caring: ConditionMet
  /** health is at risk, or an outcome cannot be achieved */
  effect: ConditionMet
  /** a significant impact on wellbeing, now or likely */
  wellbeing: ConditionMet
  healthAtRisk: boolean
  unable: readonly CarerOutcome[]
  /** what has to be answered before anything can be said */
  missing: readonly ('necessary' | 'health' | 'wellbeing' | CarerOutcome)[]
}>

/**
 * The carer’s threshold: The Care and Support (Eligibility Criteria) Regulations 2015, regulation 3. All three
 * conditions have to be met; one outcome is enough for the second, and so is health alone.
 */
export function carerEligibility(findings: CarerFindings): CarerEligibility {
  const unable = carerOutcomes.filter((each) => countsAsUnable(findings.outcomes[each]?.state))
  const unsaid = carerOutcomes.filter((each) => findings.outcomes[each]?.state === undefined)
  const healthAtRisk = findings.health === 'yes'
  const caring = conditionOf(findings.necessary)
  const wellbeing = conditionOf(findings.wellbeing)
  const effect = effectOf({ healthAtRisk, unable, isOpen: unsaid.length > 0 || !findings.health })
  const all = [caring, effect, wellbeing]
  const missing = [
    ...(findings.necessary ? [] : (['necessary'] as const)),
    ...(findings.health ? [] : (['health'] as const)),
    ...unsaid,
    ...(findings.wellbeing ? [] : (['wellbeing'] as const)),
  ]
  return {
    outcome: outcomeOf(all),
    ...{ caring, effect, wellbeing, healthAtRisk, unable },
    // what is not answered makes no difference once the rest has settled it
    missing: outcomeOf(all) === 'cannot-say' ? missing : [],
  }
}

const conditionOf = (answer: 'yes' | 'no' | undefined): ConditionMet =>
  answer === undefined ? 'not-answered' : answer === 'yes' ? 'met' : 'not-met'

function effectOf(
  facts: Readonly<{ healthAtRisk: boolean; unable: readonly CarerOutcome[]; isOpen: boolean }>,
): ConditionMet {
  if (facts.healthAtRisk || facts.unable.length > 0) return 'met'
  return facts.isOpen ? 'not-answered' : 'not-met'
}

function outcomeOf(all: readonly ConditionMet[]): CarerEligibility['outcome'] {
  if (all.includes('not-met')) return 'does-not-meet'
  return all.includes('not-answered') ? 'cannot-say' : 'meets'
}
