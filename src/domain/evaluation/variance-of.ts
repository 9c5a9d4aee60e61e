export const meanOf = (all: readonly number[]): number =>
  all.length === 0 ? 0 : all.reduce((sum, each) => sum + each, 0) / all.length

/** Of a sample: divided by one less than its size. */
export function varianceOf(all: readonly number[]): number {
  if (all.length < 2) return 0
  const mean = meanOf(all)
  return all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (all.length - 1)
}
