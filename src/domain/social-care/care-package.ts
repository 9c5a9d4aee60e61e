import type { Basic } from '@medplum/fhirtypes'
import { weekdayOf } from '#domain/calendar/bank-holidays.ts'
import { weekdays } from '#domain/contact/service-hours.ts'
import {
  as,
  code,
  dateTime,
  day,
  group,
  type In,
  integer,
  list,
  namedReference,
  oneOf,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import { type Kept, keptFromFhir, keptToFhir } from './kept-record.ts'
import { budgetOfWeek, type SupportPlan } from './support-plan.ts'

const content = {
  provider: text,
  startsOn: day,
  /** the last day; empty while nobody knows it */
  endsOn: day,
  visits: as(
    'visit',
    list(
      group({
        ...{ id: text, days: as('day', list(code)), at: text, minutes: integer },
        /** how many come at once */
        ...{ workers: integer, tasks: text },
      }),
    ),
  ),
  /** what it costs, in hundredths, as the provider and the council agreed it; absent: nobody wrote it down */
  cost: optional(group({ amount: integer, per: oneOf(['hour', 'week'], 'hour'), currency: code })),
} as const

/** What a professional writes: `version` is the one that was read, 0 for a new package; a change needs its reason. */
export const keepCarePackageRequest = parameters({
  ...{ package: text, version: integer, reason: text },
  ...content,
})
export type CarePackageToKeep = In<typeof keepCarePackageRequest>

const codec = parameters({
  ...content,
  changes: as(
    'change',
    list(group({ at: dateTime, by: text, reason: text, what: as('what', list(code)) })),
  ),
  missed: list(
    group({
      ...{ id: text, visit: text, on: day, words: text, by: namedReference, at: dateTime },
      settled: optional(group({ words: text, by: text, at: dateTime })),
    }),
  ),
})

/** Who provides care to somebody, and when they come. */
export type CarePackage = In<typeof codec> & Kept

export const missedVisitRequest = parameters({
  ...{ package: text, id: text, visit: text, on: day, words: text },
  /** the id of a missed visit: says what was done about it */
  settles: text,
})
export type MissedVisit = In<typeof missedVisitRequest>

const keeping = { kind: 'care-package', codec } as const

export const carePackageToFhir = (one: Omit<CarePackage, 'version'>): Basic & { id: string } =>
  keptToFhir(keeping, one, one)
export const carePackageFromFhir = (record: Basic): CarePackage | undefined =>
  keptFromFhir(keeping, record)

type Visit = CarePackage['visits'][number]

export const minutesOfWeek = ({ visits }: Pick<CarePackage, 'visits'>): number =>
  visits.reduce((sum, { days, minutes, workers }) => sum + days.length * minutes * workers, 0)

/** What a week of it costs, in hundredths; undefined if nobody wrote down a price. */
export function costOfWeek(one: Pick<CarePackage, 'visits' | 'cost'>): number | undefined {
  if (!one.cost) return undefined
  const { amount, per } = one.cost
  return per === 'week' ? amount : Math.round((amount * minutesOfWeek(one)) / 60)
}

/** Whether it provides care on a day. */
const runsOn = ({ startsOn, endsOn }: Pick<CarePackage, 'startsOn' | 'endsOn'>, on: string) =>
  startsOn <= on && (endsOn === '' || endsOn >= on)

export type WeekOfCare = Readonly<{
  minutes: number
  /** in hundredths; absent if a price is not known, or prices are in several currencies */
  cost?: Readonly<{ amount: number; currency: string }>
  /** providers whose price nobody wrote down */
  unpriced: readonly string[]
  /** what the budget leaves, less than nothing if it is too small; absent if it cannot be said */
  left?: number
}>

/** All care of a week on a day, beside the budget. What is not known is in no sum. */
export function weekOfCare(
  packages: readonly CarePackage[],
  { on, budget }: Readonly<{ on: string; budget: SupportPlan['budget'] | undefined }>,
): WeekOfCare {
  const running = packages.filter((each) => runsOn(each, on))
  const minutes = running.reduce((sum, each) => sum + minutesOfWeek(each), 0)
  const unpriced = running.filter(({ cost }) => !cost).map(({ provider }) => provider)
  const [currency, ...others] = new Set(running.flatMap(({ cost }) => cost?.currency ?? []))
  if (unpriced.length > 0 || !currency || others.length > 0) return { minutes, unpriced }
  const amount = running.reduce((sum, each) => sum + (costOfWeek(each) ?? 0), 0)
  const isComparable = budget?.currency === currency
  return {
    ...{ minutes, unpriced, cost: { amount, currency } },
    ...(budget && isComparable ? { left: budgetOfWeek(budget) - amount } : {}),
  }
}

export type CarePackageFault = 'provider' | 'starts-on' | 'ends-on' | 'visits' | 'cost' | 'reason'

const longestVisit = 24 * 60
const clock = /^([01]\d|2[0-3]):[0-5]\d$/

const isSoundVisit = ({ id, days, at, minutes, workers }: Visit): boolean =>
  id !== '' &&
  days.length > 0 &&
  new Set(days).size === days.length &&
  days.every((each) => weekdays.some((known) => known === each)) &&
  clock.test(at) &&
  minutes > 0 &&
  minutes <= longestVisit &&
  workers >= 1 &&
  workers <= 4

/** What is missing or wrong in a package. */
export function carePackageFaults(asked: CarePackageToKeep): readonly CarePackageFault[] {
  const { provider, startsOn, endsOn, visits, cost, version, reason } = asked
  const isEndSound = endsOn === '' || endsOn >= startsOn
  return [
    ...(provider.trim() ? [] : ['provider' as const]),
    ...(startsOn ? [] : ['starts-on' as const]),
    ...(isEndSound ? [] : ['ends-on' as const]),
    ...(visits.length > 0 && visits.every(isSoundVisit) ? [] : ['visits' as const]),
    ...(cost && cost.amount <= 0 ? ['cost' as const] : []),
    ...(version > 0 && reason.trim() === '' ? ['reason' as const] : []),
  ]
}

/**
 * The versions of a package that were agreed at any time of a day: a change since then takes no visit away to which nobody
 * came. `dayOf`: the day of an instant, as the service counts it.
 */
export function agreedOn(
  versions: readonly CarePackage[],
  on: string,
  dayOf: (instant: string) => string,
): readonly CarePackage[] {
  const all = versions.map(({ changes }) => changes)
  const longest = all.reduce((one, other) => (other.length > one.length ? other : one), [])
  const days = longest.map(({ at }) => dayOf(at))
  return versions.filter(({ changes: { length } }) => {
    const [from = '', until = on] = [days[length - 1], days[length]]
    return from <= on && until >= on
  })
}

/** The visits that were to be on a day, each once, as the versions that were agreed then say it. */
export function visitsAgreedOn(agreed: readonly CarePackage[], on: string): readonly Visit[] {
  const visits = agreed.flatMap((each) => visitsOn(each, on))
  return [...new Map(visits.toReversed().map((each) => [each.id, each])).values()].toSorted(
    (one, other) => one.at.localeCompare(other.at),
  )
}

/** The visits that were to be on a day. */
export const visitsOn = (one: CarePackage, on: string): readonly Visit[] =>
  runsOn(one, on)
    ? one.visits.filter(({ days }) => days.includes(weekdays[(weekdayOf(on) + 6) % 7] ?? ''))
    : []
