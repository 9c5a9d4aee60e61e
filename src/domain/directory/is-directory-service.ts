import type { HealthcareService } from '@medplum/fhirtypes'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { DirectoryService } from './directory-service.ts'

const [entry, social] = ['directory-service', 'social-prescribing']

const isCoded = ({ category = [] }: HealthcareService, code: string) =>
  category.some((each) => each.coding?.some((one) => one.code === code))

/** An entry of the directory: other records of this type say when a telephone is answered. */
export const isDirectoryService = (service: HealthcareService): boolean => isCoded(service, entry)

export function directoryServiceFrom(service: HealthcareService): DirectoryService {
  const { id = '', name = '', providedBy, comment = '', coverageArea = [], active } = service
  const organisation = providedBy?.reference ? idIn(providedBy.reference) : undefined
  return {
    ...{ id, name, provider: providedBy?.display ?? '', what: comment },
    ...given('organisation', organisation),
    areas: coverageArea.flatMap(({ display }) => display ?? []),
    ...given('waitingWeeks', extensionOf(service, 'waiting-weeks')?.valueInteger),
    eligibility: service.eligibility?.[0]?.comment ?? '',
    howToRefer: service.referralMethod?.[0]?.text ?? '',
    phone: service.telecom?.find(({ system }) => system === 'phone')?.value ?? '',
    isSocial: isCoded(service, social),
    ...given('checkedOn', extensionOf(service, 'last-checked')?.valueDate),
    isEnded: active === false,
  }
}

/** The record of an entry, over what stands; anything else in it is kept. */
export function directoryServiceTo(
  service: DirectoryService,
  onto?: HealthcareService,
): HealthcareService & { id: string } {
  const { id, name, provider, organisation, what, areas, waitingWeeks, eligibility } = service
  const { howToRefer, phone, isSocial, checkedOn, isEnded } = service
  return {
    ...onto,
    ...{ resourceType: 'HealthcareService', id, active: !isEnded, name },
    category: [ownCode(entry), ...(isSocial ? [ownCode(social)] : [])],
    providedBy: {
      ...(organisation ? { reference: `Organization/${organisation}` } : {}),
      display: provider || name,
    },
    ...given('comment', what || undefined),
    coverageArea: areas.map((display) => ({ display })),
    ...(eligibility ? { eligibility: [{ comment: eligibility }] } : {}),
    ...(howToRefer ? { referralMethod: [{ text: howToRefer }] } : {}),
    ...(phone ? { telecom: [{ system: 'phone', value: phone }] } : {}),
    ...withExtensions(onto, {
      'waiting-weeks': waitingWeeks === undefined ? [] : [{ valueInteger: waitingWeeks }],
      'last-checked': checkedOn ? [{ valueDate: checkedOn }] : [],
    }),
  }
}
