import { expect, test } from 'vitest'
import { logOddsOf } from './log-odds-of.ts'
import { type EvaluatedPerson, fewestPairs, matchedEvaluation } from './matched-evaluation.ts'
import { pairPeople } from './pair-people.ts'

/** A generator of numbers from 0 to 1 whose next one depends on the seed alone (Lehmer, 48271 modulo 2³¹ − 1). */
function chanceFrom(seed: number): () => number {
  let state = (seed * 7919 + 12345) % 2147483647
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  for (let round = 0; round < 10; round++) next()
  return next
}

/** How often something of this mean happened (Knuth). */
function happened(mean: number, chance: () => number): number {
  const end = Math.exp(-mean)
  let [count, left] = [0, chance()]
  while (left > end) {
    count += 1
    left *= chance()
  }
  return count
}

/**
 * People of whom those who are ill, and who were in hospital just before, are taken on more often and come back more
 * often; being taken on multiplies their stays by `times`.
 */
function population(seed: number, times: number) {
  const chance = chanceFrom(seed)
  let planted = 0
  let takenOn = 0
  const people = Array.from({ length: 4_000 }, (_, at): EvaluatedPerson => {
    const age = Math.floor(chance() * 3)
    const illness = chance() * 6
    const recent = chance() < 0.3 ? 1 : 0
    const rate = 0.05 + 0.05 * age + 0.06 * illness + 0.25 * recent
    const before = happened(rate, chance)
    const taken =
      chance() <
      1 / (1 + Math.exp(-(-4.6 + 0.35 * illness + 0.8 * recent + 0.5 * Math.min(before, 2))))
    const after = happened(rate * (taken ? times : 1), chance)
    if (taken) {
      takenOn += 1
      planted += 100 * rate * (times - 1)
    }
    return {
      id: `p${String(at).padStart(5, '0')}`,
      taken,
      likeness: `${age}/${Math.min(before, 2)}`,
      facts: [illness, recent],
      outcomes: {
        'emergency-stays': { before, after },
        'any-emergency-stay': { before: Number(before > 0), after: Number(after > 0) },
        died: { after: 0 },
      },
    }
  })
  return { people, effect: planted / takenOn }
}

const seeds = Array.from({ length: 100 }, (_, at) => at + 1)

function staysOf(people: readonly EvaluatedPerson[]) {
  const { all } = matchedEvaluation(people)
  const found = all.isEnough
    ? all.outcomes.find((each) => each.outcome === 'emergency-stays')
    : undefined
  if (!found || 'isHidden' in found) throw new Error('There are too few pairs')
  return found
}

test('an effect that was planted is inside the interval in at least 90 of 100 populations', () => {
  const inside = seeds.filter((seed) => {
    const { people, effect } = population(seed, 0.6)
    const { low, high } = staysOf(people)
    return low <= effect && effect <= high
  })
  expect(inside.length).toBeGreaterThanOrEqual(90)
})

test('harm that was planted is found as well as gain', () => {
  const inside = seeds.filter((seed) => {
    const { people, effect } = population(seed, 1.5)
    const { low, high } = staysOf(people)
    return low <= effect && effect <= high
  })
  expect(inside.length).toBeGreaterThanOrEqual(90)
  expect(
    seeds.slice(0, 10).filter((seed) => staysOf(population(seed, 2).people).verdict === 'more')
      .length,
  ).toBe(10)
})

test('where nothing was planted the interval leaves out nought in at most 10 of 100 populations', () => {
  const told = seeds.filter((seed) => staysOf(population(seed, 1).people).verdict !== 'not-told')
  expect(told.length).toBeLessThanOrEqual(10)
})

test('without matching the same populations would show harm that nobody did', () => {
  const { people } = population(1, 1)
  const mean = (of: readonly EvaluatedPerson[]) =>
    of.reduce((sum, each) => sum + each.outcomes['emergency-stays'].after, 0) / of.length
  const plain =
    mean(people.filter((each) => each.taken)) - mean(people.filter((each) => !each.taken))
  expect(100 * plain).toBeGreaterThan(15)
  expect(Math.abs(staysOf(people).difference)).toBeLessThan(100 * plain)
  const { balance } = matchedEvaluation(people)
  expect(balance.every(({ before, after }) => before > 0.1 && Math.abs(after) < 0.1)).toBe(true)
})

test('what falls by itself after a bad year falls among the others too, and both are told', () => {
  const { taken, others } = staysOf(population(3, 1).people)
  expect((taken.before ?? 0) - taken.after).toBeGreaterThan(0)
  expect((others.before ?? 0) - others.after).toBeGreaterThan(0)
})

