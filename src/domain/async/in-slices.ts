type Slices = Readonly<{
  /** lets everything else run: a pause of the event loop */
  breathe: () => Promise<void>
  /** milliseconds, from any moment */
  clock: () => number
  /** how long one slice may take, in milliseconds; one step may take longer */
  most: number
}>

/** Finishes work that is given in steps, with a pause whenever a slice has taken long enough. */
export async function inSlices<T>(
  work: Generator<void, T>,
  { breathe, clock, most }: Slices,
): Promise<T> {
  let began = clock()
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
    if (clock() - began < most) continue
    await breathe()
    began = clock()
  }
}
