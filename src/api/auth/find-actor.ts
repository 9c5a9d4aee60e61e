import type { Patient, RelatedPerson } from '@medplum/fhirtypes'
import { everyone } from '#api/access/scope-of.ts'
import type { Actor } from '#domain/access/actor.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import type { Subject } from './claims.ts'
import { staffFor } from './find-staff.ts'
import { bears, type Deps, isWithin, type NoActor } from './record-match.ts'

/**
 * Who somebody is here: staff by the identifier on the Practitioner, a person or carer by a proven NHS number. Found, never
 * made up: whoever is in no record is nobody. Asked again while a session lasts, so that an ended role ends it.
 */
export async function actorFor(subject: Subject, deps: Deps): Promise<Actor | NoActor> {
  if (subject.staff) return await staffFor(subject, deps)
  const ways = subject.asCarer ? [carerFor, personFor] : [personFor, carerFor]
  for (const way of ways) {
    const found = await way(subject, deps)
    if (found !== 'no-record') return found
  }
  return 'no-record'
}

const dayOf = ({ now }: Deps) => now.toISOString().slice(0, 10)

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

async function personFor({ identity, nhsNumber }: Subject, deps: Deps): Promise<Actor | NoActor> {
  const found = await withNumber<Patient>('Patient', nhsNumber, deps)
  const [patient] = found
  if (!patient?.id) return 'no-record'
  if (found.length > 1) return 'several-records'
  return {
    identity,
    name: nameInWords(patient.name, dayOf(deps)),
    role: 'person',
    person: patient.id,
  }
}

/** A carer of several people has a record with each of them; two with one person name nobody for sure. */
async function carerFor({ identity, nhsNumber }: Subject, deps: Deps): Promise<Actor | NoActor> {
  const found = (await withNumber<RelatedPerson>('RelatedPerson', nhsNumber, deps)).filter((each) =>
    isWithin(each.period, deps.now),
  )
  if (found.length === 0) return 'no-record'
  const byPerson = Map.groupBy(found, (each) => each.patient.reference ?? '')
  const caresFor = [...byPerson].flatMap(([reference, [only, ...more]]) => {
    const person = /^Patient\/([^/]+)$/.exec(reference)?.[1]
    return person && only?.id && more.length === 0 ? [{ relatedPerson: only.id, person }] : []
  })
  if (caresFor.length === 0) return 'several-records'
  return { identity, name: nameInWords(found[0]?.name, dayOf(deps)), role: 'carer', caresFor }
}

/** Records in use that bear this very number. */
async function withNumber<T extends Patient | RelatedPerson>(
  type: T['resourceType'],
  number: string | undefined,
  { store }: Deps,
): Promise<readonly T[]> {
  if (!number || !/^\d{10}$/.test(number)) return []
  const query = new URLSearchParams({ identifier: `${nhsNumberSystem}|${number}`, _count: '100' })
  const found = (await store.search(type, query, everyone)).matches as readonly T[]
  return found.filter((each) => each.active !== false && bears(each, nhsNumberSystem, number))
}
