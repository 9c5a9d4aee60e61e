import type { Coding, Extension, Questionnaire } from '@medplum/fhirtypes'
import { expressionUrls, type FormExpression, toExpression } from './form-expressions.ts'

export type CarriedBand = Readonly<{
  code: string
  name: string
  meaning: string
  /** included; absent: open on this side */
  from?: number
  to?: number
  /** not included */
  below?: number
  /** narrows the band */
  when?: FormExpression
}>

/** A score as a questionnaire declares it: docs/assessments.md has the parts and their meaning. */
export type CarriedScore = Readonly<{
  /** link id of the question that holds the score */
  item: string
  code: Readonly<{ system: string; code: string; display: string }>
  source: string
  max?: number
  unit?: Readonly<{ system?: string; code?: string; display: string }>
  needs: readonly string[]
  better?: 'lower' | 'higher'
  change?: Readonly<{ by: number; source: string }>
  bands: readonly CarriedBand[]
}>

/** The scores that a questionnaire declares, in order. One that lacks a needed part is left out; `publishProblems` says so. */
export function carriedScores({ extension = [] }: Pick<Questionnaire, 'extension'>) {
  return extension
    .filter((each) => each.url === expressionUrls.score)
    .flatMap((each) => carriedScore(each) ?? [])
}

const partsOf = ({ extension = [] }: Extension, url: string) =>
  extension.filter((each) => each.url === url)
const partOf = (holder: Extension, url: string) => partsOf(holder, url)[0]

const numberIn = (part: Extension | undefined) => part?.valueDecimal ?? part?.valueInteger
const textIn = (part: Extension | undefined) => part?.valueString ?? part?.valueCode ?? ''

function carriedScore(score: Extension): CarriedScore | undefined {
  const item = textIn(partOf(score, 'item'))
  const source = textIn(partOf(score, 'source'))
  const { system, code, display } = partOf(score, 'code')?.valueCoding ?? {}
  const bands = partsOf(score, 'band').flatMap((each) => carriedBand(each) ?? [])
  if (!item || !source || !system || !code || !display || bands.length === 0) return undefined
  const needs = partsOf(score, 'needs').map(textIn)
  return { item, source, code: { system, code, display }, needs, bands, ...optionalParts(score) }
}

function optionalParts(score: Extension): Partial<CarriedScore> {
  const max = numberIn(partOf(score, 'max'))
  const better = textIn(partOf(score, 'better'))
  return {
    ...(max === undefined ? {} : { max }),
    ...unitPart(partOf(score, 'unit')?.valueCoding),
    ...(better === 'lower' || better === 'higher' ? { better } : {}),
    ...changePart(partOf(score, 'change')),
  }
}

function unitPart(unit: Coding | undefined): Pick<CarriedScore, 'unit'> {
  if (!unit) return {}
  const { system, code, display = code ?? '' } = unit
  return { unit: { ...(system ? { system } : {}), ...(code ? { code } : {}), display } }
}

function changePart(change: Extension | undefined): Pick<CarriedScore, 'change'> {
  const by = change && numberIn(partOf(change, 'by'))
  return !change || by === undefined
    ? {}
    : { change: { by, source: textIn(partOf(change, 'source')) } }
}

function carriedBand(band: Extension): CarriedBand | undefined {
  const [code, name, meaning] = ['code', 'name', 'meaning'].map((each) =>
    textIn(partOf(band, each)),
  )
  if (!code || !name || !meaning) return undefined
  const limits = (['from', 'to', 'below'] as const).flatMap((each) => {
    const value = numberIn(partOf(band, each))
    return value === undefined ? [] : [[each, value] as const]
  })
  const when = toExpression(partOf(band, 'when')?.valueExpression)
  return { code, name, meaning, ...Object.fromEntries(limits), ...(when ? { when } : {}) }
}

export const isInBand = ({ from, to, below }: CarriedBand, value: number): boolean =>
  (from === undefined || value >= from) &&
  (to === undefined || value <= to) &&
  (below === undefined || value < below)
