import { addDays, firstDayOf } from '#domain/calendar/days.ts'
import type { ScoreInput } from '#domain/risk/evidence.ts'
import type { PublishedScoreCode } from './published-score.ts'

/** What a part of a score is about: the order in which they are shown. */
export const partKinds = ['age', 'condition', 'medicine', 'use', 'measurement', 'place'] as const

export type PartKind = (typeof partKinds)[number]

/** What each score counts at all: without it, "none on the record" and "does not count" would look the same. */
export const kindsOfScore: Readonly<
  Record<PublishedScoreCode | 'frailty' | 'charlson', readonly PartKind[]>
> = {
  frailty: ['condition', 'medicine'],
  charlson: ['age', 'condition'],
  'charlson-quan-2011': ['condition'],
  'elixhauser-van-walraven': ['condition'],
  'hospital-frailty': ['condition'],
  lace: ['condition', 'use'],
  hospital: ['use', 'measurement'],
  'parr-30': ['age', 'condition', 'use', 'place'],
  news2: ['measurement'],
}

const kinds: Readonly<Record<Exclude<PartKind, 'condition'>, readonly string[]>> = {
  age: ['age'],
  medicine: ['polypharmacy'],
  use: [
    ...['length', 'acute', 'emergency', 'index-type', 'stays-before', 'in-last-30-days'],
    ...['oncology', 'procedure'],
  ],
  measurement: [
    ...['haemoglobin', 'sodium', 'breathing', 'oxygen', 'pressure', 'pulse', 'temperature'],
    ...['air-or-oxygen', 'consciousness'],
  ],
  place: ['deprivation'],
}

/** Any other code is a group of conditions. */
const kindOfPart = (code: string): PartKind =>
  partKinds.find((kind) => kind !== 'condition' && kinds[kind].includes(code)) ?? 'condition'

type Part = Readonly<{ code: string; inputs: readonly ScoreInput[] }>
type About = Readonly<{ kind: PartKind; since?: string; lastYear: boolean }>

/**
 * What a part is about, since when the record shows it, and whether the year before the day added it. A condition with
 * a record that has no date may be older: it is never called new.
 */
export function aboutPart({ code, inputs }: Part, day: string): About {
  const kind = kindOfPart(code)
  const dates = inputs
    .flatMap(({ date }) => date ?? [])
    .toSorted((one, other) => firstDayOf(one).localeCompare(firstDayOf(other)))
  // medicines count from the day on which there were five
  const since = dates.at(kind === 'medicine' ? medicinesThatCount - 1 : 0)
  const isNew = kind === 'use' ? dates : dates.length === inputs.length && since ? [since] : []
  return {
    kind,
    ...(since ? { since } : {}),
    lastYear: isNew.some((date) => isOfLastYear(date, day)),
  }
}

/** As in `polypharmacy` (Clegg 2016). */
const medicinesThatCount = 5

/** Within the 365 days that end with the day. */
export const isOfLastYear = (date: string, day: string): boolean =>
  firstDayOf(date) > addDays(day, -365) && firstDayOf(date) <= day
