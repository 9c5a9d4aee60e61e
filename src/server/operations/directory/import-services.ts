import type { Bundle, HealthcareService } from '@medplum/fhirtypes'
import {
  directoryServiceFrom,
  directoryServiceTo,
  isDirectoryService,
} from '#domain/directory/is-directory-service.ts'
import {
  type FiledService,
  mostServices,
  overStanding,
  type ReadServices,
  type RefusedService,
  serviceKey,
  servicesInBundle,
  servicesInCsv,
} from '#domain/directory/read-services.ts'
import {
  importServicesAnswer,
  importServicesRequest,
} from '#domain/directory/save-service-request.ts'
import { hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { type KeptService, keepServices, mustKeepDirectory } from './kept-services.ts'

/**
 * Reads a list of services into the directory. An entry is known again by its name and who runs it; what the file does not say
 * stays, and so does that a service is ended. Lines that cannot be taken, or were checked before the entry was, are refused with
 * the reason; the others are taken.
 */
export const importServicesOperation: Operation = {
  name: 'import-services',
  on: 'type',
  type: 'HealthcareService',
  changes: true,
  purpose:
    'Reads a list of services into the directory: csv (a text with headings) or bundle (HealthcareService with Organization and Location), trial (only say what would happen); returns added, changed, same, and each refused line with the reason; for administrators, managers, case managers and social workers',
  async run(call) {
    mustKeepDirectory(call.actor)
    const { trial, ...file } = askedParameters(call, importServicesRequest)
    const { services, refused } = readFrom(call, file)
    return await withinRecord(call.context, async (inside) => {
      await inside.service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        'directory import',
      ])
      const found = await standing(inside)
      const isOlder = ({ line, service }: Filed) => olderThan({ line, service }, found)
      const older = services.flatMap((each) => isOlder(each) ?? [])
      const read = services
        .filter((each) => !isOlder(each))
        .map(({ service }) => mergedWith(service, found.get(serviceKey(service))))
      const fresh = read.filter(({ before }) => !before)
      const changed = read.filter(
        ({ record, before }) => before && !hasSameContent(plain(record), plain(before)),
      )
      if (!trial && fresh.length + changed.length > 0)
        await keepServices(
          inside,
          [...fresh, ...changed].map(({ record }) => record),
          '$import-services',
        )
      return importServicesAnswer.write({
        ...{ added: fresh.length, changed: changed.length },
        same: read.length - fresh.length - changed.length,
        refused: [...refused, ...older].toSorted((one, other) => one.line - other.line),
      })
    })
  },
}

const plain = ({ meta: _meta, ...rest }: KeptService) => rest

function readFrom(
  { today }: OperationCall,
  { csv, bundle }: Readonly<{ csv: string; bundle?: Bundle | undefined }>,
): ReadServices {
  const read = bundle ? servicesInBundle(bundle, today) : servicesInCsv(csv, today)
  if (!read)
    throw new FhirProblem(
      ...([422, 'business-rule'] as const),
      'The first line of the file names the columns: name and how to refer are needed',
      { expression: 'csv' },
    )
  if (read.services.length > mostServices)
    throw new FhirProblem(422, 'business-rule', `Send at most ${mostServices} services at once`)
  return read
}

async function standing({ service }: RequestContext): Promise<ReadonlyMap<string, KeptService>> {
  const { rows } = await service.sql.query<{ id: string; content: unknown }>(
    `select id, content from resource where rt = 'HealthcareService' and content is not null
       and content -> 'category' @> '[{"coding":[{"code":"directory-service"}]}]'`,
  )
  const kept = rows
    .map(({ id, content }) => ({ ...(storedRecord(content) as HealthcareService), id }))
    .filter(isDirectoryService)
  return new Map(kept.map((each) => [serviceKey(directoryServiceFrom(each)), each]))
}

type Filed = ReadServices['services'][number]

/** A line whose facts are older than the check of the entry that stands, and that says something else. */
function olderThan(
  { line, service }: Filed,
  found: ReadonlyMap<string, KeptService>,
): RefusedService | undefined {
  const before = found.get(serviceKey(service))
  const { checkedOn: day } = before ? directoryServiceFrom(before) : {}
  if (!before || !day || !service.checkedOn || service.checkedOn >= day) return undefined
  const { record } = mergedWith({ ...service, checkedOn: day }, before)
  if (hasSameContent(plain(record), plain(before))) return undefined
  return { line, name: service.name, reason: `The entry here was checked later, on ${day}` }
}

function mergedWith(service: FiledService, before: KeptService | undefined) {
  if (!before) {
    const id = `service-${sha256Hex(serviceKey(service)).slice(0, 32)}`
    return { record: directoryServiceTo({ isSocial: false, ...service, id }), before }
  }
  const stands = directoryServiceFrom(before)
  const day = [service.checkedOn, stands.checkedOn].flatMap((each) => each ?? []).toSorted()
  // the same facts as those that were checked later: the later day stays
  const dated = service.checkedOn
    ? { ...service, checkedOn: day.at(-1) ?? service.checkedOn }
    : service
  return { record: directoryServiceTo(overStanding(dated, stands), before), before }
}
