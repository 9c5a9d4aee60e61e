/** People who are alike in an order: nobody among them comes first. `weight` is what they carry together. */
export type Tied = Readonly<{ people: number; weight: number }>

/**
 * What the first `first` people of an order carry together; `groups` best first. Of a group that is counted in part its
 * proportional part: what whoever was drawn among equals would carry on average.
 */
export function carriedBy(groups: readonly Tied[], first: number): number {
  let left = first
  let carried = 0
  for (const { people, weight } of groups) {
    if (left <= 0) break
    const part = Math.min(1, left / people)
    carried += part * weight
    left -= people
  }
  return carried
}
