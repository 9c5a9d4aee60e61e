import type { AllergyIntolerance, Observation, Patient } from '@medplum/fhirtypes'
import { gableUrl, nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { deathIn } from './death.ts'
import { isInUse, linkedPeople } from './joined.ts'
import type { Allergies, Person } from './person.ts'
import { shownName } from './shown-name.ts'

const communicationNeeds = gableUrl('communication-needs')

/** The person as the banner needs them on this day (`YYYY-MM-DD`). Any detail may be missing. */
export function personFromFhir(patient: Patient, today: string): Person {
  const nhsNumber = patient.identifier?.find(
    (each) => each.system === nhsNumberSystem && isCurrentIdentifier(each, today),
  )?.value
  return {
    id: patient.id ?? '',
    ...shownName(patient.name, today),
    birthDate: patient.birthDate,
    ...(patient.gender ? { gender: patient.gender } : {}),
    died: deathIn(patient),
    nhsNumber,
    setAside: !isInUse(patient),
    standsFor: linkedPeople(patient, 'replaced-by')[0],
    joined: linkedPeople(patient, 'replaces'),
    communication: patient.extension?.find((each) => each.url === communicationNeeds)?.valueString,
  }
}

/** How to talk with the person: what was recorded as a need, otherwise what they say in About me. */
export function withOwnWords(person: Person, aboutMe: Observation | undefined): Person {
  return { ...person, communication: person.communication ?? aboutMe?.valueString }
}

const noKnownAllergy = '716186003'

/** Allergies as text with their reactions. A record of "no known allergy" (SNOMED CT 716186003) means known to have none. */
export function allergiesFromFhir(records: readonly AllergyIntolerance[]): Allergies {
  const standing = records.filter(stands)
  if (standing.length === 0) return { known: false }
  const list = standing
    .filter((each) => !each.code?.coding?.some((coding) => coding.code === noKnownAllergy))
    .map(inWords)
  return { known: true, list }
}

function stands(record: AllergyIntolerance): boolean {
  const status = record.clinicalStatus?.coding?.[0]?.code
  const verified = record.verificationStatus?.coding?.[0]?.code
  return (
    status !== 'inactive' &&
    status !== 'resolved' &&
    verified !== 'refuted' &&
    verified !== 'entered-in-error'
  )
}

function inWords(record: AllergyIntolerance): string {
  const what =
    record.code?.text ?? record.code?.coding?.[0]?.display ?? record.code?.coding?.[0]?.code ?? '?'
  const reactions = record.reaction?.flatMap((each) =>
    each.manifestation.map((one) => one.text ?? one.coding?.[0]?.display ?? ''),
  )
  const words = reactions?.filter(Boolean).join(', ')
  return words ? `${what} (${words})` : what
}
