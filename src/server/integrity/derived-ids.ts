import type { Consent, Resource, ResourceType } from '@medplum/fhirtypes'
import { isCarerEnding } from '#domain/carer/carer-ending.ts'
import { isCarerShares } from '#domain/carer/carer-shares.ts'
import { isMeetingLetter } from '#domain/meeting/is-team-meeting.ts'
import { optOutCode, optOutKinds, optOutKindsIn } from '#domain/opt-out/is-opt-out.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { aboutMeSections } from '#domain/plan/about-me.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { isWhatIf } from '#domain/plan/fhir.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { wishParts } from '#domain/plan/worse/wish-codes.ts'
import { isAfterConversation } from '#domain/preparation/after-conversation.ts'
import { isPreparation } from '#domain/preparation/preparation-fhir.ts'

/** An id that is made from that of another record: `from` finds that id in it, and `of` says of which types it is. */
export type DerivedId = Readonly<{
  type: ResourceType
  from: RegExp
  of: readonly ResourceType[]
  /** the only kind of record that has such an id */
  is?: (resource: never) => boolean
  /** what is left of the other id where this one would have more than 64 characters; absent: it is never cut */
  keeps?: 'start' | 'end'
  /** what stands before the other id, if an id that would be longer is replaced by its hash */
  hashed?: string
  /** it stands in the record of the person who has the number of the carer */
  inOwnRecord?: boolean
}>

/** A no is never deleted: in the place of a share it would stand in its way for good. */
const isNoOptOut = (consent: Consent) => optOutKindsIn(consent).length === 0

const oneOf = (words: readonly string[]) => `(?:${words.join('|')})`

const suggestionCodes = ['frailty-review', 'low-mood', 'own-words', 'worry'] as const
const answers: readonly ResourceType[] = ['QuestionnaireResponse', 'Observation']

/**
 * The places that are made from the id of a person, a carer, a case or an answer, so that two devices write the same
 * record. Whoever puts another record there takes the place away.
 */
export const derivedIds: readonly DerivedId[] = [
  { type: 'Media', from: /^photo-(.+)$/, of: ['Patient'], is: isAboutMePhoto, keeps: 'start' },
  { type: 'Flag', from: /^aftercare-(.+)$/, of: ['Patient'], is: isAftercare, keeps: 'start' },
  {
    ...{ type: 'Flag', from: /^ill-\d{4}-\d\d-\d\d-(.+)$/, of: ['RelatedPerson'], keeps: 'end' },
    is: isCarerIll,
  },
  { type: 'Flag', from: /^alert-(.+)$/, of: ['Observation', 'Encounter'] },
  { type: 'Flag', from: /^safety-(.+)$/, of: answers, hashed: 'safety-' },
  { type: 'Flag', from: /^safety-(.+)-\d+$/, of: answers },
  {
    ...{ type: 'Observation', of: ['Patient'] },
    from: new RegExp(`^about-(.+)-${oneOf(aboutMeSections)}$`),
  },
  {
    ...{ type: 'Observation', of: ['Patient'], keeps: 'start' },
    from: new RegExp(`^wish-${oneOf(wishParts)}-(.+)$`),
  },
  {
    ...{ type: 'Observation', of: ['QuestionnaireResponse'], hashed: 'score-' },
    from: /^score-(.+)$/,
  },
  ...suggestionCodes.map(
    (code): DerivedId => ({
      ...{ type: 'Task', of: answers, hashed: `${code}-` },
      from: new RegExp(`^${code}-(.+)$`),
    }),
  ),
  { type: 'Task', from: /^as-(.+)-by-[a-z0-9-]{3,20}$/, of: answers, hashed: 'as-' },
  { type: 'Condition', from: /^need-(.+)$/, of: ['Observation'], keeps: 'start' },
  { type: 'CarePlan', from: /^plan-(.+)$/, of: ['EpisodeOfCare'] },
  { type: 'CarePlan', from: /^whatif-(.+)$/, of: ['EpisodeOfCare'], is: isWhatIf },
  { type: 'CareTeam', from: /^team-(.+)$/, of: ['EpisodeOfCare'] },
  { type: 'Composition', from: /^document-(.+)$/, of: ['CarePlan'], keeps: 'start' },
  { type: 'Consent', from: /^share-(.+)$/, of: ['RelatedPerson'], is: isNoOptOut },
  { type: 'Consent', from: /^carer-record-(.+)$/, of: ['Patient'], is: isNoOptOut },
  {
    ...{ type: 'Consent', from: /^carer-shares-(.+)$/, of: ['RelatedPerson'], keeps: 'start' },
    ...{ is: isCarerShares, inOwnRecord: true },
  },
  ...optOutKinds.map(
    (kind): DerivedId => ({
      ...{ type: 'Consent', of: ['Patient'], keeps: 'start' },
      from: new RegExp(`^${optOutCode(kind)}-(.+)$`),
      is: (consent: Consent) => optOutKindsIn(consent).includes(kind),
    }),
  ),
  {
    ...{ type: 'Communication', from: /^carer-ended-(.+)$/, of: ['RelatedPerson'] },
    ...{ keeps: 'start', is: isCarerEnding },
  },
  { type: 'Communication', from: /^letter-(.+)$/, of: ['Appointment'], is: isMeetingLetter },
  {
    ...{ type: 'QuestionnaireResponse', from: /^prepare-(.+)-\d{8}$/, of: ['Patient'] },
    ...{ keeps: 'start', is: isPreparation },
  },
  {
    ...{ type: 'QuestionnaireResponse', from: /^prepare-c-(.+)-\d{8}$/, of: ['RelatedPerson'] },
    ...{ keeps: 'start', is: isPreparation },
  },
  {
    ...{ type: 'QuestionnaireResponse', from: /^after-(.+)$/, of: ['Communication'] },
    ...{ keeps: 'start', is: isAfterConversation },
  },
]

type Kind = (resource: Resource) => boolean

/** True if this kind of record may have such an id. */
export const isOfKind = ({ is = () => true }: DerivedId, resource: Resource): boolean =>
  (is as Kind)(resource)
