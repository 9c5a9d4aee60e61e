import type { Flag, Resource } from '@medplum/fhirtypes'
import { isBreakGlass } from '#domain/access/break-glass.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'

/** Who somebody says they are who opens an emergency card by its link. Nobody checks it. */
export const cardOpeners = [
  'ambulance',
  'hospital',
  'doctor-or-nurse',
  'police-or-fire',
  'care-worker',
  'family-or-friend',
  'someone-else',
] as const
export type CardOpener = (typeof cardOpeners)[number]

/** One opening of an emergency card by its link. Name, role and words are as the opener said. */
export type CardOpening = Readonly<{
  id: string
  person: string
  name: string
  role: CardOpener
  words: string
  /** instant */
  at: string
  /** nobody has checked and closed it yet */
  alert: boolean
}>

const opened = 'card-opened'

const isCardOpening = (resource: Resource): boolean =>
  resource.resourceType === 'Flag' &&
  (resource.code?.coding?.some((each) => each.system === gableCodeSystem && each.code === opened) ??
    false)

/** Somebody outside the care team has seen the record, or its essentials, because it could not wait. */
export const isEmergencyOpening = (resource: Resource): boolean =>
  isBreakGlass(resource) || isCardOpening(resource)

/** The alert of an opening: a Flag that only the service creates, and that a professional closes with a reason. */
export function cardOpeningToFhir(opening: CardOpening): Flag & { id: string } {
  const { id, person, name, role, words, at, alert } = opening
  return {
    ...{ resourceType: 'Flag', id, status: alert ? 'active' : 'inactive' },
    category: [{ coding: [{ system: gableCodeSystem, code: 'emergency-access' }] }],
    code: { coding: [{ system: gableCodeSystem, code: opened }] },
    subject: { reference: `Patient/${person}` },
    period: { start: at },
    extension: [
      { url: gableUrl('opener-name'), valueString: name },
      { url: gableUrl('opener-role'), valueCode: role },
      { url: gableUrl('words'), valueString: words },
    ],
  }
}

export function cardOpeningFromFhir(flag: Flag): CardOpening | undefined {
  if (!isCardOpening(flag)) return undefined
  const said = (name: string) => flag.extension?.find(({ url }) => url === gableUrl(name))
  return {
    id: flag.id ?? '',
    person: idIn(flag.subject?.reference),
    name: said('opener-name')?.valueString ?? '',
    role: cardOpenerIn(said('opener-role')?.valueCode) ?? 'someone-else',
    words: said('words')?.valueString ?? '',
    at: flag.period?.start ?? '',
    alert: flag.status === 'active',
  }
}

export const cardOpenerIn = (code: string | undefined): CardOpener | undefined =>
  cardOpeners.find((each) => each === code)
