import type { Patient, Task } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import type { HandOver } from '#domain/team/hand-over.ts'
import { handOverFromFhir } from '#domain/team/hand-over-fhir.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{
  id: string
  task: Task | string
  patient: Patient | string
  all: string | number
}>
type PendingHandOver = Readonly<{ handOver: HandOver; who: NonNullable<Today['others']>[number] }>

const waiting = `('requested', 'received', 'accepted', 'ready', 'in-progress', 'on-hold')`

/**
 * Those of these tasks in which another practice asks the reader’s to take a person on, and that wait for an answer.
 */
export const openHandOvers = (
  tasks: readonly Task[],
  { organisation }: Actor,
): readonly HandOver[] =>
  tasks
    .flatMap((each) => handOverFromFhir(each) ?? [])
    .filter(
      ({ state, to }) =>
        state === 'asked' &&
        organisation !== undefined &&
        to.reference === `Organization/${organisation}`,
    )

/** People whom another practice asks the reader’s to take on, and who are not on the reader’s caseload. */
export async function handOversElsewhere(
  call: OperationCall,
  caseload: readonly string[],
): Promise<Readonly<{ found: readonly PendingHandOver[]; more: number }>> {
  const { actor, scope, sql, now, today } = call
  if (!actor.practitioner || !actor.organisation) return { found: [], more: 0 }
  const params = new Params()
  const { rows } = await sql.query<Row>(
    `select t.id, t.content as task, p.content as patient, count(*) over () as all
     from resource t join resource p on p.rt = 'Patient' and p.id = t.person
     where t.rt = 'Task' and t.content ->> 'status' in ${waiting}
       and t.content -> 'code' -> 'coding' @> '[{"system": "${gableCodeSystem}", "code": "registration-handover"}]'
       and t.content #>> '{owner,reference}' = ${params.add(`Organization/${actor.organisation}`, 'text')}
       and not t.person = any(${params.add([...caseload], 'text[]')})
       and ${scopeSql(scope, 't', params, now)} and ${scopeSql(scope, 'p', params, now)}
     order by t.ts, t.id limit 100`,
    params.values,
  )
  const found = rows.flatMap(({ id, task, patient }) => {
    const [handOver] = openHandOvers([{ ...storedRecord(task), id }], actor)
    const whose = personFromFhir(storedRecord(patient), today)
    const { family = '', given = '', birthDate } = whose
    const who = { id: whose.id, family, given, ...(birthDate ? { birthDate } : {}) }
    return handOver ? [{ handOver, who }] : []
  })
  return { found, more: Number(rows[0]?.all ?? 0) - rows.length }
}
