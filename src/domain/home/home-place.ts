import type {
  ContactPoint,
  Identifier,
  Organization,
  OrganizationContact,
  Resource,
} from '@medplum/fhirtypes'
import { odsCodeSystem } from '#domain/fhir/codes.ts'
import { anyDay, isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { extensionOf, ownCode, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import { careHomeCode, isCareHome } from './is-care-home.ts'

/** A care home as its residents share it. */
export type HomePlace = Readonly<{
  /** id of the Organization */
  id: string
  name: string
  phone: string
  nightPhone: string
  manager: string
  address: string
  postcode: string
  /** the code by which the NHS knows it, if it is recorded and has not ended */
  ods: string
}>

/** Stored beside a number, where every list of contacts shows it. */
const atNight = 'at night'

export const isNightNumber = (each: ContactPoint): boolean =>
  extensionOf(each as object, 'call-when')?.valueString === atNight

/** The numbers of a home by day and at night. */
export function homeNumbers({
  phone,
  nightPhone,
}: Pick<HomePlace, 'phone' | 'nightPhone'>): ContactPoint[] {
  const night = withExtensions(undefined, { 'call-when': [{ valueString: atNight }] })
  return [
    ...(phone ? [{ system: 'phone' as const, value: phone, rank: 1 }] : []),
    ...(nightPhone ? [{ system: 'phone' as const, value: nightPhone, ...night }] : []),
  ]
}

/** `today`: for the code alone; without it, one that has ended counts, too. */
export function homePlaceFrom(organization: Organization, today = anyDay): HomePlace {
  const {
    id = '',
    name = '',
    telecom = [],
    contact = [],
    address = [],
    identifier = [],
  } = organization
  const numbers = telecom.filter(({ use }) => use !== 'old')
  const [at] = address.filter(({ use }) => use !== 'old')
  const lines = [...(at?.line ?? []), at?.city ?? ''].filter(Boolean)
  return {
    ...{ id, name },
    phone: numbers.find((each) => !isNightNumber(each))?.value ?? '',
    nightPhone: numbers.find(isNightNumber)?.value ?? '',
    manager: contact.find(isManager)?.name?.text ?? '',
    address: lines.length > 0 ? lines.join(', ') : (at?.text ?? ''),
    postcode: at?.postalCode ?? '',
    ods: identifier.find((each) => isOdsCode(each, today))?.value ?? '',
  }
}

const isOdsCode = (each: Identifier, today: string) =>
  each.system === odsCodeSystem && isCurrentIdentifier(each, today)

const adminPurpose = 'http://terminology.hl7.org/CodeSystem/contactentity-type'
const isManager = ({ purpose }: OrganizationContact) =>
  purpose?.coding?.some(({ code }) => code === 'ADMIN') ?? false

/** The home as it is stored. What others wrote beside it stays. */
export function homePlaceToOrganisation(
  place: HomePlace,
  onto?: Organization,
): Organization & { id: string } {
  const { contact: _contact, address: _address, telecom: _telecom, ...rest } = onto ?? {}
  const others = (onto?.contact ?? []).filter((each) => !isManager(each))
  const purpose = { coding: [{ system: adminPurpose, code: 'ADMIN' }] }
  const manager = place.manager ? [{ purpose, name: { text: place.manager } }] : []
  const telecom = homeNumbers(place)
  const contact = [...others, ...manager]
  const at = place.address || place.postcode
  return {
    ...(rest as Partial<Organization>),
    ...{ resourceType: 'Organization', id: place.id, active: true, name: place.name },
    type: onto?.type ?? [{ ...ownCode(careHomeCode), text: 'Care home' }],
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(at ? { address: [addressOf(place)] } : {}),
    ...(contact.length > 0 ? { contact } : {}),
  }
}

const addressOf = ({ address, postcode }: HomePlace) => ({
  ...(address ? { line: [address] } : {}),
  ...(postcode ? { postalCode: postcode } : {}),
})

const folded = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Homes that may be the same one: the same code, or the same name, unless both say another postcode. A person decides. */
export const homesAlike = (
  homes: readonly HomePlace[],
  typed: Pick<HomePlace, 'id' | 'name' | 'postcode' | 'ods'>,
): readonly HomePlace[] =>
  homes.filter(({ id, name, postcode, ods }) => {
    if (id === typed.id) return false
    if (ods && ods === typed.ods) return true
    const isElsewhere = postcode && typed.postcode && folded(postcode) !== folded(typed.postcode)
    return folded(name) === folded(typed.name) && !isElsewhere
  })

/** What is wrong with a care home, for who sends it; undefined for every other record. */
export function homePlaceFault(resource: Resource): string | undefined {
  if (resource.resourceType !== 'Organization' || !isCareHome(resource)) return undefined
  return resource.name?.trim() ? undefined : 'Say which care home it is'
}
