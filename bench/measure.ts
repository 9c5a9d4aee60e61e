/** One row of the table: what was measured, and the plain baseline measured in the same run. */
export type Row = Readonly<{
  what: string
  /** database or browser */
  on: string
  unit: 'ms' | 'people/s' | 'records/s' | 'calls/s' | 'kB gz' | 'kB' | 'MB'
  value: number
  plain: string
  plainValue: number
  /** value over plain; for rates, plain over value: always "how many times the cost of plain" */
  ratio: number
  /** the run fails if the ratio is higher: a promise, and not only a figure */
  most?: number
  /** processor time of this process and the database's, over the plain one's; absent if not measured */
  cpuRatio?: number
}>

const round = (value: number) => Math.round(value * 100) / 100

export function row(facts: Omit<Row, 'ratio'>): Row {
  const { value, plainValue } = facts
  const dearer = facts.unit.endsWith('/s') ? plainValue / value : value / plainValue
  return { ...facts, value: round(value), plainValue: round(plainValue), ratio: round(dearer) }
}

/** The rows that break a promise, in words. */
export const overLimit = (rows: readonly Row[]): readonly string[] =>
  rows
    .filter(({ ratio, most }) => most !== undefined && ratio > most)
    .map(({ what, on, ratio, most }) => `Too slow: ${what}, ${on}, ${ratio} ×, at most ${most} ×`)

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export type Spent = Readonly<{ ms: number; cpu: number }>

/** Gives the processor time used up to now, in milliseconds. */
export type CpuClock = () => number

const warmUp = 5

/** Medians in milliseconds of two things done in turn, so that a noisy moment affects both; processor time as the mean. */
export async function medianPair(
  rounds: number,
  cpuClock: CpuClock,
  pair: readonly [() => Promise<unknown>, () => Promise<unknown>],
): Promise<readonly [Spent, Spent]> {
  const times: [number[], number[]] = [[], []]
  const cpu: [number, number] = [0, 0]
  for (let each = -warmUp; each < rounds; each += 1) {
    for (const side of [0, 1] as const) {
      const before = cpuClock()
      const ms = await timed(pair[side])
      if (each < 0) continue
      times[side].push(ms)
      cpu[side] += (cpuClock() - before) / rounds
    }
  }
  return [
    { ms: median(times[0]), cpu: cpu[0] },
    { ms: median(times[1]), cpu: cpu[1] },
  ]
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN
}

const heads = ['measured', 'on', 'Gable', 'plain, same run', 'ratio', 'cpu']

export function asTable(rows: readonly Row[]): string {
  const lines = [heads, ...rows.map(cellsOf)]
  const widths = heads.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}

function cellsOf(each: Row): readonly string[] {
  return [
    each.what,
    each.on,
    `${shown(each.value)} ${each.unit}`,
    `${shown(each.plainValue)} ${each.unit}, ${each.plain}`,
    `${each.ratio.toFixed(2)} ×`,
    each.cpuRatio === undefined ? '' : `${each.cpuRatio.toFixed(2)} ×`,
  ]
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
