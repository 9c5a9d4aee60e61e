import { builtInMeasures } from '#domain/outcome/built-in-measures.ts'
import {
  type MeasureDefinition,
  type MeasureUnit,
  measureValue,
} from '#domain/outcome/measure-definition.ts'
import { addMonths, lastDayOfMonth } from '#domain/outcome/months.ts'
import type { OutcomeMeasure, Outcomes, ProposedMeasure } from '#domain/outcome/outcomes.ts'
import { isShownAlone, type Result, resultSum, shownParts } from '#domain/outcome/shown-results.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import type { KeptResult } from './kept-results.ts'
import type { Partner } from './partners.ts'
import { resultsOfMeasure } from './results-of-measure.ts'

/** Under this name the people themselves are counted, with those who said no to it. */
export const peopleMeasure = 'people'

/** Organisations are compared over so many months: in one, most are too small. */
export const teamMonths = 6

type Known = Readonly<{
  results: readonly KeptResult[]
  definitions: readonly MeasureDefinition[]
  partners: readonly Partner[]
  mayAnswer: boolean
  /** the last month that is shown, and how many are; results are of `teamMonths` or more, whatever is asked */
  to: string
  months: number
}>

/** All that is shown on the page, from kept results alone. */
export function outcomesAnswer(known: Known): Outcomes {
  const { results, definitions, partners } = known
  const people = results.filter(
    ({ measure, month }) => measure === peopleMeasure && month === known.to,
  )
  const isAsked = (each: MeasureDefinition) => each.state === 'proposed' && each.proposal
  return {
    ...(results.length > 0 ? { toDay: lastDayOfMonth(known.to) } : {}),
    ...(people.length > 0
      ? {
          people: roundedMeasure(resultSum(people).denominator),
          leftOut: roundedMeasure(people.reduce((sum, { leftOut }) => sum + leftOut, 0)),
        }
      : {}),
    invented: results.some(({ origin }) => origin === 'practice'),
    partners: [...partners],
    mayAnswer: known.mayAnswer,
    measures: definitions
      .filter(({ state }) => state === 'agreed')
      .map((each) => shownMeasure(each, known)),
    proposed: definitions
      .filter(isAsked)
      .map((each) => ({ ...wordsOf(each), ...askedOf(each, partners) })),
    available: Object.entries(builtInMeasures)
      .filter(([id]) => !definitions.some((each) => each.id === id && each.state !== 'dropped'))
      .map(([id, words]) => ({ id, ...words })),
  }
}

const wordsOf = ({ id, version, target, builtIn, ...each }: MeasureDefinition) => ({
  ...{ id, version, title: each.title, question: each.question },
  ...{ numerator: each.numerator, denominator: each.denominator, exclusions: each.exclusions },
  ...{ source: each.source, unit: each.unit, direction: each.direction },
  ...(target === undefined ? {} : { target }),
  builtIn: builtIn !== undefined,
})

function askedOf(
  { proposal }: MeasureDefinition,
  partners: readonly Partner[],
): Pick<ProposedMeasure, 'kind' | 'by' | 'on' | 'why' | 'answers' | 'waitsFor'> {
  const { kind = 'add', by = '', on = '', why = '', answers = [] } = proposal ?? {}
  const isYes = (partner: Partner) =>
    answers.some((each) => each.organisation === partner.organisation && each.yes)
  return {
    ...{ kind, by, on, why, answers },
    waitsFor: partners.filter((each) => !isYes(each)),
  }
}

function shownMeasure(definition: MeasureDefinition, known: Known): OutcomeMeasure {
  const own = resultsOfMeasure(definition, known.results)
  const teamsFrom = addMonths(known.to, 1 - teamMonths)
  const { unit, agreedOn, agreedBy, proposal } = definition
  return {
    ...wordsOf(definition),
    ...(agreedOn ? { agreedOn } : {}),
    agreedBy,
    ...(proposal?.kind === 'drop' ? { toDrop: askedOf(definition, known.partners) } : {}),
    months: monthsOf(own, unit, teamsFrom).filter(
      ({ month }) => month >= addMonths(known.to, 1 - known.months),
    ),
    teams: teamsOf(own, unit, { teamsFrom, partners: known.partners }),
    teamsFrom,
  }
}

function monthsOf(
  results: readonly KeptResult[],
  unit: MeasureUnit,
  teamsFrom: string,
): OutcomeMeasure['months'] {
  const byMonth = Map.groupBy(results, ({ month }) => month)
  const months = [...byMonth].toSorted(([one], [other]) => one.localeCompare(other))
  const sums = months.map(([month, each]) => ({
    month,
    ...resultSum(each),
    notAsked: notAskedOf(each),
  }))
  // what the organisations had in these months together is known from them
  const late = sums.filter(({ month }) => month >= teamsFrom)
  const shownLate = shownParts(late, unit)
  return sums.map(({ month, notAsked, ...sum }) => {
    const at = late.findIndex((each) => each.month === month)
    const isShown = at < 0 ? isShownAlone(sum, unit) : (shownLate[at] ?? false)
    return {
      month,
      ...shownResult(sum, unit, isShown),
      ...(notAsked > 0 ? { notAsked: roundedMeasure(notAsked) } : {}),
    }
  })
}

const notAskedOf = (results: readonly KeptResult[]) =>
  results.reduce((sum, { notAsked }) => sum + notAsked, 0)

const shownResult = ({ numerator, denominator }: Result, unit: MeasureUnit, isShown: boolean) => {
  const value = measureValue(unit, { numerator, denominator })
  return isShown && value !== undefined
    ? { numerator, denominator, value, hidden: false }
    : { hidden: true }
}

function teamsOf(
  results: readonly KeptResult[],
  unit: MeasureUnit,
  { teamsFrom, partners }: Readonly<{ teamsFrom: string; partners: readonly Partner[] }>,
): OutcomeMeasure['teams'] {
  const late = results.filter(({ month }) => month >= teamsFrom)
  const teams = [...Map.groupBy(late, ({ organisation }) => organisation)].map(
    ([organisation, each]) => ({ organisation, ...resultSum(each) }),
  )
  const shown = shownParts(teams, unit)
  const nameOf = (id: string) =>
    partners.find(({ organisation }) => organisation === id)?.name ?? 'Another organisation'
  return teams
    .map(({ organisation, ...sum }, place) => ({
      ...{ organisation, name: nameOf(organisation) },
      ...shownResult(sum, unit, shown[place] ?? false),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name))
}
