export type ChartPoint = Readonly<{ at: string; value: number }>
export type Box = Readonly<{ width: number; height: number; pad: number }>

/** Places points and limits in a box: time across, value up; a flat series runs through the middle. */
export function chartScale(points: readonly ChartPoint[], limits: readonly number[], box: Box) {
  const times = points.map((point) => Date.parse(point.at))
  const values = [...points.map((point) => point.value), ...limits]
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const scaled = (part: number, from: number, to: number, size: number) =>
    to === from ? size / 2 : ((part - from) / (to - from)) * size
  const x = (at: string) => box.pad + scaled(Date.parse(at), first, last, box.width - 2 * box.pad)
  const y = (value: number) =>
    box.height - box.pad - scaled(value, low, high, box.height - 2 * box.pad)
  return { x, y, low, high }
}
