import type { Bundle } from '@medplum/fhirtypes'
import { startOfDay } from '#domain/calendar/zone.ts'
import { noteShown } from '#server/http/request-context.ts'
import { pageSize, wholeRecord } from '#server/interactions/read.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'

/** The person's whole record: all of it, or pages of `_count`. */
export const everythingOperation: Operation = {
  name: 'everything',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'The whole record of a person, and what it refers to; readings-since (a day): without older readings',
  records: (answer) =>
    answer.resourceType === 'Bundle'
      ? (answer.entry ?? []).flatMap(({ resource }) => resource ?? [])
      : [],
  async run({ id = '', query, scope, store, context }) {
    mustAskForAll(query)
    const paged = query.has('_count')
    const count = paged ? Math.max(1, pageSize(query.get('_count'), 1000)) : 1_000_000
    const offset = paged ? (wholeRecord(query.get('_offset')) ?? 0) : 0
    const since = query.get('readings-since')
    const readingsSince = since === null ? undefined : dayAsked(since, context.zone)
    const found = await store.everything(id, scope, { count, offset, readingsSince })
    await noteShown(context, found.resources, '$everything')
    const here = `${context.base}/Patient/${id}/$everything`
    const kept = since === null ? '' : `readings-since=${since}`
    const more = paged && offset + found.resources.length < found.total
    const at = (from: number) =>
      `${here}?${[kept, `_count=${count}`, `_offset=${from}`].filter(Boolean).join('&')}`
    const next = at(offset + count)
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: found.total,
      link: [
        { relation: 'self', url: paged ? at(offset) : [here, kept].filter(Boolean).join('?') },
        ...(more ? [{ relation: 'next', url: next }] : []),
      ],
      entry: found.resources.map((resource) => ({
        fullUrl: `${context.base}/${resource.resourceType}/${resource.id}`,
        resource,
        search: { mode: 'match' },
      })),
    }
    return bundle
  },
}

/** The first moment of the day from which readings are wanted. */
function dayAsked(day: string, zone: string): Date {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new FhirProblem(400, 'value', 'Say readings-since as a day: 2026-03-01')
  return startOfDay(day, zone)
}

const narrowing = ['_since', '_type', 'start', 'end']

/** A part of the record must not be taken for the whole of it, nor the whole for the requested part. */
function mustAskForAll(query: URLSearchParams): void {
  const unsupported = narrowing.find((name) => query.has(name))
  if (unsupported === undefined) return
  const text = `$everything returns the whole record: ${unsupported} is not supported`
  throw new FhirProblem(400, 'not-supported', text)
}
