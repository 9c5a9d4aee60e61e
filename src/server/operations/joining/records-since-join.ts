import type { Resource } from '@medplum/fhirtypes'
import { recordsSinceJoin } from '#domain/alike/part-records-request.ts'
import { hasWrittenNarrative } from '#domain/fhir/has-written-narrative.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { mustJoinRecords } from './join-records.ts'
import { type RecordsSince, recordsSince } from './records-since.ts'

/** What came to the record in use since two were joined: before they are parted, somebody says whose it is. */
export const recordsSinceJoinOperation: Operation = {
  name: 'records-since-join',
  on: 'system',
  changes: false,
  purpose:
    'What came to the record in use (keep) since another (join) was joined to it, to say whose it is; for administrators',
  async run(call) {
    const { actor, context } = call
    mustJoinRecords(actor)
    const both = askedParameters(call, joinRequest)
    const { since, groups, changed } = await recordsSince(context, both)
    const names = await organisationNames(context, groups)
    const shown = groups.flatMap(({ records }) => records.map(({ name }) => name))
    if (shown.length > 0)
      await note(context, new Map([[both.keep, shown]]), { act: 'R', way: '$records-since-join' })
    return recordsSinceJoin.write({
      ...(since ? { since: since.toISOString() } : {}),
      groups: groups.map(({ records, stays }) => ({
        stays,
        records: records.map(({ name, resource, at, org }) => ({
          ...{ id: name, at: at.toISOString() },
          ...wordsOf(resource),
          ...(org ? { from: names.get(org) ?? elsewhere } : {}),
          hasText: hasWrittenNarrative(resource),
        })),
      })),
      changed,
    })
  },
}

/** Of an organisation without a record here. */
const elsewhere = 'another organisation'

async function organisationNames(
  { service }: RequestContext,
  groups: RecordsSince['groups'],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(groups.flatMap(({ records }) => records.map(({ org }) => org)))
  const { rows } = await service.sql.query<{ id: string; name: string }>(
    `select id, content->>'name' as name from resource
     where rt = 'Organization' and id = any($1::text[]) and content->>'name' is not null`,
    [[...ids].filter((each) => each !== null)],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

type Named = Readonly<{ text?: string; display?: string; coding?: readonly Named[] }>

/** The first that says what it is. */
function wordsOf(resource: Resource): { words?: string } {
  const record = resource as unknown as Readonly<Record<string, unknown>>
  const said = [
    'code',
    'medicationCodeableConcept',
    'vaccineCode',
    'description',
    'title',
    'type',
    'class',
  ]
    .map((key) => textIn(record[key]))
    .find((text) => text !== undefined)
  return said ? { words: said } : {}
}

function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return textIn(value[0])
  const { text, display, coding } = (value ?? {}) as Named
  return text ?? display ?? coding?.find((each) => each.display)?.display
}
