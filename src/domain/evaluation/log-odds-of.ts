import { meanOf, varianceOf } from './variance-of.ts'

/**
 * How likely each of these people was to be taken on, given what was known of them, as log odds: a logistic regression,
 * fitted by Newton’s method with a slight ridge, so that a fact that parts the groups completely has an answer too.
 * `facts`: as many numbers for each person; a fact that is the same for everybody says nothing. Pure arithmetic: same
 * input, same output.
 */
export function logOddsOf(
  facts: readonly (readonly number[])[],
  taken: readonly boolean[],
): readonly number[] {
  // the last column is for everybody
  const rows = standardised(facts).map((row) => [...row, 1])
  let weights: readonly number[] = (rows[0] ?? []).map(() => 0)
  for (let round = 0; round < mostRounds; round++) {
    const step = newtonStep(rows, taken, weights)
    weights = weights.map((each, at) => each + (step[at] ?? 0))
    if (step.every((each) => Math.abs(each) < closeEnough)) break
  }
  return rows.map((row) => product(row, weights))
}

type Row = readonly number[]

const mostRounds = 25
const closeEnough = 1e-6
/** Slight against hundreds of people; our own choice. */
const ridge = 1

const product = (row: Row, weights: Row) =>
  row.reduce((sum, each, at) => sum + each * (weights[at] ?? 0), 0)

function newtonStep(rows: readonly Row[], taken: readonly boolean[], weights: Row): Row {
  const held = weights.map((_, at) => (at < weights.length - 1 ? ridge : 0))
  const slope = weights.map((each, at) => -(held[at] ?? 0) * each)
  const bend = held.map((each, at) => held.map((_, other) => (at === other ? each : 0)))
  for (const [person, row] of rows.entries()) {
    const chance = 1 / (1 + Math.exp(-product(row, weights)))
    addTimes(slope, row, Number(taken[person] ?? false) - chance)
    for (const [at, line] of bend.entries())
      addTimes(line, row, chance * (1 - chance) * (row[at] ?? 0))
  }
  return solved(bend, slope)
}

/** Adds so many times a row to a sum, in place: once for each person. */
function addTimes(sum: number[], row: Row, times: number): void {
  for (const [at, each] of row.entries()) sum[at] = (sum[at] ?? 0) + times * each
}

/** Gauss’s elimination with the largest pivot; a line without one is left out. */
function solved(matrix: readonly Row[], right: Row): Row {
  const lines = matrix.map((line, at) => [...line, right[at] ?? 0])
  for (const at of lines.keys()) eliminate(lines, at)
  return lines.map((line, at) => {
    const pivot = line[at] ?? 0
    return Math.abs(pivot) < tiny ? 0 : (line.at(-1) ?? 0) / pivot
  })
}

const tiny = 1e-12

/** Takes the unknown at this place out of every other line, in place. */
function eliminate(lines: number[][], at: number): void {
  const weight = (line: number) => Math.abs(lines[line]?.[at] ?? 0)
  const below = [...lines.keys()].filter((line) => line >= at)
  const best = below.reduce((top, line) => (weight(line) > weight(top) ? line : top), at)
  const [here = [], there = []] = [lines[at], lines[best]]
  lines[best] = here
  lines[at] = there
  const pivot = there[at] ?? 0
  if (Math.abs(pivot) < tiny) return
  for (const line of lines) if (line !== there) addTimes(line, there, -(line[at] ?? 0) / pivot)
}

function standardised(facts: readonly Row[]): readonly Row[] {
  const width = facts[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, at) => {
    const all = facts.map((row) => row[at] ?? 0)
    const mean = meanOf(all)
    const spread = Math.sqrt(varianceOf(all))
    return { mean, spread: spread > tiny ? spread : Number.POSITIVE_INFINITY }
  })
  return facts.map((row) => columns.map(({ mean, spread }, at) => ((row[at] ?? 0) - mean) / spread))
}
