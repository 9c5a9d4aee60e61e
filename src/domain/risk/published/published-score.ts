import type { ScoreInput } from '#domain/risk/evidence.ts'

export const publishedScoreCodes = [
  'charlson-quan-2011',
  'elixhauser-van-walraven',
  'hospital-frailty',
  'lace',
  'hospital',
  'parr-30',
  'news2',
] as const

export type PublishedScoreCode = (typeof publishedScoreCodes)[number]

/** One reason of a score: what it is, the points it gives, and the records that show it. */
export type PublishedPart = Readonly<{
  code: string
  points: number
  /** what was counted or measured, as it is shown: `4` days, `118 g/L` */
  value?: string
  inputs: readonly ScoreInput[]
  /** the graver form of the same disease that counts instead */
  overruledBy?: string
}>

/**
 * A score as it was published. `score` is absent when an input is missing that could change it: then `lowest` and
 * `highest` say what is still possible. `band` is absent unless all that is possible lies in one band.
 */
export type PublishedScore = Readonly<{
  version: string
  source: string
  score?: number
  lowest?: number
  highest?: number
  band?: string
  parts: readonly PublishedPart[]
  /** inputs that the record does not have */
  missing: readonly string[]
  /** what was taken as absent because the record does not name it, or how the result is limited */
  caveats: readonly string[]
  /** conditions whose codes could not be read for this score */
  unmapped: number
  /** the discharge or the moment of measuring that it belongs to: a FHIR date or instant */
  asOf?: string
}>

/** Points that a missing input could give. */
export type Open = Readonly<{ code: string; from: number; to: number }>

type Summed = Readonly<{
  parts: readonly PublishedPart[]
  open?: readonly Open[]
  bandOf(score: number): string
}>

/** Adds up the parts. What is missing leaves a range; the band is named only if the whole range lies in it. */
export function summed({ parts, open = [], bandOf }: Summed) {
  const known = parts.reduce((sum, part) => sum + part.points, 0)
  const lowest = rounded(known + open.reduce((sum, each) => sum + each.from, 0))
  const highest = rounded(known + open.reduce((sum, each) => sum + each.to, 0))
  const [low, high] = [bandOf(lowest), bandOf(highest)]
  return {
    ...(open.length === 0 ? { score: lowest } : { lowest, highest }),
    ...(low === high ? { band: low } : {}),
    parts,
    missing: open.map(({ code }) => code),
  }
}

/** Sums of tenths without the noise of binary fractions. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** A score that has nothing to start from: no stay in hospital, no measurement. It is not zero. */
export const notWorkedOut = (missing: readonly string[]) => ({ parts: [], missing, caveats: [] })
