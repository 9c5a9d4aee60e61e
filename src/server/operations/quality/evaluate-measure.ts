import type { In } from '#domain/fhir/parameters.ts'
import { evaluateMeasureRequest } from '#domain/quality/gaps-worklist.ts'
import { individualReport, summaryReport } from '#domain/quality/measure-report.ts'
import { caresForPeople, readsCounts } from '#server/cql/cares-for-people.ts'
import { evaluatePerson, mustHaveEngine, orEvaluationProblem } from '#server/cql/evaluate-person.ts'
import { type KeptMeasure, keptMeasures } from '#server/cql/kept-measures.ts'
import { answeringRun, startRun } from '#server/cql/measure-runs.ts'
import { type AskedPeriod, momentsOf, mustBeOver, periodAsked } from '#server/cql/period-asked.ts'
import { note } from '#server/http/request-context.ts'
import { rememberReference } from '#server/http/request-memory.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { organisationAsked } from './organisation-asked.ts'

type Asked = In<typeof evaluateMeasureRequest>
type Evaluating = Readonly<{ asked: Asked; kept: KeptMeasure; period: AskedPeriod }>

/** FHIR R4, `Measure/$evaluate-measure`, for one person at once, and for everybody an organisation looks after in the background. */
export const evaluateMeasureOperation: Operation = {
  name: 'evaluate-measure',
  on: 'instance',
  type: 'Measure',
  changes: true,
  alone: true,
  purpose:
    'Works a measure in CQL out: periodStart, periodEnd, reportType (subject, population), subject; for one person at once, with the definition that decided it; for everybody whom the organisation looks after in the background: the report is pending until it is done, and an error if it failed or was stopped; again counts once more; without days the run of the last 24 hours answers; only twelve months to today or to the end of a month are kept as the month’s result; small numbers are hidden; for professionals, and for managers and administrators without names',
  async run(call) {
    const asked = askedParameters(call, evaluateMeasureRequest)
    const isAboutOne = asked.reportType === 'subject'
    if (isAboutOne ? !caresForPeople(call.actor) : !readsCounts(call.actor))
      throw forbidden('Only professionals, managers and administrators work measures out')
    mustHaveEngine(call)
    const [kept] = await keptMeasures(call.context.service.sql, call.id ?? '')
    if (!kept)
      throw new FhirProblem(422, 'business-rule', 'This is not a measure in CQL that is in use')
    const period = periodAsked(asked.periodStart, asked.periodEnd, call.today)
    const evaluating = { asked, kept, period }
    return isAboutOne ? await ofPerson(call, evaluating) : await ofPopulation(call, evaluating)
  },
}

async function ofPerson(call: OperationCall, { asked, kept, period }: Evaluating) {
  const person = asked.subject.replace(/^Patient\//, '')
  if (person === '')
    throw new FhirProblem(400, 'required', 'Say of whom: subject, such as Patient/123')
  rememberReference(call.context, `Patient/${person}`)
  const found = await call.store.read('Patient', person, call.scope)
  if (!found?.resource) throw notFound()
  const moments = momentsOf(period, { now: call.now, zone: call.context.zone })
  const [judged] = await orEvaluationProblem(
    evaluatePerson(call, person, { measures: [kept], period: moments }),
  )
  if (!judged) throw notFound()
  const seen = new Map([[person, [`Patient/${person}`]]])
  await note(call.context, seen, { act: 'R', way: '$evaluate-measure' })
  return individualReport(judged, aboutOf(call, { kept, period }))
}

const aboutOf = (call: OperationCall, { kept, period }: Pick<Evaluating, 'kept' | 'period'>) => ({
  ...{ measure: kept.measure, from: period.from, to: period.to },
  at: call.now.toISOString(),
})

async function ofPopulation(call: OperationCall, { asked, kept, period }: Evaluating) {
  const organisation = organisationAsked(call, asked.organisation)
  mustBeOver(period, call.today)
  const { sql } = call.context.service
  const version = kept.measure.version ?? ''
  const of = { measure: kept.id, version, organisation, now: call.now }
  const isDefault = asked.periodStart === '' && asked.periodEnd === ''
  const stands = await answeringRun(sql, { ...of, period: isDefault ? undefined : period })
  const isAnswer = stands && (stands.state === 'running' || !asked.again)
  if (!isAnswer) await startRun(sql, { ...of, period, today: call.today })
  const run = isAnswer ? stands : await answeringRun(sql, { ...of, period })
  if (!run) throw notFound()
  return summaryReport(run, aboutOf(call, { kept, period: run }))
}
