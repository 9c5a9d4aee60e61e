import type { Observation, Resource } from '@medplum/fhirtypes'
import { addDays, firstDayOf } from '#domain/calendar/days.ts'
import { plainResult } from '#domain/record/plain-result.ts'
import type { Evidence } from '#domain/risk/evidence.ts'
import { evidenceOf } from '#domain/risk/fhir.ts'
import { frailtyScore } from '#domain/risk/frailty.ts'
import type { AnswerFacts } from '#domain/suggestion/answer-rule/answer-condition.ts'
import { conceptText } from '#domain/timeline/concept.ts'
import { valueText } from '#domain/timeline/value-text.ts'
import type { ResultKind } from './care-card.ts'

/** Finished answers to one of our own forms. */
export type AnsweredForm = AnswerFacts & Readonly<{ id: string; url: string; at: string }>

/** A result as the record says it. `value`: only in the unit in which its limits are published. */
export type CardResult = Readonly<{
  kind: ResultKind
  record: string
  on: string
  words: string
  value?: number
}>

/** What cards are worked out from: what the reader may see of one person, and nothing else. */
export type CardRecord = Readonly<{
  evidence: Evidence
  difficulties: number
  results: readonly CardResult[]
  answered: readonly AnsweredForm[]
  today: string
}>

const resultKinds: readonly ResultKind[] = [
  ...(['kidneys', 'potassium', 'blood-pressure', 'weight', 'long-blood-sugar'] as const),
]

export function cardRecordOf(
  records: readonly Resource[],
  answered: readonly AnsweredForm[],
  today: string,
): CardRecord {
  const evidence = evidenceOf(records)
  const results = records
    .filter((each): each is Observation => each.resourceType === 'Observation')
    .flatMap(resultIn)
    .filter(({ on }) => on <= today)
    .toSorted((one, other) => other.on.localeCompare(one.on))
  return { evidence, difficulties: frailtyScore(evidence).count, results, answered, today }
}

const isMeasured = ({ status }: Observation) => ['final', 'amended', 'corrected'].includes(status)

function resultIn(observation: Observation): readonly CardResult[] {
  const { code, id, effectiveDateTime, effectivePeriod, issued } = observation
  const plain = plainResult(code.coding)
  const kind = resultKinds.find((each) => each === plain)
  const at = effectiveDateTime ?? effectivePeriod?.start ?? issued
  const value = valueText(observation)
  if (!kind || !at || value === undefined || !isMeasured(observation)) return []
  const number = kind === 'kidneys' ? flowIn(observation) : undefined
  return [
    {
      ...{ kind, record: `Observation/${id}`, on: firstDayOf(at) },
      words: `${conceptText(code) ?? resultNames[kind]}: ${value}`,
      ...(number === undefined ? {} : { value: number }),
    },
  ]
}

export const resultNames: Readonly<Record<ResultKind, string>> = {
  kidneys: 'Kidney function (eGFR)',
  potassium: 'Potassium',
  'blood-pressure': 'Blood pressure',
  weight: 'Weight',
  'long-blood-sugar': 'Long-term blood sugar (HbA1c)',
}

/** eGFR in millilitres a minute; with another unit, or “more than”, there is no number to compare. */
function flowIn({ valueQuantity }: Observation): number | undefined {
  const { value, comparator, code, unit } = valueQuantity ?? {}
  const isFlow = /^ml\/min/i.test(code ?? unit ?? '')
  return isFlow && !comparator ? value : undefined
}

/** The newest result of a kind in so many months. */
export const recentResult = (
  { results, today }: CardRecord,
  { result, months }: Readonly<{ result: ResultKind; months: number }>,
): CardResult | undefined =>
  results.find(({ kind, on }) => kind === result && on >= monthsBack(today, months))

/** About so many months ago: for “in the last year”, a day more or less does not matter. */
export const monthsBack = (today: string, months: number): string =>
  addDays(today, -Math.round((months * 365) / 12))
