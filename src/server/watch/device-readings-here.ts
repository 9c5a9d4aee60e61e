import type { Observation } from '@medplum/fhirtypes'
import { codesOf } from '#domain/reading/codes.ts'
import { readingFromFhir } from '#domain/reading/fhir.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Context = Pick<RequestContext, 'service' | 'pendingWrites'>
type Asked = Readonly<{ person: string; kind: ReadingKind; at: string }>
type Span = Readonly<{ from: number; to: number }>
type Here = Readonly<{ span: Span; found: readonly Observation[] }>

/** What each transaction has read: its own writes are in `pendingWrites`, those of others wait for its lock. */
const read = new WeakMap<RequestContext['pendingWrites'], Map<string, Here>>()

/**
 * Readings of this kind that devices took of the person around the times that are being sent: read once for all of a transaction.
 * Another transaction that asks for the same person waits until this one ends.
 */
export async function deviceReadingsHere(
  context: Context,
  asked: Asked,
): Promise<readonly Observation[]> {
  const known = read.get(context.pendingWrites) ?? new Map<string, Here>()
  read.set(context.pendingWrites, known)
  const key = `${asked.kind} ${asked.person}`
  const moment = Date.parse(asked.at)
  const before = known.get(key)
  const here = before && covers(before.span, moment) ? before : await load(context, asked)
  known.set(key, here)
  return here.found
}

const covers = ({ from, to }: Span, moment: number) => from <= moment && moment <= to

/** A reading that is kept in this transaction counts for the ones after it. */
export function rememberDeviceReading(
  { pendingWrites }: Context,
  { person, kind }: Asked,
  kept: Observation,
): void {
  const known = read.get(pendingWrites)
  const key = `${kind} ${person}`
  const here = known?.get(key)
  if (here) known?.set(key, { ...here, found: [...here.found, kept] })
}

async function load({ service, pendingWrites }: Context, asked: Asked): Promise<Here> {
  const { person, kind, at } = asked
  const span = spanOf([at, ...timesSent(pendingWrites, kind)])
  await service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `device ${person}`,
  ])
  const { rows } = await service.sql.query<{ id: string; content: unknown }>(
    `select r.id, r.content from resource r
     where r.rt = 'Observation' and r.person = $1 and r.content is not null
       and (r.dt is null or (r.dt <= $3 and coalesce(r.until, r.dt) >= $2))
       and r.content ? 'device'
       and exists (select 1 from jsonb_array_elements(r.content #> '{code,coding}') as o
         where o ->> 'code' = any($4::text[]))`,
    [person, span.from, span.to, codesOf([kind])],
  )
  const found = rows.map(({ id, content }) => ({ ...(storedRecord(content) as Observation), id }))
  return { span, found }
}

function timesSent(sent: RequestContext['pendingWrites'], kind: ReadingKind): readonly string[] {
  return [...sent.values()].flatMap((each) => {
    if (each.resourceType !== 'Observation' || !each.device) return []
    const reading = readingFromFhir(each)
    return reading?.kind === kind ? [reading.at] : []
  })
}

/** A day alone is read as one of the zone of the service: a day more on both sides. */
const day = 86_400_000

function spanOf(times: readonly string[]): Span {
  const moments = times.map((each) => Date.parse(each)).filter((each) => !Number.isNaN(each))
  return { from: Math.min(...moments) - day, to: Math.max(...moments) + day }
}