const person = (id: string, more: Partial<EvaluatedPerson> = {}): EvaluatedPerson => ({
  ...{ id, taken: false, likeness: 'a', facts: [0] },
  outcomes: {
    'emergency-stays': { before: 0, after: 0 },
    'any-emergency-stay': { before: 0, after: 0 },
    died: { after: 0 },
  },
  ...more,
})
const many = (count: number, of: (at: number) => EvaluatedPerson) =>
  Array.from({ length: count }, (_, at) => of(at))

test('99 pairs say only how many they are, and 100 say what happened', () => {
  const people = (count: number) => [
    ...many(count, (at) => person(`t${at}`, { taken: true })),
    ...many(200, (at) => person(`o${at}`)),
  ]
  expect(matchedEvaluation(people(fewestPairs - 1)).all).toEqual({ pairs: 99, isEnough: false })
  const { all } = matchedEvaluation(people(fewestPairs))
  expect(all.isEnough && all.outcomes.map((each) => 'verdict' in each && each.verdict)).toEqual([
    ...['not-told', 'not-told', 'not-told'],
  ])
})

test('a pair is alike exactly in age, sex, segment and stays, and close in the rest; nobody stands in two', () => {
  const people = [
    person('t1', { taken: true, likeness: 'old' }),
    person('t2', { taken: true }),
    person('t3', { taken: true }),
    person('o1', { likeness: 'young' }),
    person('o2'),
  ]
  const pairs = pairPeople(people).map(({ taken, other }) => [taken.id, other.id])
  expect(pairs).toEqual([['t2', 'o2']])
})

test('somebody too far away is no pair', () => {
  const near = many(40, (at) => person(`n${at}`, { facts: [at % 2], taken: at % 4 === 0 }))
  const far = person('z', { taken: true, facts: [30] })
  const found = pairPeople([...near, far]).map(({ taken }) => taken.id)
  expect(found).not.toContain('z')
  expect(found.length).toBe(10)
})

test('the order in which people come changes nothing', () => {
  const { people } = population(7, 0.8)
  expect(matchedEvaluation(people.toReversed())).toEqual(matchedEvaluation(people))
})

test('fuller and less full programmes are told apart, each with its own number of pairs', () => {
  const people = [
    ...many(120, (at) =>
      person(`t${at}`, { taken: true, fidelity: at < 110 ? 'fuller' : 'less-full' }),
    ),
    ...many(200, (at) => person(`o${at}`)),
  ]
  const { fuller, lessFull } = matchedEvaluation(people)
  expect([fuller.isEnough, lessFull]).toEqual([true, { pairs: 10, isEnough: false }])
})

test('four deaths are not told, five are; and nobody can subtract them from two groups', () => {
  const died = { ...person('').outcomes, died: { after: 1 } }
  const people = (deaths: number, lessFull: number) => [
    ...many(250, (at) =>
      person(`t${String(at).padStart(3, '0')}`, {
        ...{ taken: true, fidelity: at < 250 - lessFull ? 'fuller' : 'less-full' },
        ...(at < deaths || (lessFull > 0 && at === 249) ? { outcomes: died } : {}),
      }),
    ),
    ...many(300, (at) => person(`o${at}`)),
  ]
  const told = (of: readonly EvaluatedPerson[], which: 'all' | 'fuller') => {
    const { [which]: group } = matchedEvaluation(of)
    return (
      group.isEnough && group.outcomes.flatMap((each) => ('isHidden' in each ? [] : each.outcome))
    )
  }
  const stays = ['emergency-stays', 'any-emergency-stay']
  expect(told(people(4, 0), 'all')).toEqual(stays)
  expect(told(people(5, 0), 'all')).toEqual([...stays, 'died'])
  // one death in the smaller group: all 31 are told, and so the 30 of the larger group are not
  expect(told(people(30, 20), 'all')).toEqual([...stays, 'died'])
  expect(told(people(30, 20), 'fuller')).toEqual(stays)
})

test('the odds of a regression that can be done by hand: shares of two groups', () => {
  // 20 of 100 without the fact were taken on, 60 of 100 with it: log odds −1.386 and 0.405
  const facts = many(200, (at) => person(`${at}`, { facts: [at < 100 ? 0 : 1] })).map(
    (each) => each.facts,
  )
  const taken = facts.map((_, at) => (at < 100 ? at < 20 : at < 160))
  const odds = logOddsOf(facts, taken)
  // the slight ridge pulls them together by less than 0.03
  expect(odds[0]).toBeCloseTo(Math.log(0.2 / 0.8), 1)
  expect(odds[150]).toBeCloseTo(Math.log(0.6 / 0.4), 1)
})

test('nobody taken on, nobody to compare with and nobody at all are answered without a figure', () => {
  for (const people of [[], [person('o')], [person('t', { taken: true })]])
    expect(matchedEvaluation(people).all).toEqual({ pairs: 0, isEnough: false })
})
