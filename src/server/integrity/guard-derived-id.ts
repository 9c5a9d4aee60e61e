import type { Resource, ResourceType } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isAboutMePhoto } from '#domain/photo/about-me-photo.ts'
import { aboutMeSections } from '#domain/plan/about-me.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import { isWhatIf } from '#domain/plan/fhir.ts'
import { isCarerIll } from '#domain/plan/worse/carer-ill.ts'
import { wishParts } from '#domain/plan/worse/wish-codes.ts'
import { isAfterConversation } from '#domain/preparation/after-conversation.ts'
import { isPreparation } from '#domain/preparation/preparation-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'

/** An id that is made from that of another record: `from` finds that id in it, and `of` says of which types it is. */
type DerivedId = Readonly<{
  type: ResourceType
  from: RegExp
  of: readonly ResourceType[]
  /** the only kind of record that has such an id */
  is?: (resource: never) => boolean
}>

const oneOf = (words: readonly string[]) => `(?:${words.join('|')})`

/**
 * The places that are made from the id of a person, a carer, a case or an answer, so that two devices write the same
 * record. Whoever puts another record there takes the place away.
 */
const derivedIds: readonly DerivedId[] = [
  { type: 'Media', from: /^photo-(.+)$/, of: ['Patient'], is: isAboutMePhoto },
  { type: 'Flag', from: /^aftercare-(.+)$/, of: ['Patient'], is: isAftercare },
  { type: 'Flag', from: /^ill-\d{4}-\d\d-\d\d-(.+)$/, of: ['RelatedPerson'], is: isCarerIll },
  { type: 'Flag', from: /^alert-(.+)$/, of: ['Observation', 'Encounter'] },
  {
    ...{ type: 'Observation', of: ['Patient'] },
    from: new RegExp(`^about-(.+)-${oneOf(aboutMeSections)}$`),
  },
  {
    ...{ type: 'Observation', of: ['Patient'] },
    from: new RegExp(`^wish-${oneOf(wishParts)}-(.+)$`),
  },
  { type: 'Observation', from: /^score-(.+)$/, of: ['QuestionnaireResponse'] },
  { type: 'CarePlan', from: /^plan-(.+)$/, of: ['EpisodeOfCare'] },
  { type: 'CarePlan', from: /^whatif-(.+)$/, of: ['EpisodeOfCare'], is: isWhatIf },
  { type: 'CareTeam', from: /^team-(.+)$/, of: ['EpisodeOfCare'] },
  { type: 'Consent', from: /^share-(.+)$/, of: ['RelatedPerson'] },
  { type: 'Consent', from: /^carer-record-(.+)$/, of: ['Patient'] },
  {
    ...{ type: 'QuestionnaireResponse', from: /^prepare-(.+)-\d{8}$/, of: ['Patient'] },
    is: isPreparation,
  },
  {
    ...{ type: 'QuestionnaireResponse', from: /^prepare-c-(.+)-\d{8}$/, of: ['RelatedPerson'] },
    is: isPreparation,
  },
  {
    ...{ type: 'QuestionnaireResponse', from: /^after-(.+)$/, of: ['Communication'] },
    is: isAfterConversation,
  },
]

/**
 * Refuses a new record whose id is made from a record of somebody else, or is the place of another kind of record: it
 * would block that place, or be taken for what belongs there. Throws 422.
 */
export async function guardDerivedId(
  context: RequestContext,
  resource: ResourceWithId,
  person: string | undefined,
): Promise<void> {
  if (await isPlaceOfAnother(context, resource, person))
    throw new FhirProblem(422, 'business-rule', placeOfAnother, {
      expression: `${resource.resourceType}.id`,
    })
}

export const placeOfAnother =
  'This id is the place of another record, made from the id of what that is about. Send this record with an id of its own'

export async function isPlaceOfAnother(
  context: RequestContext,
  resource: ResourceWithId,
  person: string | undefined,
): Promise<boolean> {
  const isCut = resource.id.length === longest
  for (const { type, from, of, is = () => true } of derivedIds) {
    const rest = type === resource.resourceType ? from.exec(resource.id)?.[1] : undefined
    const owners = rest ? await ownersOf(context, { rest, of, isCut }) : []
    const isAtHome = (is as Kind)(resource) && owners.includes(person ?? '')
    if (owners.length > 0 && !isAtHome) return true
  }
  return false
}

type Kind = (resource: Resource) => boolean

/** An id has 64 characters at most: what would be longer is cut. */
const longest = 64

type Asked = Readonly<{ rest: string; of: readonly ResourceType[]; isCut: boolean }>

/** Whose the records are that the id may be made from. */
async function ownersOf(
  { service }: RequestContext,
  { rest, of, isCut }: Asked,
): Promise<readonly string[]> {
  const { rows } = await service.sql.query<{ owner: string }>(
    `select distinct case rt when 'Patient' then id else coalesce(person, '') end as owner from resource
      where rt = any($1::text[]) and ${isCut ? 'starts_with(id, $2)' : 'id = $2'}`,
    [of, rest],
  )
  return rows.map(({ owner }) => owner)
}
