/** Round numbers between two values for the axis of a chart: 1, 2 or 5 times a power of ten apart, about `count` of them. */
export function chartTicks(low: number, high: number, count = 4): readonly number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, at) =>
    // a sum of tenths is not exact
    Number(((first + at) * step).toPrecision(10)),
  )
}
