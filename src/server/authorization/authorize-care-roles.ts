import type { Patient, RelatedPerson, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { decideRelations, type RelationsFault, shutsOut } from '#domain/access/decide-relations.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { opensRooms } from '#domain/consent/consent.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'
import { opensRecords } from '#server/store/access/care-relationships.ts'
import { careRolesIn, referralsOf } from './care-roles-in.ts'
import { endsForOthers, holdsOthers, type WrittenRecord } from './care-roles-of-others.ts'
import { hasLastingAccess, placesElsewhere, placesOfActor } from './lasting-access.ts'
import { isForReferral, referralsAskedBy } from './open-referrals.ts'
import { authorizeRegistration } from './registration/authorize-registration.ts'
import { handedOverTo, handOverFault } from './registration/hand-over.ts'
import { isSharedWith } from './shared-with.ts'

type Changing = Readonly<{
  act: 'create' | 'update' | 'delete'
  resource: Resource
  standing?: Readonly<{ resource: Resource }> | undefined
}>

/** Types of record that give somebody access, or say who a signed-in user is. */
export const isKey = (type: string): boolean =>
  opensRecords(type) || type === 'Consent' || type === 'RelatedPerson'

/**
 * Records that give access are written by people with lasting access: the registered practice, the care team, the case
 * manager. A guest (by referral, by a task, for a limited time) cannot change who sees the person. Throws 403.
 */
export async function authorizeCareRoles(
  context: RequestContext,
  changing: Changing,
  person: string | undefined,
): Promise<void> {
  const { act, resource, standing } = changing
  if (act === 'delete' && resource.resourceType === 'Patient') throw forbidden(neverDeleted)
  if (person === undefined || context.actor.role === 'admin' || !isKey(resource.resourceType))
    return
  if (act === 'delete') return await guardDeletion(context, resource, person)
  const lasting = isStaff(context.actor) && (await hasLastingAccess(context, person))
  if (!lasting && !isHerself(context, person)) await guardGuest(context, changing, person)
  const fault = await handOverFault(context, resource, standing?.resource)
  if (fault) throw forbidden(fault)
  await authorizeRegistration(context, resource, standing?.resource)
}

/** What a person writes about themselves has its own rules. */
const isHerself = ({ actor }: RequestContext, person: string) => actor.person === person

async function guardGuest(
  context: RequestContext,
  { resource, standing }: Changing,
  person: string,
) {
  const before = standing?.resource
  const changed = changedKeys(before, resource)
  if (changed.some((each) => !isRegistration(each))) throw forbidden(texts.gives)
  const mine = await placesOfActor(context)
  if (resource.resourceType === 'Patient') {
    // registration rules decide whether the person may be taken over
    const isTakingOver = (await handedOverTo(context, person, mine)).length > 0
    if (changed.length > 0 && !isTakingOver) throw forbidden(texts.gives)
    return
  }
  await guardOthers(context, { person, before, after: resource, mine })
}

/** Other people whom a guest's record gives access, or takes it from. */
async function guardOthers(context: RequestContext, written: WrittenRecord): Promise<void> {
  const { person, before, after, mine } = written
  if (await endsForOthers(context, written)) throw forbidden(texts.takes)
  const places = { before: careRolesIn(before, context), after: careRolesIn(after, context) }
  if (places.before.length + places.after.length === 0) return
  if (places.after.length > 0 && (comesLoose(before, after) || asksAnother(before, after)))
    throw forbidden(texts.gives)
  const fault = decideRelations({
    ...{ lasting: false, mine, ...places },
    // a guest cannot change who is in the team or holds the case, no matter who is named
    elsewhere: isLastingRecord(after) ? [] : await placesElsewhere(context, person, after),
    forReferral: await isForReferral(context, after, person),
  })
  if (fault) throw forbidden(texts[fault])
}

/** True if a task would no longer end with its referral: a guest cannot change the link between the two. */
function comesLoose(before: Resource | undefined, after: Resource): boolean {
  if (before?.resourceType !== 'Task' || after.resourceType !== 'Task') return false
  const tied = referralsOf(after)
  if (referralsOf(before).some((each) => !tied.includes(each))) return true
  return referralsOf(before).length > 0 && changedElements(before, after).includes('code')
}

/**
 * True if the referral would depend on another request than the original one: a task created by the guest, or another
 * performer.
 */
function asksAnother(before: Resource | undefined, after: Resource): boolean {
  if (before?.resourceType === 'ServiceRequest')
    return changedElements(before, after).includes('performer')
  if (before?.resourceType !== 'Task' || after.resourceType !== 'Task') return false
  const referrals = referralsAskedBy(before)
  return referralsAskedBy(after).some((each) => !referrals.includes(each))
}

const isLastingRecord = ({ resourceType }: Resource) =>
  resourceType === 'CareTeam' || resourceType === 'EpisodeOfCare'

const texts: Readonly<Record<RelationsFault, string>> = {
  gives:
    'You have access through a referral, a task or for a limited time. Only the care team or the practice can change who else sees this person: ask them',
  takes:
    'You have access through a referral, a task or for a limited time. Only the care team or the practice can end what someone else was asked to do',
}

/** Elements by which somebody is found at sign-in, in an emergency and by hospitals, or that link records. */
const keys: Readonly<Record<string, readonly (keyof Patient | keyof RelatedPerson)[]>> = {
  Patient: [
    'identifier',
    'birthDate',
    'active',
    'link',
    'generalPractitioner',
    'managingOrganization',
  ],
  RelatedPerson: ['identifier', 'active', 'period', 'patient'],
}

function changedKeys(before: Resource | undefined, after: Resource): readonly string[] {
  if (after.resourceType === 'Consent') return changesConsent(before, after) ? ['provision'] : []
  const watched: readonly string[] = keys[after.resourceType] ?? []
  if (before) return changedElements(before, after).filter((name) => watched.includes(name))
  return after.resourceType === 'RelatedPerson' && after.identifier ? ['identifier'] : []
}

function changesConsent(before: Resource | undefined, after: Resource): boolean {
  if (!before) return opensRooms(after)
  return (opensRooms(before) || opensRooms(after)) && changedElements(before, after).length > 0
}

const isRegistration = (name: string) =>
  name === 'generalPractitioner' || name === 'managingOrganization'

const neverDeleted =
  'A person’s record is never deleted. If it was entered in error, set Patient.active to false: people who could see it still can'

/** The only author of a record may delete it as long as nobody loses access by that. */
async function guardDeletion(
  context: RequestContext,
  resource: Resource,
  person: string,
): Promise<void> {
  const before = careRolesIn(resource, context)
  const mine = await placesOfActor(context)
  if (shutsOut({ before, mine }) || (await isInUse(context, resource, person)))
    throw forbidden(
      'Other people have access to this person through this record. End it with its status or period instead: deleting it would remove their access',
    )
}

/** A carer with access is found by their RelatedPerson. */
async function isInUse(context: RequestContext, resource: Resource, person: string) {
  const { resourceType } = resource
  if (resourceType === 'ServiceRequest')
    return await holdsOthers(context, { person, before: undefined, after: resource, mine: [] })
  if (resourceType !== 'RelatedPerson') return false
  return await isSharedWith(context, resource)
}
