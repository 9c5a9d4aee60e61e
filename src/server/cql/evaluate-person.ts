import { type CqlEngine, EvaluationFault, type MeasurePeriod } from '#domain/quality/evaluation.ts'
import type { JudgedPerson } from '#domain/quality/judged-person.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import type { Params } from '#server/store/params.ts'
import type { KeptMeasure } from './kept-measures.ts'
import { recordsOfPeople } from './records-of-people.ts'

/** Throws 501 where nothing can work CQL out. */
export function mustHaveEngine(call: Pick<OperationCall, 'context'>): CqlEngine {
  const { cql } = call.context.service
  if (!cql)
    throw new FhirProblem(
      ...([501, 'not-supported'] as const),
      'Measures in CQL are worked out by the team server. This copy of Gable runs in the browser alone',
    )
  return cql
}

/** What each measure says of one person, from the records that the caller may see. Throws 422 with what failed. */
export async function evaluatePerson(
  call: OperationCall,
  person: string,
  { measures, period }: Readonly<{ measures: readonly KeptMeasure[]; period: MeasurePeriod }>,
): Promise<readonly JudgedPerson[]> {
  const engine = mustHaveEngine(call)
  const types = [...new Set(measures.flatMap((each) => each.types))]
  const seen = (params: Params) => scopeSql(call.scope, 'r', params, call.now)
  const people = await recordsOfPeople(call.sql, { persons: [person], types, seen })
  const judged: JudgedPerson[] = []
  for (const { program } of measures)
    judged.push(...(await engine.evaluate(program, people, period)))
  return judged
}

/** The answer to a measure that failed. */
export async function orEvaluationProblem<T>(work: Promise<T>): Promise<T> {
  return await work.catch((cause: unknown) => {
    if (!(cause instanceof EvaluationFault)) throw cause
    throw new FhirProblem(422, 'processing', cause.message)
  })
}
