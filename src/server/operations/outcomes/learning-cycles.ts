import { isStaff, namesOf } from '#domain/access/actor.ts'
import { cycleComparison } from '#domain/outcome/cycle/cycle-comparison.ts'
import {
  type CycleFault,
  cycleFault,
  mostCycleLetters,
  mostTriedLetters,
  tidyCycle,
} from '#domain/outcome/cycle/cycle-fault.ts'
import { cycleToFhir } from '#domain/outcome/cycle/cycle-fhir.ts'
import {
  type CycleRequest,
  keepCycleRequest,
  type LearningCycle,
  learningCyclesParameters,
} from '#domain/outcome/cycle/learning-cycle.ts'
import { addMonths, lastWholeMonth } from '#domain/outcome/months.ts'
import { mostMonths } from '#domain/outcome/outcomes.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { type StoredCycle, storedCycles } from '#server/outcome/cycle/stored-cycles.ts'
import { type KeptResult, keptResults } from '#server/outcome/kept-results.ts'
import { type Partner, partners } from '#server/outcome/partners.ts'
import { resultsOfMeasure } from '#server/outcome/results-of-measure.ts'
import { type StoredMeasure, storedMeasures } from '#server/outcome/stored-measures.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { mustBeOfPartner } from './outcomes.ts'

/** What the partners tried, and what came of it. */
export const learningCyclesOperation: Operation = {
  name: 'learning-cycles',
  on: 'system',
  changes: false,
  purpose:
    'What the partners tried: what they hoped, since when, where, what happened and what was decided, with a mark (A, B, C) for the chart of its measure; and the measure in the year before and since, there and elsewhere, from kept results: nothing from fewer than six months, nothing where a number is small. No people. For whoever sees $outcomes',
  async run(call) {
    const { sql } = call.context.service
    const all = await partners(sql)
    mustBeOfPartner(call, all)
    const to = lastWholeMonth(call.today)
    const [cycles, measures, results] = [
      await storedCycles(sql),
      await storedMeasures(sql),
      await keptResults(sql, { from: addMonths(to, 1 - mostMonths), to }),
    ]
    const own = writesFor(call, all)?.organisation ?? ''
    return learningCyclesParameters.write({
      cycles: cyclesOf(cycles, { measures, results, partners: all, own }),
      measures: newestOf(measures).map(({ id, title, unit }) => ({ id, title, unit })),
      partners: [...all],
      ...{ own, today: call.today },
    })
  },
}

/** The partner for which the caller writes: professionals and managers, each for their own. */
function writesFor({ actor }: OperationCall, all: readonly Partner[]): Partner | undefined {
  const isWriter = actor.role === 'manager' || (isStaff(actor) && actor.role !== 'program')
  if (!isWriter) return undefined
  return all.find(({ organisation }) => organisation === actor.organisation)
}

type Known = Readonly<{
  measures: readonly StoredMeasure[]
  results: readonly KeptResult[]
  partners: readonly Partner[]
  own: string
}>

/** Of each measure what is agreed, or was last. */
function newestOf(measures: readonly StoredMeasure[]) {
  const byId = new Map(measures.map(({ definition }) => [definition.id, definition]))
  for (const { definition } of measures)
    if (definition.state === 'agreed') byId.set(definition.id, definition)
  return [...byId.values()]
}

function cyclesOf(cycles: readonly StoredCycle[], known: Known): readonly LearningCycle[] {
  const shown = cycles.filter(({ cycle }) => !cycle.withdrawn).toReversed()
  const measures = newestOf(known.measures)
  const nameOf = (id: string) =>
    known.partners.find(({ organisation }) => organisation === id)?.name ?? 'Another organisation'
  return cycles.map(({ id, version, cycle }) => {
    const measure = measures.find((each) => each.id === cycle.measure)
    const unit = measure?.unit ?? 'percent'
    const results = measure ? resultsOfMeasure(measure, known.results) : []
    return {
      ...{ ...cycle, id, version, unit },
      mark: markOf(shown.findIndex((each) => each.id === id)),
      organisationName: nameOf(cycle.organisation),
      placeNames: cycle.places.map(nameOf),
      measureTitle: measure?.title ?? '',
      comparison: cycleComparison(cycle, { results, unit }),
      mayChange: cycle.organisation === known.own,
    }
  })
}

