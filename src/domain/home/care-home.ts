import type { ContactPoint, Patient, PatientContact, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'

/** A care home in which the person lives, with its own people to call. */
export type CareHome = Readonly<{
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

const code = 'care-home'
/** Stored beside the number, where every list of contacts shows it. */
const atNight = 'at night'

const isHome = ({ relationship }: PatientContact) =>
  relationship?.some((each) =>
    each.coding?.some((one) => one.system === gableCodeSystem && one.code === code),
  ) ?? false

const livesThere = (contact: PatientContact) => isHome(contact) && !contact.period?.end

/** A home is a contact of the person, so that whoever lists contacts lists it too. */
export function careHomeIn({ contact = [] }: Patient): CareHome | undefined {
  const home = contact.find(livesThere)
  if (!home) return undefined
  const numbers = (home.telecom ?? []).filter(({ use }) => use !== 'old')
  const isNight = (each: ContactPoint) =>
    extensionOf(each as object, 'call-when')?.valueString === atNight
  const about = (part: string) =>
    extensionOf(home as object, 'care-home')?.extension?.find(({ url }) => url === part)
      ?.valueString ?? ''
  return {
    name: home.organization?.display ?? '',
    phone: numbers.find((each) => !isNight(each))?.value ?? '',
    nightPhone: numbers.find(isNight)?.value ?? '',
    ...{ manager: about('manager'), keyWorker: about('key-worker') },
    ...given('since', home.period?.start),
  }
}

function contactOf(home: CareHome): PatientContact {
  const night = withExtensions(undefined, { 'call-when': [{ valueString: atNight }] })
  const telecom: ContactPoint[] = [
    ...(home.phone ? [{ system: 'phone' as const, value: home.phone, rank: 1 }] : []),
    ...(home.nightPhone ? [{ system: 'phone' as const, value: home.nightPhone, ...night }] : []),
  ]
  const text = (url: string, words: string) => (words ? [{ url, valueString: words }] : [])
  const people = [...text('manager', home.manager), ...text('key-worker', home.keyWorker)]
  return {
    relationship: [{ ...ownCode(code), text: 'Care home' }],
    organization: { display: home.name },
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(home.since ? { period: { start: home.since } } : {}),
    ...withExtensions(undefined, { 'care-home': people.length > 0 ? [{ extension: people }] : [] }),
  }
}

/** The person lives in this home now; the one before, if it is another, has ended. */
export function movedInto<P extends Patient>(patient: P, home: CareHome, today: string): P {
  const others = (patient.contact ?? []).flatMap((each) => {
    if (!livesThere(each)) return [each]
    const isSame = each.organization?.display === home.name
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
  if (!home) return undefined
  return home.organization?.display?.trim() ? undefined : 'Say which care home it is'
}
