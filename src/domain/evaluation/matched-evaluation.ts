import { fewestShown } from '#domain/population/shown-counts.ts'
import { type Comparable, type Pair, pairPeople } from './pair-people.ts'
import { meanOf, varianceOf } from './variance-of.ts'

/**
 * What is compared, each a number for a person in the time that they were followed; for all of them fewer is better.
 * `before`: in the same length of time before; a death has none.
 */
const evaluatedOutcomes = ['emergency-stays', 'any-emergency-stay', 'died'] as const
export type EvaluatedOutcome = (typeof evaluatedOutcomes)[number]

type Happened = Readonly<{ before?: number; after: number }>

export type EvaluatedPerson = Comparable &
  Readonly<{
    outcomes: Readonly<Record<EvaluatedOutcome, Happened>>
    /** how fully the programme was given to somebody who was taken on */
    fidelity?: 'fuller' | 'less-full'
  }>

/** Fewer pairs say nothing (the issue’s own limit, not a published one). */
export const fewestPairs = 100

/** A standardised difference over this is one that matters (Austin 2009, Statistics in Medicine 28:3083). */
export const worstBalance = 0.1

/** Of 100 people; `before` where it can be said. */
type Side = Readonly<{ before?: number; after: number }>

/** `difference`: taken on less the others, of 100 people, with its 95 % interval. */
export type ComparedOutcome = Readonly<{
  outcome: EvaluatedOutcome
  taken: Side
  others: Side
  difference: number
  low: number
  high: number
  /** what the interval allows to be said */
  verdict: 'fewer' | 'more' | 'not-told'
}>

/** So few people had it, in these pairs or in those left when these are taken away, that a number could tell who. */
export type HiddenOutcome = Readonly<{ outcome: EvaluatedOutcome; isHidden: true }>

export type ComparedPairs = Readonly<
  | { pairs: number; isEnough: false }
  | { pairs: number; isEnough: true; outcomes: readonly (ComparedOutcome | HiddenOutcome)[] }
>

export type MatchedEvaluation = Readonly<{
  /** people who were taken on; how many of them found nobody comparable; and among how many was looked */
  taken: number
  alone: number
  pool: number
  all: ComparedPairs
  fuller: ComparedPairs
  lessFull: ComparedPairs
  /** standardised difference of each fact in the order of `facts`, before and after the matching */
  balance: readonly Readonly<{ before: number; after: number }>[]
}>

/**
 * People who were taken on against comparable people who were not: pairs, the difference of what happened, and its
 * interval, from the spread of the differences within pairs. It says what happened beside what happened to others, not
 * what would have happened: whatever is not recorded may differ.
 */
export function matchedEvaluation(everybody: readonly EvaluatedPerson[]): MatchedEvaluation {
  // sums of the same numbers in another order differ in their last digit
  const people = everybody.toSorted((one, two) => (one.id < two.id ? -1 : 1))
  const pairs = pairPeople(people)
  const taken = people.filter((each) => each.taken)
  const others = people.filter((each) => !each.taken)
  const given = (fidelity: EvaluatedPerson['fidelity']) =>
    compared(
      pairs.filter((pair) => pair.taken.fidelity === fidelity),
      pairs.filter((pair) => pair.taken.fidelity !== fidelity),
    )
  return {
    taken: taken.length,
    alone: taken.length - pairs.length,
    pool: others.length,
    all: compared(pairs, []),
    fuller: given('fuller'),
    lessFull: given('less-full'),
    balance: balanceOf(taken, others, pairs),
  }
}

type Pairs = readonly Pair<EvaluatedPerson>[]

function compared(pairs: Pairs, rest: Pairs): ComparedPairs {
  if (pairs.length < fewestPairs) return { pairs: pairs.length, isEnough: false }
  return {
    pairs: pairs.length,
    isEnough: true,
    outcomes: evaluatedOutcomes.map((outcome) =>
      [pairs, rest].some((some) => isSmall(outcome, some))
        ? { outcome, isHidden: true }
        : comparedOutcome(outcome, pairs),
    ),
  }
}

/** On one side, or at one time, one to four people had it. */
const isSmall = (outcome: EvaluatedOutcome, pairs: Pairs): boolean =>
  (['taken', 'other'] as const).some((which) => {
    const all = pairs.map((pair) => pair[which].outcomes[outcome])
    const had = [({ after }: Happened) => after, ({ before = 0 }: Happened) => before]
    return had.some((of) => {
      const people = all.filter((each) => of(each) > 0).length
      return people > 0 && people < fewestShown
    })
  })

/** The normal deviate of 95 %: with 100 pairs or more, the t distribution differs by a hundredth. */
const z = 1.959964

function comparedOutcome(outcome: EvaluatedOutcome, pairs: Pairs): ComparedOutcome {
  const side = (which: keyof Pair<EvaluatedPerson>): Side => {
    const all = pairs.map((pair) => pair[which].outcomes[outcome])
    const before = all.flatMap((each) => (each.before === undefined ? [] : [each.before]))
    return {
      ...(before.length === all.length ? { before: 100 * meanOf(before) } : {}),
      after: 100 * meanOf(all.map(({ after }) => after)),
    }
  }
  const differences = pairs.map(
    ({ taken, other }) => 100 * (taken.outcomes[outcome].after - other.outcomes[outcome].after),
  )
  const difference = meanOf(differences)
  const half = z * Math.sqrt(varianceOf(differences) / differences.length)
  const [low, high] = [difference - half, difference + half]
  return {
    ...{ outcome, taken: side('taken'), others: side('other'), difference, low, high },
    // the same for everybody: nothing differed, and nothing can be told
    verdict: half === 0 ? 'not-told' : high < 0 ? 'fewer' : low > 0 ? 'more' : 'not-told',
  }
}

/** Differences in units of the standard deviation before matching, so that both can be compared. */
function balanceOf(
  taken: readonly EvaluatedPerson[],
  others: readonly EvaluatedPerson[],
  pairs: Pairs,
): MatchedEvaluation['balance'] {
  const width = taken[0]?.facts.length ?? 0
  return Array.from({ length: width }, (_, at) => {
    const of = (people: readonly EvaluatedPerson[]) => people.map(({ facts }) => facts[at] ?? 0)
    const spread = Math.sqrt((varianceOf(of(taken)) + varianceOf(of(others))) / 2)
    const apart = (ones: readonly EvaluatedPerson[], twos: readonly EvaluatedPerson[]) =>
      spread === 0 ? 0 : (meanOf(of(ones)) - meanOf(of(twos))) / spread
    return {
      before: apart(taken, others),
      after: apart(
        pairs.map((pair) => pair.taken),
        pairs.map((pair) => pair.other),
      ),
    }
  })
}
