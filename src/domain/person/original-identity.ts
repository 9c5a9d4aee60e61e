import type { Extension, HumanName } from '@medplum/fhirtypes'
import { gableUrl } from '#domain/fhir/codes.ts'
import { anyDay } from '#domain/fhir/current-identifier.ts'
import { type Identified, nhsNumbers } from './someone-else.ts'

const reasonUrl = gableUrl('identity-reason')

/** Why an administrator changed the identity of a record; written in the record itself. */
export function identityReason(record: Readonly<{ extension?: readonly Extension[] }>) {
  const said = record.extension?.find(({ url }) => url === reasonUrl)?.valueString?.trim()
  return said === '' ? undefined : said
}

type Version = Identified & Readonly<{ extension?: Extension[] }>

/** The versions, oldest first, since an administrator last said why the person of the record is another. */
function sinceReason(versions: readonly Version[]): readonly Version[] {
  let from = 0
  let last: string | undefined
  for (const [at, version] of versions.entries()) {
    const reason = identityReason(version)
    if (reason !== undefined && reason !== last) from = at
    last = reason ?? last
  }
  return versions.slice(from)
}

/**
 * The person for whom a record was started: of each detail what was first known. Changing one detail at a time makes
 * another person all the same, and this shows it.
 */
export function originalIdentity(versions: readonly Version[]): Identified {
  const counted = sinceReason(versions)
  const first = <T>(of: (version: Version) => T | undefined): T | undefined => {
    for (const version of counted) {
      const found = of(version)
      if (found !== undefined) return found
    }
    return undefined
  }
  const names = [
    ...(first(({ name }) => some(name?.flatMap(({ family }) => (family ? [{ family }] : [])))) ??
      []),
    ...(first(({ name }) => some(name?.flatMap(givenOf))) ?? []),
  ]
  const identifier = first(startedWith)
  const gender = first(({ gender: sex }) => (sex === 'female' || sex === 'male' ? sex : undefined))
  const birthDate = birthDateOf(counted)
  return {
    ...(names.length > 0 ? { name: names } : {}),
    ...(identifier ? { identifier } : {}),
    ...(gender ? { gender } : {}),
    ...(birthDate ? { birthDate } : {}),
  }
}

/** The numbers that a version was written with, ended since or not: the end of a number changes nobody into somebody else. */
function startedWith({ identifier = [] }: Version): Version['identifier'] | undefined {
  const numbers = identifier.map(({ period: _ended, ...each }) => each)
  return nhsNumbers({ identifier: numbers }, anyDay).length > 0 ? numbers : undefined
}

/** A year that somebody made more exact is the same date. */
function birthDateOf(versions: readonly Version[]): string | undefined {
  let known = ''
  for (const { birthDate = '' } of versions)
    if (birthDate.startsWith(known)) known = birthDate || known
  return known || undefined
}

const givenOf = ({ given }: HumanName): HumanName[] => (given?.[0] ? [{ given: [given[0]] }] : [])

const some = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list && list.length > 0 ? list : undefined
