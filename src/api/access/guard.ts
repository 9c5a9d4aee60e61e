import type { Resource } from '@medplum/fhirtypes'
import { FhirProblem, forbidden, notFound } from '#api/problem.ts'
import { personOf, type Visit } from '#api/rest/visit.ts'
import { isStaff } from '#domain/access/actor.ts'
import { isAboutNobody, peopleNamed, referencesIn } from '#domain/access/belongs-to.ts'
import { type Act, type Decision, decide, type Relation } from '#domain/access/decide.ts'
import { authorOf, changedElements, kindOf, supportersOf } from '#domain/access/kind.ts'
import { roomOf } from '#domain/access/room.ts'
import { wroteFirst } from './wrote-first.ts'

/** How the one who asks stands to a person. Someone whose record she begins herself counts as related. */
async function relationTo(visit: Visit, person: string | undefined): Promise<Relation> {
  const { actor, reach } = visit
  if (person === undefined) return 'nobody'
  if (actor.role === 'admin') return 'all'
  if (actor.person === person) return 'self'
  if (reach.shared.has(person)) return 'carer'
  if (!isStaff(actor)) return 'none'
  if (visit.born.has(person)) return 'related'
  if (!visit.reached.has(person) && !(await visit.store.mayReach(person, reach.scope)))
    return 'none'
  visit.reached.add(person)
  return 'related'
}

export type Changing = Readonly<{
  act: Exclude<Act, 'read'>
  /** the record as it will be; on delete as it is */
  resource: Resource & { id: string }
  before?: Resource | undefined
}>

/** Lets a write pass or throws: 404 for what the actor may not know of, 403 for what she may not do, 422 for what belongs to nobody. Answers the person concerned. */
export async function guardWrite(visit: Visit, changing: Changing): Promise<string | undefined> {
  const { resource, before } = changing
  const person = await personOf(visit, resource)
  if (!person && !isAboutNobody(resource.resourceType)) throw belongsToNobody(resource)
  const owner = before ? await personOf(visit, before) : person
  if (owner !== person && owner !== undefined) {
    refuse(
      await decisionOn(
        visit,
        { ...changing, resource: { ...before } as Changing['resource'] },
        owner,
      ),
    )
    throw new FhirProblem(422, 'business-rule', 'A record stays with the person it belongs to')
  }
  refuse(await decisionOn(visit, changing, person))
  if (changing.act !== 'delete') await guardReferences(visit, resource)
  return person
}

function belongsToNobody(resource: Resource): FhirProblem {
  const text = 'The record does not say whom it is about'
  const expression = `${resource.resourceType}.subject`
  return new FhirProblem(422, 'business-rule', text, { expression })
}

async function decisionOn(
  visit: Visit,
  { act, resource, before }: Changing,
  person: string | undefined,
): Promise<Decision> {
  const relation = await relationTo(visit, person)
  const room = roomOf(resource)
  const question = {
    actor: visit.actor,
    relation,
    shared: person ? visit.reach.shared.get(person) : undefined,
  }
  if (before) {
    const reach = decide({ ...question, act: 'read', kind: kindOf(before), room: roomOf(before) })
    if (!reach.allowed) return reach
  }
  return decide({
    ...question,
    act,
    kind: kindOf(resource),
    room,
    author: authorOf(resource),
    supporters: supportersOf(resource),
    priorAuthor: before ? authorOf(before) : undefined,
    changed: before && act === 'update' ? changedElements(before, resource) : undefined,
    wroteFirst:
      act === 'delete' && person
        ? await wroteFirst(visit.service.sql, visit.actor, resource, person)
        : false,
  })
}

const reasons: Readonly<Record<Decision['why'], string>> = {
  'own-record': '',
  shared: '',
  relation: '',
  administration: '',
  'open-to-all': '',
  'no-relation': 'You have no relation to this person',
  'not-shared': 'The person has not given you this',
  'professionals-only': 'This is between professionals',
  'not-your-role': 'Your role does not write this',
  'words-of-another': 'These are the words of someone else, or would be said in another’s name',
  never: 'Nobody writes this by hand',
}

function refuse(decision: Decision): void {
  if (decision.allowed) return
  if (decision.hidden) throw notFound()
  throw forbidden(reasons[decision.why])
}

/** A record may not point at a person whom its writer cannot reach: that would tell, or mix, lives. */
async function guardReferences(visit: Visit, resource: Resource): Promise<void> {
  const named = new Set(peopleNamed(resource))
  for (const reference of referencesIn(resource)) {
    const [type, id] = reference.split('/')
    if (type === 'Patient' && id) named.add(id)
  }
  for (const person of named) {
    if ((await relationTo(visit, person)) === 'none') {
      throw forbidden('The record points at a person whom you cannot reach')
    }
  }
}

/** Beginning a new person's record: staff may, and reach it from then on. */
export function begin(visit: Visit, resource: Resource & { id: string }): void {
  if (resource.resourceType === 'Patient' && isStaff(visit.actor)) visit.born.add(resource.id)
}

/** 404 unless the person is within reach. */
export async function guardPerson(visit: Visit, person: string): Promise<void> {
  if (!(await visit.store.mayReach(person, visit.reach.scope))) throw notFound()
}
