import type { Organization, Patient, PatientContact, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { homeNumbers, homePlaceFrom, isNightNumber } from './home-place.ts'
import { careHomeCode, isCareHome } from './is-care-home.ts'

/** A care home in which the person lives, with its own people to call. */
export type CareHome = Readonly<{
  /** id of the Organization that its residents share; absent: a contact from before there was one */
  place?: string
  name: string
  phone: string
  /** who to call there at night */
  nightPhone: string
  manager: string
  /** who knows the person best there */
  keyWorker: string
  /** `YYYY-MM-DD` */
  since?: string
}>

const isHome = ({ relationship }: PatientContact) =>
  relationship?.some((each) =>
    each.coding?.some((one) => one.system === gableCodeSystem && one.code === careHomeCode),
  ) ?? false

const livesThere = (contact: PatientContact) => isHome(contact) && !contact.period?.end

/** A home is a contact of the person, so that whoever lists contacts lists it too. */
export function careHomeIn({ contact = [] }: Patient): CareHome | undefined {
  const home = contact.find(livesThere)
  if (!home) return undefined
  const numbers = (home.telecom ?? []).filter(({ use }) => use !== 'old')
  const about = (part: string) =>
    extensionOf(home as object, 'care-home')?.extension?.find(({ url }) => url === part)
      ?.valueString ?? ''
  return {
    ...given('place', placeOf(home)),
    name: home.organization?.display ?? '',
    phone: numbers.find((each) => !isNightNumber(each))?.value ?? '',
    nightPhone: numbers.find(isNightNumber)?.value ?? '',
    ...{ manager: about('manager'), keyWorker: about('key-worker') },
    ...given('since', home.period?.start),
  }
}

function contactOf(home: CareHome): PatientContact {
  const telecom = homeNumbers(home)
  const text = (url: string, words: string) => (words ? [{ url, valueString: words }] : [])
  const people = [...text('manager', home.manager), ...text('key-worker', home.keyWorker)]
  return {
    relationship: [{ ...ownCode(careHomeCode), text: 'Care home' }],
    organization: {
      ...given('reference', home.place && `Organization/${home.place}`),
      display: home.name,
    },
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(home.since ? { period: { start: home.since } } : {}),
    ...withExtensions(undefined, { 'care-home': people.length > 0 ? [{ extension: people }] : [] }),
  }
}

/** The person lives in this home now; the one before, if it is another, has ended. */
export function movedInto<P extends Patient>(patient: P, home: CareHome, today: string): P {
  const others = (patient.contact ?? []).flatMap((each) => {
    if (!livesThere(each)) return [each]
    const isSame =
      home.place && placeOf(each) ? placeOf(each) === home.place : nameOf(each) === home.name
    return isSame ? [] : [{ ...each, period: { ...each.period, end: today } }]
  })
  return { ...patient, contact: [...others, contactOf(home)] }
}

/** The person lives in no home any more. */
export const movedOut = <P extends Patient>(patient: P, today: string): P => ({
  ...patient,
  contact: (patient.contact ?? []).map((each) =>
    livesThere(each) ? { ...each, period: { ...each.period, end: today } } : each,
  ),
})

/** What is wrong with a home in somebody’s record, for who sends it; undefined for every other record. */
export function careHomeFault(resource: Resource): string | undefined {
  if (resource.resourceType !== 'Patient') return undefined
  const homes = (resource.contact ?? []).filter(livesThere)
  if (homes.length > 1) return 'A person lives in one care home. End the one before'
  const [home] = homes
  if (!home || placeOf(home)) return undefined
  return home.organization?.display?.trim() ? undefined : 'Say which care home it is'
}

const nameOf = ({ organization }: PatientContact) => organization?.display

const placeOf = ({ organization }: PatientContact): string | undefined =>
  idIn(organization?.reference) || undefined

/** The Organization in which the person lives now, by id. */
export const homePlaceIn = ({ contact = [] }: Patient): string | undefined => {
  const home = contact.find(livesThere)
  return home && placeOf(home)
}

/**
 * The person as the home’s own record has its name, numbers and manager: what stands in the person’s record beside the
 * reference is a copy of the day it was written.
 */
export function withHome<P extends Patient>(patient: P, organizations: readonly Resource[]): P {
  const place = homePlaceIn(patient)
  const found = organizations.find(
    (each): each is Organization => each.id === place && isCareHome(each),
  )
  const copied = careHomeIn(patient)
  if (!found || !copied) return patient
  const { name, phone, nightPhone, manager } = homePlaceFrom(found)
  const home = contactOf({ ...copied, name, phone, nightPhone, manager })
  const contact = (patient.contact ?? []).map((each) => (livesThere(each) ? home : each))
  return { ...patient, contact }
}
