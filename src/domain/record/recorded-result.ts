import type { Goal, GoalTarget, Observation, Range } from '@medplum/fhirtypes'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { kindOfCode } from '#domain/reading/codes.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import type { ReadingKind } from '#domain/reading/reading.ts'
import { conceptText } from '#domain/timeline/concept.ts'
import { valueText } from '#domain/timeline/value-text.ts'
import { type PlainResult, plainResult } from './plain-result.ts'

/** What the plan says about one measurement, in numbers. */
export type AgreedValue = Readonly<{
  low?: number
  high?: number
  /** exactly this, without a direction */
  aim?: number
  unit: string
}>

/** The latest result of one test, with the one before. @unverified plain-words */
export type RecordedResult = Readonly<{
  id: string
  coded: string
  /** its entry in the glossary: the words are the screen’s, in the language of the reader */
  plain?: PlainResult
  kind?: ReadingKind
  value: string
  at?: string
  by?: string
  before?: Readonly<{ value: string; at?: string }>
  agreed?: AgreedValue
}>

export type ResultSources = Readonly<{
  observations: readonly Observation[]
  limits: readonly ReadingLimit[]
  goals: readonly Goal[]
}>

const measuredAt = ({ effectiveDateTime, effectivePeriod, issued }: Observation) =>
  effectiveDateTime ?? effectivePeriod?.start ?? issued ?? ''
const isWrong = ({ status }: Observation) => ['cancelled', 'entered-in-error'].includes(status)
const isOf = ({ category = [] }: Observation, ...codes: readonly string[]) =>
  category.some((each) => each.coding?.some(({ code }) => codes.includes(code ?? '')))

/** The latest of each test and reading, newest first. */
export function recordedResults(sources: ResultSources): readonly RecordedResult[] {
  const measured = sources.observations
    .filter((each) => !isWrong(each) && isOf(each, 'laboratory', 'vital-signs', 'reading'))
    .filter((each) => valueText(each) !== undefined)
    .toSorted((one, other) => measuredAt(other).localeCompare(measuredAt(one)))
  const byTest = Map.groupBy(measured, testOf)
  return [...byTest.values()].flatMap(([last, before]) =>
    last ? [resultOf(last, before, sources)] : [],
  )
}

/** Readings of one kind are one test, whatever code they came under. */
function testOf({ code }: Observation): string {
  const kind = code.coding?.map((each) => kindOfCode(each.code)).find((each) => each !== undefined)
  const plain = plainResult(code.coding)
  return kind ?? plain ?? code.coding?.[0]?.code ?? code.text ?? ''
}

function resultOf(
  last: Observation,
  before: Observation | undefined,
  sources: ResultSources,
): RecordedResult {
  const { code } = last
  const kind = code.coding?.map((each) => kindOfCode(each.code)).find((each) => each !== undefined)
  const plain = plainResult(code.coding)
  const by = last.performer?.find((each) => each.display)?.display
  const agreed = agreedFor(last, kind, sources)
  const at = measuredAt(last)
  return {
    ...{
      id: `Observation/${last.id}`,
      coded: conceptText(code) ?? '',
      value: valueText(last) ?? '',
    },
    ...(plain ? { plain } : {}),
    ...(kind ? { kind } : {}),
    ...(at ? { at } : {}),
    ...(by ? { by } : {}),
    ...(before ? { before: valueAt(before) } : {}),
    ...(agreed ? { agreed } : {}),
  }
}

function valueAt(observation: Observation) {
  const at = measuredAt(observation)
  return { value: valueText(observation) ?? '', ...(at ? { at } : {}) }
}

/** The target of a goal comes first: it was agreed in words with the person. */
function agreedFor(
  { code }: Observation,
  kind: ReadingKind | undefined,
  { goals, limits }: ResultSources,
): AgreedValue | undefined {
  const codes = (code.coding ?? []).flatMap((each) => each.code ?? [])
  const target = goals
    .filter(({ lifecycleStatus }) => ['active', 'accepted', 'planned'].includes(lifecycleStatus))
    .flatMap((goal) => goal.target ?? [])
    .find(({ measure }) => measure?.coding?.some((each) => codes.includes(each.code ?? '')))
  const agreed = target && inTarget(target)
  if (agreed) return agreed
  const limit = kind && limits.find((each) => each.kind === kind)
  if (!limit || (limit.low === undefined && limit.high === undefined)) return undefined
  const { low, high } = limit
  return {
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    unit: '',
  }
}

function inTarget({ detailQuantity, detailRange }: GoalTarget): AgreedValue | undefined {
  if (detailRange) return inRange(detailRange)
  const { value, comparator, unit = '' } = detailQuantity ?? {}
  if (value === undefined) return undefined
  if (comparator?.startsWith('<')) return { high: value, unit }
  return comparator?.startsWith('>') ? { low: value, unit } : { aim: value, unit }
}

function inRange({ low, high }: Range): AgreedValue | undefined {
  const ends = { ...given('low', low?.value), ...given('high', high?.value) }
  if (Object.keys(ends).length === 0) return undefined
  return { ...ends, unit: (high ?? low)?.unit ?? '' }
}