/** A to Z, then AA. */
function markOf(place: number): string {
  if (place < 0) return ''
  const letter = String.fromCharCode(65 + (place % 26))
  return place < 26 ? letter : `${markOf(Math.floor(place / 26) - 1)}${letter}`
}

const words: Readonly<Record<CycleFault, string>> = {
  'no-tried': 'Say what was tried',
  'long-tried': `What was tried is said in ${mostTriedLetters} characters at most`,
  'no-hoped': 'Say what was hoped',
  'long-hoped': `What was hoped is said in ${mostCycleLetters} characters at most`,
  'figure-alone': 'Choose the measure that the figure is of',
  'no-from': 'Give the day on which it began',
  'from-later': 'It cannot have begun in the future',
  'not-own': 'Your own organisation must be one of those that tried it',
  'long-happened': `What happened is said in ${mostCycleLetters} characters at most`,
  'no-happened': 'Say what happened, so that others learn from it',
  'no-decided': 'Give the day of the decision',
  'decided-before': 'It cannot have been decided before it began',
  'decided-later': 'It cannot have been decided in the future',
  'no-until': 'Give the day until which it goes on',
  'until-before': 'It goes on until a day after the decision',
}

/** Writes what was tried, or changes it. */
export const keepCycleOperation: Operation = {
  name: 'keep-cycle',
  on: 'system',
  changes: true,
  purpose:
    'Writes what was tried (tried, hoped, measure, figure, from, places), what happened (happened) and what was decided (decision: keep, spread, stop, go-on; decidedOn, until), or takes it out and puts it back (withdrawn): id, and the version that was read (0: new). Kept with who wrote it; each version stays. For professionals and managers of partners, for their own organisation',
  async run(call) {
    const all = await partners(call.context.service.sql)
    const partner = writesFor(call, all)
    if (!partner) throw forbidden('Professionals and managers of partners write what was tried')
    const asked = tidyCycle(askedParameters(call, keepCycleRequest))
    const fault = cycleFault(asked, { today: call.today, own: partner.organisation })
    if (fault) throw new FhirProblem(422, 'business-rule', words[fault])
    if (asked.places.some((place) => !all.some(({ organisation }) => organisation === place)))
      throw new FhirProblem(422, 'business-rule', 'Only partners can have tried it')
    return await withinRecord(call.context, async (inside) => {
      const { sql } = inside.service
      mustBeMeasure(asked.measure, await storedMeasures(sql))
      const stands = (await storedCycles(sql)).find(({ id }) => id === asked.id)
      mustBeAsRead(stands, { version: asked.version, partner })
      await write(inside, asked, { call, partner, stands })
      return keepCycleRequest.write({ ...asked, version: asked.version + 1 })
    })
  },
}

function mustBeMeasure(measure: string, all: readonly StoredMeasure[]): void {
  if (measure !== '' && !all.some(({ definition }) => definition.id === measure))
    throw new FhirProblem(422, 'not-found', 'There is no such measure')
}

function mustBeAsRead(
  stands: StoredCycle | undefined,
  { version, partner }: Readonly<{ version: number; partner: Partner }>,
): void {
  if (stands && stands.cycle.organisation !== partner.organisation)
    throw forbidden('Another organisation wrote this: they change it')
  if ((stands?.version ?? 0) === version) return
  throw new FhirProblem(
    409,
    'conflict',
    'Somebody changed this since you read it. Look at it again, then save yours',
  )
}

type Written = Readonly<{ call: OperationCall; partner: Partner; stands: StoredCycle | undefined }>

async function write(
  inside: RequestContext,
  { id, version, ...asked }: CycleRequest,
  { call, partner, stands }: Written,
): Promise<void> {
  const { actor, today } = call
  const cycle = {
    ...{ ...asked, organisation: partner.organisation, by: actor.name, on: today },
    begunBy: stands?.cycle.begunBy ?? actor.name,
  }
  const resource = cycleToFhir(id, cycle, namesOf(actor)[0] ?? '')
  const request = { resource, expect: stands ? { version } : ('absent' as const) }
  const written = await inside.service.store.write(request)
  const act = stands ? ('U' as const) : ('C' as const)
  const note = { request, act, person: undefined, before: stands?.record, written }
  await noteWritten(inside, [note], '$keep-cycle')
}
