import type { Provenance, Resource } from '@medplum/fhirtypes'
import { type Agreement, isInPart, lastAgreed } from '#domain/agreement/agreement.ts'
import { agreementFromFhir, eventFromFhir } from '#domain/agreement/fhir.ts'
import { withStanding } from '#domain/agreement/part-mark.ts'
import { stillToAgree } from '#domain/agreement/still-to-agree.ts'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import { needFromFhir } from '#domain/plan/fhir.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { storedLastChanges } from '#server/operations/plan/last-changes.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'

/** What the last yes left out and nobody has changed since, by name, with the person’s words about each. */
export type StillLeftOut = Readonly<{
  since: Agreement
  parts: readonly Readonly<{ name: string; words: string }>[]
}>

export const answersAbout = (
  plan: Plan | undefined,
  said: readonly Provenance[],
): readonly Agreement[] =>
  said.flatMap((each) => agreementFromFhir(each) ?? []).filter(({ planId }) => planId === plan?.id)

/** Nothing more is read for a person without a yes in part. What the caller may not see is not named. */
export async function stillLeftOut(
  call: OperationCall,
  person: string,
  agreements: readonly Agreement[],
): Promise<StillLeftOut | undefined> {
  const last = lastAgreed(agreements)
  if (!last || !isInPart(last)) return undefined
  const changes = await storedLastChanges(call, person)
  const events = changes.flatMap((each) => eventFromFhir(each) ?? [])
  const now = await partsNow(call, person, last.notAgreed ?? [])
  const standing = withStanding(agreements, [...now.values()])
  const { leftOut = [] } = stillToAgree({ agreements: standing, events }) ?? {}
  const parts = leftOut.flatMap(({ record, words }) => {
    const part = now.get(record)
    return part ? [{ name: nameOf(part, call.context.zone), words }] : []
  })
  return parts.length > 0 ? { since: last, parts } : undefined
}

type Row = Omit<StoredVersionRow, 'content'> & { content: Resource }

/** The parts as they are now, as far as the caller may see them. */
async function partsNow(
  { sql, scope, now }: OperationCall,
  person: string,
  leftOut: readonly Readonly<{ record: string }>[],
): Promise<ReadonlyMap<string, Resource>> {
  if (leftOut.length === 0) return new Map()
  const params = new Params()
  const wanted = params.add(
    leftOut.map(({ record }) => record),
    'text[]',
  )
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.vid, r.ts, r.person, r.content
     from unnest(${wanted}) as w join resource r on r.rt = split_part(w, '/', 1) and r.id = split_part(w, '/', 2)
     where r.person = ${params.add(person, 'text')} and r.content is not null
       and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return new Map(rows.map((row) => [`${row.rt}/${row.id}`, completeRow(row)]))
}

function nameOf(resource: Resource, zone: string): string {
  if (resource.resourceType === 'Goal') return goalFromFhir(resource).words
  if (resource.resourceType === 'Task') return actionFromFhir(resource, zone).what
  if (resource.resourceType === 'Condition') return needFromFhir(resource).words
  return 'If things get worse'
}
