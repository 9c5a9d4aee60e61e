import type { BundleEntry, Resource } from '@medplum/fhirtypes'
import { peoplePointedAt } from '#domain/access/record-owner.ts'
import { isResource } from '#domain/fhir/checked-json.ts'
import { chunkPlaceIn, type ImportChunk } from './import-chunk.ts'
import { type ImportRefusal, type ImportTally, nothingYet } from './tally.ts'

type Left = Readonly<{ chunk: ImportChunk | undefined; tally: ImportTally }>

/**
 * Leaves out of a request what is about people whom an earlier one refused as somebody else here: a file of conditions
 * may come long after the file of people. `chunk` is absent if nothing is left of it.
 */
export function leaveOut(
  chunk: ImportChunk,
  others: ReadonlySet<string>,
  { file, before }: Readonly<{ file: string; before: number }>,
): Left {
  const untouched = { chunk, tally: nothingYet }
  if (others.size === 0 || !namesOneOf(chunk.body, others)) return untouched
  const isOther = (resource: Resource | undefined) =>
    peoplePointedAt(resource).find((id) => others.has(id))
  const records = recordsIn(chunk)
  const refused = records.map(({ resource }) => isOther(resource))
  if (refused.every((id) => id === undefined)) return untouched
  const place = chunkPlaceIn(chunk, before)
  const all = records.map(({ resource }, index) => ({ resource, index, id: refused[index] }))
  const isWhole = chunk.contentType === 'application/fhir+json'
  const out = isWhole ? all : all.filter(({ id }) => id !== undefined)
  const left = isWhole ? [] : all.filter(({ id }) => id === undefined)
  const tally = tallyOfLeft(
    out.map(({ resource, index, id }) => ({
      ...{ file, place: place(index), type: resource?.resourceType ?? 'unknown' },
      id: resource?.id ?? '',
      reason: id ? `It is about Patient/${id}, which was refused` : 'It came in the same bundle',
    })),
  )
  if (left.length === 0) return { chunk: undefined, tally }
  const body = left.map(({ index }) => records[index]?.text ?? '').join('\n')
  const rows = left.map(({ index }) => place(index))
  return { chunk: { ...chunk, body, rows, records: left.length }, tally }
}

function namesOneOf(body: string, others: ReadonlySet<string>): boolean {
  for (const [, id = ''] of body.matchAll(/Patient\/([A-Za-z0-9\-.]{1,64})/g))
    if (others.has(id)) return true
  return false
}

type Record = Readonly<{ text: string; resource: Resource | undefined }>

function recordsIn({ body, contentType }: ImportChunk): readonly Record[] {
  if (contentType === 'application/fhir+ndjson')
    return body.split('\n').map((text) => ({ text, resource: resourceIn(parsed(text)) }))
  const whole = resourceIn(parsed(body))
  const entries: readonly BundleEntry[] =
    whole?.resourceType === 'Bundle' ? (whole.entry ?? []) : whole ? [{ resource: whole }] : []
  return entries.map(({ resource }) => ({ text: '', resource }))
}

const resourceIn = (value: unknown) => (isResource(value) ? value : undefined)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tallyOfLeft(refusals: readonly ImportRefusal[]): ImportTally {
  const none = { created: 0, updated: 0, unchanged: 0, keptOurs: 0 }
  const byType = Map.groupBy(refusals, ({ type }) => type)
  const counts = [...byType].map(([type, some]) => ({ type, ...none, refused: some.length }))
  return {
    ...nothingYet,
    totals: { ...nothingYet.totals, refusals: refusals.length },
    counts,
    refusals,
  }
}
