import type { Basic } from '@medplum/fhirtypes'
import { chidiRecords } from '#demo-data/grace/chidi.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { nothingAsked } from '#domain/social-care/care-assessment.ts'
import {
  careAssessmentToFhir,
  careDecisionToFhir,
} from '#domain/social-care/care-assessment-fhir.ts'
import type { keepSupportPlanRequest, SupportPlanToKeep } from '#domain/social-care/support-plan.ts'
import { testDay, testNow } from '#test-support/clock.ts'
import type { OpenHandler } from '#test-support/servers/handler.ts'

const karenLee = {
  ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee' },
  voice: 'professional' as const,
}

/** Grace and Chidi, and Grace’s assessment by Karen with a decision that there is a right to support. */
export async function seedCareAct(server: OpenHandler, isEligible = true): Promise<void> {
  const at = testNow.toISOString()
  const by = { by: karenLee, at, person: graceId }
  const found = {
    ...nothingAsked,
    cause: 'yes' as const,
    wellbeing: 'yes' as const,
    outcomes: {
      hygiene: { state: 'needs-help' as const, words: 'Chidi runs the bath' },
      community: { state: 'longer' as const, words: 'An hour to the church' },
    },
  }
  await server.seed(
    [
      ...demoOrganisationRecords(),
      ...graceRecords(testDay),
      ...chidiRecords(testDay),
      careAssessmentToFhir({ ...found, ...by, id: 'assessed', isDone: true }),
      careDecisionToFhir({
        ...{ ...by, id: 'decided', assessment: 'assessed', isEligible },
        reason: 'She cannot wash alone',
      }),
    ],
    'brook-surgery',
  )
}

/** A whole support plan for Grace, that she can be asked about. */
export const wholeSupportPlan = (
  more: Partial<In<typeof keepSupportPlanRequest>> = {},
): SupportPlanToKeep => ({
  ...{ plan: 'support-1', version: 0, offer: true, assessed: 'adult', decision: 'decided' },
  outcomes: [
    {
      ...{ outcome: 'hygiene', how: 'A care worker helps with the bath', who: 'Kind Hands' },
      ways: ['paid-care'],
    },
    { ...{ outcome: 'community', how: 'Joan drives to church', who: '' }, ways: ['community'] },
  ],
  budget: {
    ...{ amount: 21_050, per: 'week', currency: 'GBP', share: 4_000 },
    ...{ agreedOn: testDay, agreedBy: 'Riverside Council panel' },
  },
  ...{ startsOn: testDay, reviewOn: '2027-01-15' },
  ...more,
})

export const readBasic = async (answer: Response) => (await answer.json()) as Basic
