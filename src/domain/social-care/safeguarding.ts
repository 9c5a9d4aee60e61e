import type { Basic } from '@medplum/fhirtypes'
import {
  as,
  boolean,
  dateTime,
  group,
  type In,
  idOf,
  integer,
  list,
  namedReference,
  oneOf,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { type Kept, keptFromFhir, keptToFhir } from './kept-record.ts'

export const consents = ['given', 'refused', 'not-asked'] as const
export type SafeguardingConsent = (typeof consents)[number]

/** What was decided: an enquiry under section 42(2), another enquiry without the duty, or none. */
export const safeguardingDecisions = ['enquiry', 'other-enquiry', 'no-enquiry'] as const
export type SafeguardingDecision = (typeof safeguardingDecisions)[number]

/** What came of the risk, and of what the person wanted. Our own words. */
export const riskOutcomes = ['removed', 'reduced', 'remains', 'none-found'] as const
export const wishOutcomes = ['fully', 'partly', 'not', 'not-said'] as const

const raised = {
  about: text,
  risk: text,
  /** what the person wants to happen: Making Safeguarding Personal */
  wishes: text,
  consent: oneOf(consents, 'not-asked'),
  withoutConsent: text,
  safety: text,
  /** who may be a source of harm: they never see it, whatever their role */
  sources: as('source', list(namedReference)),
} as const

export const raiseConcernRequest = parameters({
  ...{ patient: idOf('Patient'), id: text },
  ...raised,
})
export type ConcernToRaise = In<typeof raiseConcernRequest>

/** `reached`: a social worker who is named in the care, and no possible source of harm, reads it. */
export const raiseConcernAnswer = parameters({ reached: boolean })

const course = {
  decision: optional(
    group({
      what: oneOf(safeguardingDecisions, 'no-enquiry'),
      /** the three conditions of section 42(1) */
      ...{ hasNeeds: boolean, isAtRisk: boolean, cannotProtect: boolean },
      ...{ reasons: text, by: text, at: dateTime },
    }),
  ),
  notes: as('note', list(group({ words: text, by: text, at: dateTime }))),
  closed: optional(
    group({
      risk: oneOf(riskOutcomes, 'remains'),
      wishes: oneOf(wishOutcomes, 'not-said'),
      ...{ words: text, by: text, at: dateTime },
    }),
  ),
  members: as('member', list(namedReference)),
  /** who takes no more part, and why */
  removed: list(group({ who: namedReference, words: text, by: text, at: dateTime })),
  ...{ raisedBy: namedReference, raisedAt: dateTime },
} as const

const codec = parameters({ ...raised, ...course })

export type SafeguardingConcern = In<typeof codec> & Kept

const keeping = { kind: 'safeguarding-concern', codec } as const

export const concernToFhir = (one: Omit<SafeguardingConcern, 'version'>): Basic & { id: string } =>
  keptToFhir(keeping, one, one)
export const concernFromFhir = (record: Basic): SafeguardingConcern | undefined =>
  keptFromFhir(keeping, record)

const safeguardingStates = ['to-decide', 'enquiry', 'no-enquiry', 'closed'] as const
export type SafeguardingState = (typeof safeguardingStates)[number]

export const safeguardingRequest = parameters({ patient: optional(idOf('Patient')) })

/** What a reader gets: the whole for the enquiry’s own people, what they said and the state for who raised it. */
export const safeguardingAnswer = parameters({
  concerns: as(
    'concern',
    list(
      group({
        ...{ id: text, version: integer, patient: idOf('Patient'), family: text, given: text },
        state: oneOf(safeguardingStates, 'to-decide'),
        /** false: only what the reader said themselves */
        isWhole: boolean,
        ...raised,
        ...course,
        /** who has read it, the latest first */
        looked: list(group({ name: text, at: dateTime })),
      }),
    ),
  ),
})
export type ShownConcern = In<typeof safeguardingAnswer>['concerns'][number]

export const safeguardingStepRequest = parameters({
  ...{ id: text, version: integer },
  kind: oneOf(['decide', 'note', 'close', 'add-member', 'remove-member', 'add-source'], 'note'),
  words: text,
  what: oneOf(safeguardingDecisions, 'no-enquiry'),
  ...{ hasNeeds: boolean, isAtRisk: boolean, cannotProtect: boolean },
  risk: oneOf(riskOutcomes, 'remains'),
  wishes: oneOf(wishOutcomes, 'not-said'),
  member: optional(namedReference),
  /** somebody more who may be a source of harm: from then on they read nothing of it */
  source: optional(namedReference),
})
export type SafeguardingStep = In<typeof safeguardingStepRequest>

export function safeguardingState({
  decision,
  closed,
}: Pick<SafeguardingConcern, 'decision' | 'closed'>): SafeguardingState {
  if (closed) return 'closed'
  if (!decision) return 'to-decide'
  return decision.what === 'no-enquiry' ? 'no-enquiry' : 'enquiry'
}

/**
 * Care Act 2014, section 42(1): the adult has needs for care and support (whether or not any are met), is experiencing
 * or at risk of abuse or neglect, and as a result of those needs is unable to protect themselves. All three hold.
 */
export const isDutyMet = (
  said: Readonly<{ hasNeeds: boolean; isAtRisk: boolean; cannotProtect: boolean }>,
): boolean => said.hasNeeds && said.isAtRisk && said.cannotProtect

export type ConcernFault = 'about' | 'risk' | 'wishes' | 'without-consent' | 'safety'

/**
 * What is missing in a concern. Somebody who cannot be asked has no wishes written down for them: then it says why. The
 * person and a carer say what happened; the rest is for those who look into it to ask.
 */
export function concernFaults(
  asked: ConcernToRaise,
  voice: WrittenBy['by']['voice'],
): readonly ConcernFault[] {
  const lacks = (words: string) => words.trim() === ''
  if (voice !== 'professional') return lacks(asked.about) ? ['about'] : []
  const isAsked = asked.consent !== 'not-asked'
  return [
    ...(lacks(asked.about) ? ['about' as const] : []),
    ...(lacks(asked.risk) ? ['risk' as const] : []),
    ...(isAsked && lacks(asked.wishes) ? ['wishes' as const] : []),
    ...(asked.consent !== 'given' && lacks(asked.withoutConsent)
      ? ['without-consent' as const]
      : []),
    ...(lacks(asked.safety) ? ['safety' as const] : []),
  ]
}

type Reader = Readonly<{
  /** every reference that means them: `Practitioner/…`, and their roles */
  names: readonly string[]
  isSocialWorker: boolean
  /** named in the care of the person */
  isNamed: boolean
}>

/**
 * How much of a concern somebody may read. A possible source of harm reads nothing, whatever else they are; the social
 * workers named in the person’s care and the people named in the concern read all; whoever raised it reads what they
 * said, and how far it is.
 */
export function concernFor(
  { sources, members, raisedBy }: Pick<SafeguardingConcern, 'sources' | 'members' | 'raisedBy'>,
  { names, isSocialWorker, isNamed }: Reader,
): 'whole' | 'own' | 'nothing' {
  const isReader = ({ reference }: Readonly<{ reference: string }>) => names.includes(reference)
  if (sources.some(isReader)) return 'nothing'
  if (isSocialWorker && isNamed) return 'whole'
  if (members.some(isReader)) return 'whole'
  return isReader(raisedBy) ? 'own' : 'nothing'
}

/** What a social worker has to look into: a concern to decide on, and an enquiry that is open. */
export const toLookInto = (concerns: readonly ShownConcern[]): readonly ShownConcern[] =>
  concerns.filter(({ isWhole, state }) => isWhole && (state === 'to-decide' || state === 'enquiry'))
