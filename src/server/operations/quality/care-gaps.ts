import type { Measure } from '@medplum/fhirtypes'
import { type CareGap, declineHolds, type GapDecline, gapStateOf } from '#domain/quality/gap.ts'
import { gapsToFhir } from '#domain/quality/gaps-to-fhir.ts'
import { careGapsRequest } from '#domain/quality/gaps-worklist.ts'
import { isLessBetter } from '#domain/quality/is-less-better.ts'
import type { JudgedPerson } from '#domain/quality/judged-person.ts'
import { caresForPeople } from '#server/cql/cares-for-people.ts'
import { declinesOf } from '#server/cql/declines.ts'
import { evaluatePerson, mustHaveEngine, orEvaluationProblem } from '#server/cql/evaluate-person.ts'
import { keptMeasures } from '#server/cql/kept-measures.ts'
import { type AskedPeriod, momentsOf, periodAsked } from '#server/cql/period-asked.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'

/** Da Vinci DEQM, `$care-gaps`, for one person: what is due, worked out from what the caller may see now. */
export const careGapsOperation: Operation = {
  name: 'care-gaps',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'What is due for a person by the measures in CQL: open, closed, not applicable, declined with who, when and why, and the definition that decided it; periodStart and periodEnd, the twelve months to today unless given; for professionals',
  async run(call) {
    if (!caresForPeople(call.actor))
      throw forbidden('Only people who care for others see what is due')
    mustHaveEngine(call)
    const { id = '', query } = call
    const asked = askedParameters(call, careGapsRequest)
    const period = periodAsked(
      query.get('periodStart') ?? asked.periodStart,
      query.get('periodEnd') ?? asked.periodEnd,
      call.today,
    )
    const gaps = await gapsOfPerson(call, id, period)
    return gapsToFhir(gaps, { person: id, ...period, at: call.now.toISOString() })
  },
}

async function gapsOfPerson(
  call: OperationCall,
  person: string,
  period: AskedPeriod,
): Promise<readonly CareGap[]> {
  const { zone, service } = call.context
  const measures = await keptMeasures(service.sql)
  const moments = momentsOf(period, { now: call.now, zone })
  const judged = await orEvaluationProblem(
    evaluatePerson(call, person, { measures, period: moments }),
  )
  const declines = await declinesOf(call.sql, {
    ...{ persons: [person], zone },
    seen: (params) => scopeSql(call.scope, 'r', params, call.now),
  })
  return measures.flatMap(({ id, measure }, at) => {
    const each = judged[at]
    const decline = declines.get(`${person} ${id}`)
    const holds = decline && declineHolds(decline, period) ? decline : undefined
    return each ? [gapOf({ ...measure, id }, each, holds)] : []
  })
}

function gapOf(
  measure: Measure & { id: string },
  { standing, why, holds }: JudgedPerson,
  decline: GapDecline | undefined,
): CareGap {
  const state = gapStateOf({ standing, isMetBad: isLessBetter(measure) }, decline)
  return {
    ...{ measure: measure.id, version: measure.version ?? '' },
    ...{ title: measure.title ?? measure.name ?? measure.id, state, why, holds },
    ...{ question: measure.description ?? '', rationale: measure.rationale ?? '' },
    ...(decline && state === 'declined' ? { decline } : {}),
  }
}
