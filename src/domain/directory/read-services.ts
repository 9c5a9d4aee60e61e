import type { Bundle, HealthcareService } from '@medplum/fhirtypes'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import { csvRows } from '#domain/import/csv/csv.ts'
import { type DirectoryService, serviceFault } from './directory-service.ts'
import { directoryServiceFrom, isDirectoryService } from './is-directory-service.ts'

/** A line of a file that is not taken, and why. */
export type RefusedService = Readonly<{ line: number; name: string; reason: string }>
/** What a file says about a service; `isSocial` absent: it does not say. */
export type FiledService = Omit<DirectoryService, 'isSocial'> & Readonly<{ isSocial?: boolean }>
export type ReadServices = Readonly<{
  services: readonly Readonly<{ line: number; service: FiledService }>[]
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

function serviceIn(cell: (heading: Heading) => string): FiledService {
  const weeks = weeksIn(cell('waiting weeks'))
  const checkedOn = cell('last checked')
  const social = cell('social')
  return {
    ...{ id: '', name: cell('name'), provider: cell('provider'), what: cell('what') },
    areas: cell('area')
      .split(/[;|]/)
      .map((each) => each.trim())
      .filter(Boolean),
    ...(weeks === undefined ? {} : { waitingWeeks: weeks }),
    ...{ eligibility: cell('eligibility'), howToRefer: cell('how to refer') },
    phone: cell('telephone'),
    ...(social ? { isSocial: /^(?:yes|y|true|1)$/i.test(social) } : {}),
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

function fromElsewhere(resource: HealthcareService, bundle: Bundle): FiledService {
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
  const { organisation: _elsewhere, isSocial, ...rest } = service
  const social = isSocial || isDirectoryService(resource) ? { isSocial } : {}
  return {
    ...rest,
    ...social,
    areas,
    provider: providedBy?.display ?? named(providedBy?.reference) ?? '',
  }
}

type Read = Readonly<{ line: number; broken: boolean; service: FiledService | undefined }>

function sorted(read: readonly Read[], today: string): ReadServices {
  const seen = new Set<string>()
  const services: { line: number; service: FiledService }[] = []
  const refused: RefusedService[] = []
  for (const { line, broken, service } of read) {
    const reason = reasonAgainst(broken ? undefined : service, today, seen)
    if (reason) refused.push({ line, name: service?.name ?? '', reason })
    else if (service) services.push({ line, service })
  }
  return { services, refused }
}

/** Why a line is not taken; one that is taken has been seen. */
function reasonAgainst(
  service: FiledService | undefined,
  today: string,
  seen: Set<string>,
): string | undefined {
  if (!service) return 'This line cannot be read'
  const fault = serviceFault({ isSocial: false, ...service }, today)
  if (fault) return fault
  const key = serviceKey(service)
  if (seen.has(key)) return 'The same service stands in the file before'
  seen.add(key)
  return undefined
}

/** One entry for a service of a provider, however often its file is read. Nobody named runs it: it stands under its own name. */
export const serviceKey = ({ name, provider }: Pick<DirectoryService, 'name' | 'provider'>) =>
  `${name.trim().toLowerCase()} | ${(provider.trim() || name.trim()).toLowerCase()}`

/**
 * What a file says, over the entry that stands: what it leaves empty stays, and so does the end of a service. The entry counts as
 * checked on the day that the file names; facts that nobody dated are checked by nobody.
 */
export function overStanding(service: FiledService, stands: DirectoryService): DirectoryService {
  const { checkedOn: day, ...standing } = stands
  const said = Object.fromEntries(
    Object.entries(service).filter(([, value]) => !isEmpty(value)),
  ) as Partial<DirectoryService>
  const { id, isEnded } = stands
  const next = { ...standing, ...said, id, isEnded: isEnded || service.isEnded }
  if (service.checkedOn || !day) return next
  const isSame = hasSameContent({ ...next }, { ...standing })
  return isSame ? { ...next, checkedOn: day } : next
}

const isEmpty = (value: unknown) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
