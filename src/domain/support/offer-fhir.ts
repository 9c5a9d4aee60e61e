import type { Extension, Observation, ServiceRequest } from '@medplum/fhirtypes'
import { gableCodeSystem, hl7Extension } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  helperIn,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { isOffer, isOfferWord, offerCategory, offerWordCode } from './is-offer.ts'
import {
  type OfferAnswer,
  type OfferKind,
  type OfferWord,
  offerAnswers,
  offerKinds,
  type SupportOffer,
} from './offer.ts'

/** The standard’s own link from a request to a goal: `reasonReference` may not name one. */
const servesGoal = hl7Extension('resource-pertainsToGoal')
const prefix = 'support-'

type Concept = { coding?: { system?: string; code?: string }[] } | undefined

const ours = (concept: Concept) =>
  (concept?.coding ?? [])
    .filter(({ system }) => system === gableCodeSystem)
    .map(({ code = '' }) => code)

export const kindOfOffer = (request: ServiceRequest): OfferKind | undefined =>
  offerKinds.find((kind) => ours(request.code).includes(`${prefix}${kind}`))

export const answerOfWord = (observation: Observation): OfferAnswer | undefined =>
  offerAnswers.find((answer) =>
    ours(observation.valueCodeableConcept).includes(`${prefix}${answer}`),
  )

export const offerOfWord = ({ focus }: Observation): string => {
  const [type, id = ''] = focus?.[0]?.reference?.split('/') ?? []
  return type === 'ServiceRequest' ? id : ''
}

export const goalOfOffer = ({ extension = [] }: ServiceRequest): string =>
  idIn(extension.find(({ url }) => url === servesGoal)?.valueReference?.reference)

function endedIn(request: ServiceRequest): Pick<SupportOffer, 'ended'> {
  const part = (url: string) =>
    extensionOf(request, 'offer-ended')?.extension?.find((each) => each.url === url)
  const by = whoFrom(part('by')?.valueReference)
  if (request.status !== 'revoked' || !by) return {}
  const at = part('at')?.valueDateTime ?? ''
  return { ended: { by, at, words: part('words')?.valueString ?? '' } }
}

/** That the team cannot give it any more. */
export const offerEndedParts = (
  ended: Readonly<{ words: string; by?: Who; at?: string }>,
): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'words', valueString: ended.words },
    ...(ended.by ? [{ url: 'by', valueReference: referenceTo(ended.by) }] : []),
    ...(ended.at ? [{ url: 'at', valueDateTime: ended.at }] : []),
  ],
})

/** Undefined for every other request, and for an offer made in error. */
export function offerFromFhir(
  request: ServiceRequest,
  words: readonly OfferWord[],
): SupportOffer | undefined {
  const kind = kindOfOffer(request)
  const by = whoFrom(request.requester)
  if (!isOffer(request) || !kind || !by || request.status === 'entered-in-error') return undefined
  return {
    id: request.id ?? '',
    person: idIn(request.subject?.reference),
    ...{ kind, by, at: request.authoredOn ?? '', what: request.code?.text ?? '' },
    from: request.performer?.[0]?.display ?? '',
    ...given('goal', goalOfOffer(request) || undefined),
    ...endedIn(request),
    said: words
      .filter((word) => word.offer === request.id)
      .toSorted((one, other) => instant(one.at) - instant(other.at)),
  }
}

const instant = (at: string) => Date.parse(at) || 0

type OfferToMake = Readonly<
  Pick<SupportOffer, 'id' | 'person' | 'kind' | 'what' | 'from' | 'by' | 'at'> & { goal: string }
>

export function offerToFhir(offer: OfferToMake): ServiceRequest & { id: string } {
  return {
    resourceType: 'ServiceRequest',
    id: offer.id,
    status: 'active',
    intent: 'proposal',
    category: [ownCode(offerCategory)],
    code: { ...ownCode(`${prefix}${offer.kind}`), text: offer.what },
    subject: { reference: `Patient/${offer.person}` },
    requester: referenceTo(offer.by),
    authoredOn: offer.at,
    ...(offer.from ? { performer: [{ display: offer.from }] } : {}),
    ...(offer.goal
      ? { extension: [{ url: servesGoal, valueReference: { reference: `Goal/${offer.goal}` } }] }
      : {}),
  }
}

export const endedOffer = (
  request: ServiceRequest & { id: string },
  words: string,
): ServiceRequest & { id: string } => ({
  ...request,
  status: 'revoked',
  ...withExtensions(request, { 'offer-ended': [offerEndedParts({ words })] }),
})

/** Undefined for every other record, and for one entered in error. */
export function offerWordFromFhir(observation: Observation): OfferWord | undefined {
  const answer = answerOfWord(observation)
  const by = whoFrom(observation.performer?.[0])
  if (!isOfferWord(observation) || !answer || !by || observation.status === 'entered-in-error')
    return undefined
  return {
    id: observation.id ?? '',
    person: idIn(observation.subject?.reference),
    offer: offerOfWord(observation),
    ...{ answer, by, words: observation.note?.[0]?.text ?? '' },
    ...given('writtenDownBy', helperIn(observation)),
    at: observation.effectiveDateTime ?? observation.meta?.lastUpdated ?? '',
  }
}

export function offerWordToFhir(word: OfferWord): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: word.id,
    status: 'final',
    code: ownCode(offerWordCode),
    subject: { reference: `Patient/${word.person}` },
    focus: [{ reference: `ServiceRequest/${word.offer}` }],
    performer: [referenceTo(word.by)],
    effectiveDateTime: word.at,
    valueCodeableConcept: ownCode(`${prefix}${word.answer}`),
    ...(word.words ? { note: [{ text: word.words }] } : {}),
  }
}
