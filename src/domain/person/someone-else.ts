import type { Identifier, Patient } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier, namedOn, namedOnOrLater } from '#domain/fhir/current-identifier.ts'
import { folded } from './folded.ts'
import { isNhsNumber } from './nhs-number.ts'

/** The details that distinguish a person, or a carer, from others. */
export type Identified = Pick<Patient, 'identifier' | 'name' | 'birthDate' | 'gender'>

/**
 * True if one record would turn the record with the same id or number into another person. A single difference may be
 * a married name, a corrected date or a new number; two, or nothing that agrees, mean somebody else. A former name
 * that is kept in the record agrees: so keep the old name when a name changes. A number that ended is nobody’s.
 */
export function isSomeoneElse(one: Identified, other: Identified, today: string): boolean {
  const compared = factsOn(today).flatMap((compare) => compare(one, other) ?? [])
  const agreeing = compared.filter(Boolean).length
  const differing = compared.length - agreeing + (sexDiffers(one, other) ? 1 : 0)
  return differing >= 2 || (differing === 1 && agreeing === 0)
}

type Compare = (one: Identified, other: Identified) => boolean | undefined

const bySets =
  (of: (patient: Identified) => readonly string[]): Compare =>
  (one, other) => {
    const [mine, theirs] = [of(one), of(other)]
    if (mine.length === 0 || theirs.length === 0) return undefined
    return mine.some((each) => theirs.includes(each))
  }

const letters = (text: string) => folded(text).replace(/[^\p{L}]/gu, '')

const factsOn = (today: string): readonly Compare[] => [
  bySets((each) => nhsNumbers(each, today)),
  bySets(({ name }) => (name ?? []).flatMap(({ family }) => letters(family ?? '') || [])),
  bySets(({ name }) => (name ?? []).flatMap(({ given }) => letters(given?.[0] ?? '') || [])),
  ({ birthDate: one }, { birthDate: other }) =>
    // only a year or month may be known
    one && other ? one.startsWith(other) || other.startsWith(one) : undefined,
]

/** The NHS numbers of a record today, of ten digits; one that is no longer used, or has ended, is not among them. */
export const nhsNumbers = (
  record: Pick<Identified, 'identifier'>,
  today: string,
): readonly string[] => numbersThat(record, (each) => isCurrentIdentifier(each, today))

/** Those that named their bearer on a day that may be long ago. */
export const nhsNumbersOn = (
  record: Pick<Identified, 'identifier'>,
  day: string,
): readonly string[] => numbersThat(record, (each) => namedOn(each, day))

/** … and those that began later: a record may say when a number was entered, not when its bearer got it. */
export const nhsNumbersSince = (
  record: Pick<Identified, 'identifier'>,
  day: string,
): readonly string[] => numbersThat(record, (each) => namedOnOrLater(each, day))

function numbersThat(
  { identifier }: Pick<Identified, 'identifier'>,
  counts: (identifier: Identifier) => boolean,
): readonly string[] {
  return (identifier ?? [])
    .filter((each) => each.system === nhsNumberSystem && counts(each))
    .map(({ value = '' }) => value.replace(/[\s-]/g, ''))
    .filter(isNhsNumber)
}

/** Half of all people agree in this by chance: it counts only if it differs. */
function sexDiffers({ gender: one }: Identified, { gender: other }: Identified): boolean {
  const sexes = ['female', 'male']
  return one !== other && sexes.includes(one ?? '') && sexes.includes(other ?? '')
}

/** The message for the sender of such a record. */
export const anotherPerson = ({
  resourceType,
  id,
}: Readonly<{ resourceType: string; id?: string }>) =>
  `${resourceType}/${id} is a different person here: the NHS number, name, date of birth or sex differs. Use another id for this person. If a name has changed, keep the old name in the record. An administrator can correct who the record is about, and gives the reason in the extension identity-reason`
