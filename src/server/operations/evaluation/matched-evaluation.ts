import { addDays } from '#domain/calendar/days.ts'
import { evaluatedFacts, followedFor } from '#domain/evaluation/evaluated-person.ts'
import { evaluationAnswer, evaluationRequest } from '#domain/evaluation/evaluation-answer.ts'
import {
  type ComparedOutcome,
  type ComparedPairs,
  fewestPairs,
  type HiddenOutcome,
  matchedEvaluation,
} from '#domain/evaluation/matched-evaluation.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { shownCount } from '#domain/population/shown-counts.ts'
import { fidelityOf } from '#domain/programme/fidelity.ts'
import type { ProgrammeEntry } from '#domain/programme/programme-entry.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { type Counted, countedBy } from '#server/operations/population/people-sql.ts'
import { doneFacts, nothingDone } from '#server/operations/programmes/done-facts.ts'
import { entryRows } from '#server/operations/programmes/entry-rows.ts'
import { definedThen, storedProgrammes } from '#server/operations/programmes/stored-programmes.ts'
import { notFound } from '#server/problem.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { evaluatedPeople, takenOnDays } from './evaluated-people.ts'

/** The year before the day is known for two years back, so nobody is looked at who was taken on earlier. */
const farthestBack = 365

/** Whether being taken on helped: what happened to these people, beside what happened to people like them. */
export const matchedEvaluationOperation: Operation = {
  name: 'matched-evaluation',
  on: 'system',
  changes: false,
  purpose:
    'People who were taken on (or entered a programme) 6 to 12 months ago against comparable people who were not: emergency stays and deaths in the half year after, with intervals, harm as well as gain; below 100 pairs only how many there are. For professionals, managers (rounded counts) and administrators',
  async run(call) {
    const counted = countedBy(call)
    const { programme } = askedParameters(call, evaluationRequest)
    const { service, zone } = call.context
    await freshenPatientSummaries(service.sql, { now: call.now, zone })
    const reading = { sql: counted.sql, scope: counted.scope, now: call.now, zone }
    const [from, until] = [addDays(call.today, -farthestBack), addDays(call.today, -followedFor)]
    const takenOn = await takenOnDays(reading)
    const programmes = await storedProgrammes(service.sql)
    const group = programme === undefined ? undefined : await enteredIn(call, counted, programme)
    const within = [...(group?.days ?? takenOn)].filter(([, day]) => day >= from && day <= until)
    const { people, leftOut, takenOnLater, isCut } = await evaluatedPeople({
      ...{ ...reading, today: call.today, entered: new Map(within) },
      // whoever was in the programme before is nobody to compare with, with a case or without
      takenOn: group ? earlier(takenOn, group.days) : takenOn,
      fidelity: (person) => group?.fidelity(person),
    })
    const found = matchedEvaluation(people)
    const shown = shownCount(counted.exactness)
    const pairsShown = (of: ComparedPairs) => ({
      pairs: shown(of.pairs),
      outcomes: of.isEnough ? of.outcomes.map(rounded) : [],
    })
    return evaluationAnswer.write({
      ...{ from, until, days: followedFor, fewestPairs, ...given('programme', programme) },
      programmes: programmes.map((each) => ({
        id: each.programme.id,
        title: each.programme.title,
      })),
      ...{ taken: shown(found.taken), alone: shown(found.alone), pool: shown(found.pool) },
      all: pairsShown(found.all),
      ...(group ? { fuller: pairsShown(found.fuller), lessFull: pairsShown(found.lessFull) } : {}),
      balance: found.all.isEnough
        ? found.balance.flatMap((each, at) => {
            const fact = evaluatedFacts[at]
            return fact
              ? [{ fact, before: twoDigits(each.before), after: twoDigits(each.after) }]
              : []
          })
        : [],
      leftOut: {
        optedOut: shown(leftOut.optedOut),
        nothingRecorded: shown(leftOut.nothingRecorded),
        leftTheList: shown(leftOut.leftTheList),
        deathUndated: shown(leftOut.deathUndated),
      },
      takenOnLater: shown(takenOnLater),
      ...(isCut ? { isCut } : {}),
    })
  },
}

/** The first of both days of each person. */
function earlier(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const days = new Map(one)
  for (const [person, day] of other) {
    const known = days.get(person)
    if (known === undefined || day < known) days.set(person, day)
  }
  return days
}

const oneDigit = (value: number) => Math.round(value * 10) / 10
const twoDigits = (value: number) => Math.round(value * 100) / 100

function rounded(each: ComparedOutcome | HiddenOutcome) {
  if ('isHidden' in each) return each
  const side = ({ before, after }: ComparedOutcome['taken']) => ({
    ...(before === undefined ? {} : { before: oneDigit(before) }),
    after: oneDigit(after),
  })
  return {
    ...{ outcome: each.outcome, verdict: each.verdict },
    ...{ taken: side(each.taken), others: side(each.others) },
    difference: oneDigit(each.difference),
    ...{ low: oneDigit(each.low), high: oneDigit(each.high) },
  }
}

/** Half of what was due by now, or more, was done: our own line, not a published one. */
const fullerFrom = 0.5

/** When people entered a programme first, and how fully they were given what it plans. */
async function enteredIn(call: OperationCall, { sql, scope }: Counted, id: string) {
  const { service, zone } = call.context
  const all = await storedProgrammes(service.sql)
  if (!all.some(({ programme }) => programme.id === id)) throw notFound()
  const reading = { sql, scope, now: call.now, zone }
  const rows = (await entryRows(reading, { withAll: false })).filter(
    ({ entry }) => entry.programme === id && enteredOn(entry) !== undefined,
  )
  const entries = new Map(rows.map(({ kept, entry }) => [kept, entry]))
  const facts = await doneFacts(reading, [...entries.keys()])
  const asDefined = await definedThen(service.sql, [...entries.values()], all)
  return {
    days: new Map([...entries].map(([person, entry]) => [person, enteredOn(entry) ?? ''])),
    fidelity: (person: string) => {
      const entry = entries.get(person)
      const contents = entry && asDefined(entry)?.programme.contents
      if (!contents) return undefined
      const about = { facts: facts.get(person) ?? nothingDone, today: call.today }
      const due = (fidelityOf(contents, entry, about)?.lines ?? []).filter(
        ({ state }) => state !== 'not-due',
      )
      if (due.length === 0) return undefined
      const done = due.reduce((sum, line) => sum + Math.min(1, line.done / line.planned), 0)
      return done / due.length >= fullerFrom ? 'fuller' : 'less-full'
    },
  }
}

const enteredOn = ({ steps }: Pick<ProgrammeEntry, 'steps'>) =>
  steps.find(({ kind }) => kind === 'entered')?.day
