import type { Patient } from '@medplum/fhirtypes'
import { changesStanding, onlyByAdministrator, tellsOfStanding } from '#api/access/in-use.ts'
import { everyone } from '#api/access/scope-of.ts'
import { personOf, type Visit } from '#api/rest/visit.ts'
import { peoplePointedAt } from '#domain/access/belongs-to.ts'
import { anotherPerson, isSomeoneElse } from '#domain/person/someone-else.ts'
import type { Fine } from './items.ts'

/**
 * Two people under one id are never merged: somebody who is another here, or of whom this very file tells two, is refused
 * with everything that is said about that id, for nobody can tell whose it is.
 */
export async function checkOnePerson(visit: Visit, items: readonly Fine[]): Promise<void> {
  await checkStandingOfPeople(visit, items.filter(isPatient))
  const others = await othersIn(visit, items.filter(isPatient))
  if (others.size === 0) return
  for (const item of items) {
    const person = await personOf(visit, item.resource)
    const about = [person ?? '', ...peoplePointedAt(item.resource)]
    const id = about.find((each) => others.has(each))
    if (id === undefined) continue
    item.reason = isPatient(item) ? others.get(id) : `It is about Patient/${id}, who was refused`
    item.someoneElse = id
  }
}

/**
 * Who stands for whom is not changed by a file that somebody other than an administrator brings: one that says otherwise
 * is refused, and beside one that says nothing of it the record stays as it is here.
 */
async function checkStandingOfPeople({ actor, service }: Visit, people: readonly Fine[]) {
  if (actor.role === 'admin') return
  for (const item of people) {
    const kept = await service.store.read('Patient', item.resource.id, everyone)
    if (!changesStanding(kept?.resource, item.resource)) continue
    if (tellsOfStanding(item.resource)) item.reason = onlyByAdministrator
    else item.stays = true
  }
}

/** Why each id is refused. */
async function othersIn(
  visit: Visit,
  people: readonly Fine[],
): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>()
  for (const [id, items] of Map.groupBy(people, ({ resource }) => resource.id)) {
    const kept = (await visit.service.store.read('Patient', id, everyone))?.resource
    const all = items.map(({ resource }) => resource as Patient)
    if (kept && all.some((each) => isSomeoneElse(kept as Patient, each)))
      others.set(id, anotherPerson(id))
    else if (all.some((each) => all[0] && isSomeoneElse(all[0], each)))
      others.set(id, `Two people in this file have the id ${id}`)
  }
  return others
}

const isPatient = ({ resource }: Fine) => resource.resourceType === 'Patient'
