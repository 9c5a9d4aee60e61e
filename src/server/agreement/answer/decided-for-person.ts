import type { Observation } from '@medplum/fhirtypes'
import {
  type BestInterestsRecord,
  type CapacityRecord,
  capacityNow,
} from '#domain/agreement/capacity.ts'
import { bestInterestsFromFhir, capacityFromFhir } from '#domain/agreement/capacity-fhir.ts'
import type { AnswerWay } from '#domain/agreement/given-how.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import type { AnsweredPlan } from './versions-covered.ts'

const problem = (text: string) => new FhirProblem(422, 'business-rule', text)

/**
 * Capacity is presumed: nobody answers for a person unless it was established, for this decision and still so today,
 * that the person cannot decide it. Returns the record that says so.
 */
export async function mustDecideForPerson(
  context: RequestContext,
  way: AnswerWay,
  { person, content }: AnsweredPlan,
): Promise<string> {
  const records = await decisionRecords(context, person)
  const today = dayIn(context.zone, context.now)
  const capacity = records.flatMap((each): readonly CapacityRecord[] => {
    const read = capacityFromFhir(each)
    return read ? [read] : []
  })
  const found = capacityNow(capacity, content.id, today)
  if (!found || found.record.hasCapacity)
    throw problem(
      'The person is taken to be able to decide this. Somebody else can answer only if a capacity record for this decision says otherwise',
    )
  if (found.overdue)
    throw problem(
      'The capacity record was to be looked at again. Do that first: it may have changed',
    )
  const reference = `Observation/${found.record.id}`
  if (way === 'best-interests') mustBeInBestInterests(records, { planId: content.id, reference })
  return reference
}

function mustBeInBestInterests(
  records: readonly Observation[],
  { planId, reference }: Readonly<{ planId: string; reference: string }>,
): void {
  const all = records.flatMap((each): readonly BestInterestsRecord[] => {
    const read = bestInterestsFromFhir(each)
    return read ? [read] : []
  })
  if (!all.some((each) => each.planId === planId && each.capacity === reference))
    throw problem('First record why this is in the person’s best interests, and who was asked')
}

/** As far as the recorder may see them: they are restricted. */
export async function decisionRecords(
  { sql, accessScope, now }: RequestContext,
  person: string,
): Promise<readonly Observation[]> {
  const params = new Params()
  const { rows } = await sql.query<StoredVersionRow>(
    `select r.rt, r.id, r.vid, r.ts, r.person, r.content from resource r
      where r.rt = 'Observation' and r.person = ${params.add(person, 'text')} and r.content is not null
        and r.content #>> '{code,coding,0,system}' = ${params.add(gableCodeSystem, 'text')}
        and r.content #>> '{code,coding,0,code}' in ('capacity-decision', 'best-interests')
        and ${scopeSql(accessScope.scope, 'r', params, now)}`,
    params.values,
  )
  return rows.map((row) => ({
    ...(completeRow({ ...row, content: row.content as Observation }) as Observation),
    id: row.id,
  }))
}
