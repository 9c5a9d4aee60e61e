import type { Measure } from '#domain/case/measures.ts'
import { carriedBy } from '#domain/population/carried-by.ts'
import { calibration, type Foreseen, foreseen } from '#domain/population/foreseen.ts'
import { missingKinds } from '#domain/population/missing.ts'
import type { Population } from '#domain/population/population-parameters.ts'
import { pyramidBands, topPlaces } from '#domain/population/pyramid.ts'
import {
  fewestShown,
  roundedMeasure,
  shownCount,
  shownShare,
} from '#domain/population/shown-counts.ts'
import { stillHigh } from '#domain/population/still-high.ts'
import { type LifeSegment, segments } from '#domain/stratification/segments.ts'
import { wilsonInterval } from '#domain/stratification/wilson-interval.ts'
import { costAnswer } from './cost-answer.ts'
import type { PopulationFacts } from './facts.ts'
import type { Counted } from './people-sql.ts'

type Show = (count: number) => Measure
const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((all, item) => all + of(item), 0)

type Settled = Pick<
  Population,
  | 'total'
  | 'placed'
  | 'stays'
  | 'nights'
  | 'curve'
  | 'top'
  | 'room'
  | 'costs'
  | 'withoutCost'
  | 'stillTop'
  | 'bands'
  | 'segments'
  | 'eligible'
  | 'notNow'
  | 'missing'
  | 'calibration'
  | 'chosen'
  | 'found'
  | 'ofAll'
>

/** What does not follow from the line, as it may be shown. `room`: all places of the coordinators, if they are known. */
export function settledAnswer(
  facts: PopulationFacts,
  { exactness }: Pick<Counted, 'exactness'>,
  room: number | undefined,
): Settled {
  const show = shownCount(exactness)
  const groups = foreseen(facts.alike)
  const point = curveOf(facts, groups, show)
  const chosen = room ?? topPlaces(facts.total)
  return {
    ...{ total: show(facts.total), placed: show(facts.placed) },
    ...{ stays: show(staysIn(facts)), nights: show(nightsIn(facts)) },
    curve: Array.from({ length: 21 }, (_, percent) => point((percent * facts.total) / 100)).filter(
      ({ people }) => 'count' in people || exactness === 'exact',
    ),
    top: point(topPlaces(facts.total)),
    ...(room === undefined ? {} : { room: point(Math.min(room, facts.total)) }),
    ...costAnswer(facts, { exactness }),
    ...stillTopOf(facts, show),
    ...pyramidOf(facts, show, exactness),
    missing: missingKinds.map((kind) => {
      const people = facts.missing[kind] ?? 0
      const isNo = kind === 'said-no' || kind === 'left-out'
      return { kind, people: isNo ? roundedMeasure(people) : show(people) }
    }),
    ...honestyOf(groups, chosen, show),
  }
}

const nightsIn = ({ years }: PopulationFacts) => sum(years, ({ nights, people }) => nights * people)
const staysIn = ({ years }: PopulationFacts) => sum(years, ({ stays, people }) => stays * people)

function curveOf(facts: PopulationFacts, groups: readonly Foreseen[], show: Show) {
  const byUse = facts.years
    .toSorted((one, other) => other.nights - one.nights)
    .map(({ nights, people }) => ({ people, weight: nights * people }))
  const byChance = groups.map(({ people, nights }) => ({ people, weight: nights }))
  const all = show(nightsIn(facts))
  return (first: number) => {
    const share = (order: typeof byUse) =>
      shownShare(show(Math.round(carriedBy(order, first))), all) ?? undefined
    return {
      percent: Math.round((first / Math.max(1, facts.total)) * 1_000) / 10,
      people: show(Math.round(first)),
      ...told('byUse', first === 0 ? 0 : share(byUse)),
      ...told('byChance', first === 0 ? 0 : share(byChance)),
    }
  }
}

const told = <K extends string>(name: K, value: number | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<K, number>>

function stillTopOf({ years, total }: PopulationFacts, show: Show) {
  const first = topPlaces(total)
  const used = sum(
    years.filter(({ nightsBefore, staysBefore }) => nightsBefore + staysBefore > 0),
    ({ people }) => people,
  )
  // if so few needed hospital, the top twentieth holds people who did not need it at all
  if (used < first) return {}
  return told('stillTop', shownShare(show(Math.round(stillHigh(years, first))), show(first)))
}

function pyramidOf(
  { bands, segments: found, eligible }: PopulationFacts,
  show: Show,
  exactness: Counted['exactness'],
) {
  const top = bands.filter(({ band }) => band === 'very-high' || band === 'high')
  const ofKind = (kind: string) =>
    sum(
      top.filter((each) => each.kind === kind),
      ({ people }) => people,
    )
  return {
    bands: pyramidBands.map((band) => {
      const all = bands.filter((each) => each.band === band)
      const coordinated = all.filter(({ kind }) => kind === 'coordinated')
      return {
        band,
        people: show(sum(all, ({ people }) => people)),
        coordinated: show(sum(coordinated, ({ people }) => people)),
        stayed: show(sum(all, ({ stayed }) => stayed)),
        frail: show(sum(all, ({ frail }) => frail)),
      }
    }),
    segments: segments
      .flatMap((segment: LifeSegment) => {
        const people = found.find((each) => each.segment === segment)?.people ?? 0
        // a rounded segment that were not there would tell that nobody is in it
        return people > 0 || exactness === 'rounded' ? [{ segment, people: show(people) }] : []
      })
      .toSorted((one, other) => sizeOf(other.people) - sizeOf(one.people)),
    eligible: show(
      sum(
        eligible.filter(({ by }) => by === 'sex'),
        ({ people }) => people,
      ),
    ),
    notNow: show(ofKind('not-now')),
  }
}

const sizeOf = (shown: Measure) => ('count' in shown ? shown.count : shown.fewerThan - 1)

function honestyOf(groups: readonly Foreseen[], chosen: number, show: Show) {
  const stayed = groups.map(({ people, stayed: weight }) => ({ people, weight }))
  const found = show(Math.round(carriedBy(stayed, chosen)))
  const all = show(sum(groups, (each) => each.stayed))
  return {
    calibration: calibration(groups).flatMap((band) => {
      const people = show(band.people)
      const observed = show(band.observed)
      // whether anybody is in so small a band is not told either
      if (!('count' in people)) return []
      const { low, high } =
        'count' in observed
          ? wilsonInterval(Math.min(observed.count, people.count), people.count)
          : { low: 0, high: 1 }
      return {
        ...{ from: band.from, to: band.to, people },
        ...told('expected', shownShare(show(Math.round(band.expected)), people)),
        ...told('observed', shownShare(observed, people)),
        ...('count' in observed ? { low: tenth(low * 100), high: tenth(high * 100) } : {}),
      }
    }),
    chosen: show(chosen),
    // of very few people every one would be told
    ...(chosen < 2 * fewestShown
      ? {}
      : {
          ...told('found', shownShare(found, show(chosen))),
          ...told('ofAll', shownShare(found, all)),
        }),
  }
}

const tenth = (value: number) => Math.round(value * 10) / 10
