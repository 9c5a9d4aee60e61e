/** So many of a list have it that it tells nobody apart. */
const common = 0.5

/**
 * The conditions of somebody, those first that tell them apart from the others on the list: what fewest have; what more
 * than half have comes last. `counts`: how many of `total` have each; a condition that is not counted is rarer than all
 * that are.
 */
export function tellingApart(
  conditions: readonly string[],
  { counts, total }: Readonly<{ counts: ReadonlyMap<string, number>; total: number }>,
): readonly string[] {
  const share = (condition: string) => (counts.get(condition) ?? 0) / Math.max(1, total)
  const isCommon = (condition: string) => share(condition) > common
  return conditions.toSorted(
    (one, other) => Number(isCommon(one)) - Number(isCommon(other)) || share(one) - share(other),
  )
}
