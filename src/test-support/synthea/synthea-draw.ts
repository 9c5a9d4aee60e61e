/** Random numbers that are the same every time. */
export type Drawn = Readonly<{
  /** a whole number, both ends included */
  between: (from: number, to: number) => number
  one: <T>(some: readonly T[]) => T
  uuid: () => string
}>

export function drawnFrom(seed: number): Drawn {
  let state = seed >>> 0
  const next = (): number => {
    // Park and Miller's generator: 48271 is a primitive root of 2³¹ − 1
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const hex = (length: number) => Array.from({ length }, () => between(0, 15).toString(16)).join('')
  return {
    between,
    one: (some) => {
      const found = some[between(0, some.length - 1)]
      if (found === undefined) throw new Error('Nothing to draw from')
      return found
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
  }
}
