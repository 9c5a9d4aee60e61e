import type { Extension, Measure, MeasureReport, MeasureReportGroup } from '@medplum/fhirtypes'
import { gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'
import { fewestShown } from '#domain/population/shown-counts.ts'
import type { RunState } from './gaps-worklist.ts'
import {
  type JudgedPerson,
  type PopulationCode,
  populationCodes,
  type Standing,
} from './judged-person.ts'

type About = Readonly<{ measure: Measure; from: string; to: string; at: string }>

const countOf: Readonly<Record<Standing, Readonly<Partial<Record<PopulationCode, number>>>>> = {
  outside: {},
  'left-out': { 'initial-population': 1, denominator: 1, 'denominator-exclusion': 1 },
  unmet: { 'initial-population': 1, denominator: 1 },
  met: { 'initial-population': 1, denominator: 1, numerator: 1 },
}

/** What a measure says of one person, with the definition that decided it. */
export function individualReport(judged: JudgedPerson, about: About): MeasureReport {
  const counts = countOf[judged.standing]
  return {
    ...reportOf(about, 'individual'),
    subject: { reference: `Patient/${judged.person}` },
    extension: [
      { url: gableUrl('measure-standing'), valueCode: judged.standing },
      ...(judged.why ? [{ url: gableUrl('decided-by'), valueString: judged.why }] : []),
    ],
    group: [groupOf(about.measure, (code) => counts[code] ?? 0)],
  }
}

export type MeasureRun = Readonly<{
  state: RunState
  done: number
  total: number
  leftOut: number
  numerator: number
  denominator: number
  words: string
}>

/** Both sides of a share are hidden if one is so small that it could tell of somebody. */
export const isHiddenShare = ({ numerator, denominator }: Counts): boolean =>
  [numerator, denominator - numerator].some((each) => each > 0 && each < fewestShown) ||
  (denominator > 0 && denominator < fewestShown)

type Counts = Pick<MeasureRun, 'numerator' | 'denominator'>

const statusOf: Readonly<Record<RunState, MeasureReport['status']>> = {
  running: 'pending',
  done: 'complete',
  stopped: 'error',
  failed: 'error',
}

/** The result for a population; `pending` with how far it is, as long as it is being worked out. */
export function summaryReport(run: MeasureRun, about: About): MeasureReport {
  const isDone = run.state === 'done'
  const isHidden = isHiddenShare(run)
  return {
    ...reportOf(about, 'summary'),
    status: statusOf[run.state],
    extension: [
      ...toldOf(run),
      ...(isHidden && isDone
        ? [{ url: gableUrl('hidden-small-numbers'), valueBoolean: true }]
        : []),
    ],
    ...(isDone && !isHidden ? { group: [shareOf(run, about.measure)] } : {}),
  }
}

function shareOf({ numerator, denominator }: Counts, measure: Measure): MeasureReportGroup {
  const counts: Readonly<Partial<Record<PopulationCode, number>>> = { denominator, numerator }
  return {
    ...groupOf(measure, (code) => counts[code]),
    ...(denominator > 0 ? { measureScore: { value: numerator / denominator } } : {}),
  }
}

const toldOf = ({ state, done, total, leftOut, words }: MeasureRun): Extension[] => [
  { url: gableUrl('run-state'), valueCode: state },
  { url: gableUrl('people-done'), valueInteger: done },
  { url: gableUrl('people-total'), valueInteger: total },
  { url: gableUrl('people-left-out'), ...leftOutShown(leftOut) },
  ...(words ? [{ url: gableUrl('run-words'), valueString: words }] : []),
]

const leftOutShown = (count: number) =>
  count > 0 && count < fewestShown
    ? { valueString: `fewer than ${fewestShown}` }
    : { valueInteger: count }

const reportOf = (
  { measure, from, to, at }: About,
  type: MeasureReport['type'],
): MeasureReport => ({
  ...{ resourceType: 'MeasureReport', status: 'complete', type, date: at },
  measure: `${measure.url}|${measure.version}`,
  period: { start: from, end: to },
  ...(measure.improvementNotation ? { improvementNotation: measure.improvementNotation } : {}),
})

function groupOf(
  measure: Measure,
  count: (code: PopulationCode) => number | undefined,
): MeasureReportGroup {
  const names = measure.group?.[0]?.population?.map((each) => each.code?.coding?.[0]?.code) ?? []
  return {
    population: populationCodes.flatMap((code) => {
      const found = names.includes(code) ? count(code) : undefined
      const system = hl7CodeSystem('measure-population')
      return found === undefined ? [] : [{ code: { coding: [{ system, code }] }, count: found }]
    }),
  }
}
