import type { Bundle, HealthcareService } from '@medplum/fhirtypes'
import { csvRows } from '#domain/import/csv/csv.ts'
import { type DirectoryService, serviceFault } from './directory-service.ts'
import { directoryServiceFrom } from './is-directory-service.ts'

/** A line of a file that is not taken, and why. */
export type RefusedService = Readonly<{ line: number; name: string; reason: string }>
export type ReadServices = Readonly<{
  services: readonly DirectoryService[]
  refused: readonly RefusedService[]
}>

/** The headings of a list of services; the first two are needed. */
export const serviceHeadings = [
  ...(['name', 'how to refer', 'provider', 'what', 'area', 'waiting weeks'] as const),
  ...(['eligibility', 'telephone', 'social', 'last checked'] as const),
] as const
type Heading = (typeof serviceHeadings)[number]

export const mostServices = 5000

/** Undefined: the file has no line with these headings. */
export function servicesInCsv(text: string, today: string): ReadServices | undefined {
  const [head, ...rows] = csvRows(text)
  const names = head?.cells.map((cell) => cell.toLowerCase().trim()) ?? []
  if (!names.includes('name')) return undefined
  const read = rows.map(({ row, cells, broken }) => {
    const cell = (heading: Heading) => cells[names.indexOf(heading)]?.trim() ?? ''
    return { line: row, broken: broken === true, service: serviceIn(cell) }
  })
  return sorted(read, today)
}

const weeksIn = (text: string) => (text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : -1)

function serviceIn(cell: (heading: Heading) => string): DirectoryService {
  const weeks = weeksIn(cell('waiting weeks'))
  const checkedOn = cell('last checked')
  return {
    ...{ id: '', name: cell('name'), provider: cell('provider'), what: cell('what') },
    areas: cell('area')
      .split(/[;|]/)
      .map((each) => each.trim())
      .filter(Boolean),
    ...(weeks === undefined ? {} : { waitingWeeks: weeks }),
    ...{ eligibility: cell('eligibility'), howToRefer: cell('how to refer') },
    ...{ phone: cell('telephone'), isSocial: /^(?:yes|y|true|1)$/i.test(cell('social')) },
    ...(checkedOn ? { checkedOn } : {}),
    isEnded: false,
  }
}

/** The HealthcareServices of a Bundle; anything else in it is refused by name. */
export function servicesInBundle(bundle: Bundle, today: string): ReadServices {
  const read = (bundle.entry ?? []).flatMap(({ resource }, at): readonly Read[] => {
    // they say where a service is, or who runs it, and stand in it by name
    if (['Organization', 'Location', 'Endpoint'].includes(resource?.resourceType ?? '')) return []
    if (resource?.resourceType !== 'HealthcareService')
      return [{ line: at + 1, broken: true, service: undefined }]
    return [{ line: at + 1, broken: false, service: fromElsewhere(resource, bundle) }]
  })
  return sorted(read, today)
}

function fromElsewhere(resource: HealthcareService, bundle: Bundle): DirectoryService {
  const service = directoryServiceFrom(resource)
  const named = (reference: string | undefined) => {
    const found = bundle.entry?.find(
      ({ resource: each, fullUrl }) =>
        reference && (fullUrl === reference || `${each?.resourceType}/${each?.id}` === reference),
    )?.resource
    return found && 'name' in found && typeof found.name === 'string' ? found.name : undefined
  }
  const { providedBy, coverageArea = [], location = [] } = resource
  const areas = [...coverageArea, ...(coverageArea.length > 0 ? [] : location)].flatMap(
    ({ display, reference }) => display ?? named(reference) ?? [],
  )
  const { organisation: _elsewhere, ...rest } = service
  return { ...rest, areas, provider: providedBy?.display ?? named(providedBy?.reference) ?? '' }
}

type Read = Readonly<{ line: number; broken: boolean; service: DirectoryService | undefined }>

function sorted(read: readonly Read[], today: string): ReadServices {
  const seen = new Set<string>()
  const services: DirectoryService[] = []
  const refused: RefusedService[] = []
  for (const { line, broken, service } of read) {
    const reason = reasonAgainst(broken ? undefined : service, today, seen)
    if (reason) refused.push({ line, name: service?.name ?? '', reason })
    else if (service) services.push(service)
  }
  return { services, refused }
}

/** Why a line is not taken; one that is taken has been seen. */
function reasonAgainst(
  service: DirectoryService | undefined,
  today: string,
  seen: Set<string>,
): string | undefined {
  if (!service) return 'This line cannot be read'
  const fault = serviceFault(service, today)
  if (fault) return fault
  const key = serviceKey(service)
  if (seen.has(key)) return 'The same service stands in the file before'
  seen.add(key)
  return undefined
}

/** One entry for a service of a provider, however often its file is read. */
export const serviceKey = ({ name, provider }: DirectoryService): string =>
  `${name.trim().toLowerCase()} | ${provider.trim().toLowerCase()}`
