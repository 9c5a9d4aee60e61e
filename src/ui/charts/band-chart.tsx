import { Trans, useLingui } from '@lingui/react/macro'
import { DateText } from '#ui/text/date-text.tsx'
import { useShownZone } from '#ui/text/shown-zone.ts'
import './band-chart.scss'

/** `band`: the one that holds, where the value alone does not decide it. */
type Point = Readonly<{ at: string; value: number; band?: string | undefined }>

type ChartBand = Readonly<{ code: string; from: number; to: number; name: string }>

type BandChartProps = Readonly<{
  /** oldest first */
  points: readonly Point[]
  /** lowest first */
  bands: readonly ChartBand[]
  /** the finding, in a sentence */
  label: string
  /** a value with its unit */
  words: (value: number) => string
  /** the name of a band that is not drawn */
  nameOf?: (point: Point) => string | undefined
}>

/** Per cent of the height that the words of a band need. */
const lineHeight = 13

/** A score over time: bands as shading with their names, points with their numbers, and the same as a table. */
export function BandChart({ points, bands, label, words, nameOf }: BandChartProps) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const last = points.at(-1)
  if (!last) return null
  const { x, y, areas } = placesFor(points, bands)
  const isLast = (point: Point) => point === last
  const here = bandOfPoint(bands, last)?.code
  const day = (at: string) =>
    i18n.date(new Date(at), {
      ...{ day: 'numeric', month: 'short', year: '2-digit' },
      ...(at.length > 10 ? zone : { timeZone: 'UTC' }),
    })
  return (
    <div className="band-chart">
      {/* time runs from left to right in every language */}
      <div className="band-chart__plot" dir="ltr" role="img" aria-label={label}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {areas.map((area) => (
            <rect
              key={area.code}
              className={area.code === here ? 'band-chart__here' : 'band-chart__band'}
              x="0"
              width="100"
              y={100 - area.top}
              height={Math.max(0, area.top - area.bottom)}
            />
          ))}
          <polyline
            className="band-chart__line"
            points={points.map((point) => `${x(point.at)},${100 - y(point.value)}`).join(' ')}
          />
        </svg>
        {areas.map((area) => (
          <span
            key={area.code}
            className="band-chart__name"
            aria-hidden="true"
            style={{ insetBlockEnd: `${area.nameAt}%`, blockSize: `${lineHeight}%` }}
          >
            {area.name}
          </span>
        ))}
        {points.map((point) => (
          <span
            key={point.at}
            className={isLast(point) ? 'band-chart__last' : 'band-chart__point'}
            aria-hidden="true"
            style={{ insetInlineStart: `${x(point.at)}%`, insetBlockEnd: `${y(point.value)}%` }}
          >
            <b>{i18n.number(point.value)}</b>
          </span>
        ))}
      </div>
      <div className="band-chart__days" dir="ltr" aria-hidden="true">
        <span>{day(points[0]?.at ?? last.at)}</span>
        {points.length > 1 && <span>{day(last.at)}</span>}
      </div>
      <details>
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <table className="gable-table">
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.at}>
                <th scope="row">
                  <DateText date={point.at} />
                </th>
                <td className="gable-number">{words(point.value)}</td>
                <td>{nameOf?.(point) ?? bandOfPoint(bands, point)?.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}

const bandOfPoint = (bands: readonly ChartBand[], { value, band }: Point) =>
  bands.find(({ code }) => code === band) ??
  bands.find(({ from, to }) => value >= from && value <= to)

/** Each name beside its band, moved so that none covers another and none leaves the picture. */
function namePlaces(middles: readonly number[]): readonly number[] {
  let free = 0
  const up = middles.map((middle) => {
    const place = Math.max(free, middle - lineHeight / 2)
    free = place + lineHeight
    return place
  })
  let room = 100
  return up
    .toReversed()
    .map((place) => {
      room = Math.min(place, room - lineHeight)
      return room
    })
    .toReversed()
}

/** Halfway between two bands; at the limit where one of them is open. */
function edgeBetween(under: ChartBand | undefined, { from }: ChartBand): number {
  const to = under?.to ?? from
  if (!Number.isFinite(from)) return to
  return Number.isFinite(to) ? (from + to) / 2 : from
}

/** Where points and bands stand, in per cent. Between two bands the edge is halfway. */
function placesFor(points: readonly Point[], bands: readonly ChartBand[]) {
  const times = points.map(({ at }) => Date.parse(at))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const x = (at: string) =>
    first === last ? 30 : 5 + (50 * (Date.parse(at) - first)) / (last - first)
  const values = points.map(({ value }) => value)
  // a band may be open on a side
  const known = bands.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite)
  const low = Math.min(...known, ...values)
  const start = Math.max(low, bands.at(-1)?.from ?? low)
  const end = bands.at(-1)?.to ?? low
  // an open end, such as ten minutes for a walk, would press all others flat
  const isOpenEnd = end - start > 3 * (start - low)
  const high = Math.max(isOpenEnd ? start + (start - low) / 3 : end, ...values)
  const y = (value: number) => 4 + (88 * (value - low)) / (high - low || 1)
  const edges = bands.slice(1).map((band, at) => y(edgeBetween(bands[at], band)))
  const areas = bands.map((band, at) => ({
    ...band,
    bottom: edges[at - 1] ?? 0,
    top: edges[at] ?? 100,
  }))
  const places = namePlaces(areas.map(({ bottom, top }) => (bottom + top) / 2))
  return { x, y, areas: areas.map((area, at) => ({ ...area, nameAt: places[at] ?? 0 })) }
}
