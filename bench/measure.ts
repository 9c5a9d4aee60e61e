/** One line of the table: what was measured, its median, and the plain thing measured beside it in the same run. */
export type Row = Readonly<{
  what: string
  unit: 'ms' | 'people/s' | 'kB gz'
  value: number
  baseline: string
  baselineValue: number
  /** value over baseline; for rates, baseline over value: always "how many times the plain cost" */
  ratio: number
}>

export function row(facts: Omit<Row, 'ratio'>): Row {
  const dearer =
    facts.unit === 'people/s'
      ? facts.baselineValue / facts.value
      : facts.value / facts.baselineValue
  return { ...facts, ratio: Math.round(dearer * 100) / 100 }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Medians in milliseconds of two things done in turn, so that a noisy moment hits both. */
export async function medianPair(
  rounds: number,
  one: (round: number) => Promise<unknown>,
  other: (round: number) => Promise<unknown>,
): Promise<readonly [number, number]> {
  const first: number[] = []
  const second: number[] = []
  for (let round = 0; round < rounds + 2; round += 1) {
    const a = await timed(() => one(round))
    const b = await timed(() => other(round))
    if (round < 2) continue
    first.push(a)
    second.push(b)
  }
  return [median(first), median(second)]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function asTable(rows: readonly Row[]): string {
  const cells = rows.map((each) => [
    each.what,
    `${rounded(each.value)} ${each.unit}`,
    `${rounded(each.baselineValue)} ${each.unit} ${each.baseline}`,
    `${each.ratio.toFixed(2)} ×`,
  ])
  const all = [['measured', 'Gable', 'plain, same run', 'ratio'], ...cells]
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...all.map((line) => line[column]?.length ?? 0)),
  )
  return all
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
