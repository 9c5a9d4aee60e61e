import type { RelatedPerson } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { extensionOf, extensionsOf, given } from '#domain/fhir/references-and-extensions.ts'
import { numbers } from '#domain/person/contact-sheet.ts'
import { nameInWords } from '#domain/person/shown-name.ts'

/** Somebody who cares for the person, as the person’s record has them. */
export type Carer = Readonly<{
  /** id of the RelatedPerson */
  id: string
  name: string
  /** in the words of the record: son, neighbour */
  relationship: string
  phones: readonly string[]
  /** what they do, each in words */
  does: readonly string[]
  /** undefined: nobody has said */
  livesWith?: boolean
  /** they no longer care for the person; `endedOn` as far as it is known */
  isOver: boolean
  endedOn?: string
}>

/** What is written about a carer who is added. */
export type CarerDetails = Readonly<{
  name: string
  relationship: string
  phone: string
  nhsNumber: string
  does: readonly string[]
  livesWith?: boolean | undefined
}>

export function carerFromFhir(relative: RelatedPerson, today: string): Carer {
  const { period } = relative
  const hasEnded = period?.end !== undefined && dayWritten(period.end) < today
  const relation = relative.relationship?.[0]
  return {
    id: relative.id ?? '',
    name: nameInWords(relative.name, today),
    relationship: relation?.text ?? relation?.coding?.[0]?.display ?? '',
    phones: numbers(relative.telecom, today).phones.map(({ value }) => value),
    does: extensionsOf(relative, 'carer-does').flatMap(({ valueString }) => valueString ?? []),
    ...given('livesWith', extensionOf(relative, 'lives-with')?.valueBoolean),
    isOver: relative.active === false || hasEnded,
    ...given('endedOn', period?.end && dayWritten(period.end)),
  }
}

/** By this number their own record is found: the two records name no other link. */
export const numberOf = ({ identifier }: RelatedPerson, today: string): string | undefined =>
  identifier?.find((each) => each.system === nhsNumberSystem && isCurrentIdentifier(each, today))
    ?.value
