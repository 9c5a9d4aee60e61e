import type { RelatedPerson } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { relativesWithNumber } from '#server/carer/linked-record.ts'
import { firstVersion, peopleWithNumber } from '#server/integrity/people-with-number.ts'
import type { Subject } from './claims.ts'
import { findStaff } from './find-staff.ts'
import { type Deps, isWithinPeriod, type NoActor } from './record-match.ts'

/**
 * Who a user is here: staff by the identifier on the Practitioner, a person or carer by a proven NHS number. Found,
 * never created: a user without a record is nobody. Looked up again during a session, so that an ended role ends it.
 */
export async function findActor(subject: Subject, deps: Deps): Promise<Actor | NoActor> {
  if (subject.staff) return await findStaff(subject, deps)
  const ways = subject.asCarer ? [carerFor, personFor] : [personFor, carerFor]
  for (const way of ways) {
    const found = await way(subject, deps)
    if (found !== 'no-record') return found
  }
  return 'no-record'
}

const dayOf = ({ now, zone }: Deps) => dayIn(zone, now)

async function personFor({ identity, nhsNumber }: Subject, deps: Deps): Promise<Actor | NoActor> {
  if (!nhsNumber || !/^\d{10}$/.test(nhsNumber)) return 'no-record'
  // of several, the one that has had the number longest: a second record locks nobody out
  const [found] = await peopleWithNumber(deps.store, nhsNumber, dayOf(deps))
  if (!found || found.patient.active === false) return 'no-record'
  const name = nameInWords(found.patient.name, dayOf(deps))
  return { identity, name, role: 'person', person: found.id }
}

/** A carer of several people has a record with each of them; of two with one person the older one counts. */
async function carerFor({ identity, nhsNumber }: Subject, deps: Deps): Promise<Actor | NoActor> {
  const found = (await relativesWithNumber(deps.store, nhsNumber, dayOf(deps))).filter((each) =>
    isWithinPeriod(each.period, deps),
  )
  const byPerson = Map.groupBy(found, (each) => each.patient.reference ?? '')
  const caresFor: { relatedPerson: string; person: string }[] = []
  for (const [reference, some] of byPerson) {
    const person = /^Patient\/([^/]+)$/.exec(reference)?.[1]
    const relatedPerson = await oldestOf(some, deps)
    if (person && relatedPerson) caresFor.push({ relatedPerson, person })
  }
  if (caresFor.length === 0) return 'no-record'
  return { identity, name: nameInWords(found[0]?.name, dayOf(deps)), role: 'carer', caresFor }
}

async function oldestOf(
  some: readonly RelatedPerson[],
  { store }: Deps,
): Promise<string | undefined> {
  const [only, ...more] = some.flatMap(({ id }) => id ?? [])
  if (!only || more.length === 0) return only
  const aged: { id: string; since: string }[] = []
  for (const id of [only, ...more])
    aged.push({
      id,
      since: await firstVersion(store, { type: 'RelatedPerson', id, fits: () => true }),
    })
  return aged.toSorted((one, other) => one.since.localeCompare(other.since))[0]?.id
}
