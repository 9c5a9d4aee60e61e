import type { Population } from '#domain/population/population-parameters.ts'
import { countIn } from './count.tsx'

const side = 240
const reach = 300
const rowsApart = 60

/** Areas are true: each edge lies at the root of the share of people above it. Leaders go to rows at even distance. */
export function PyramidChart({
  population,
  label,
}: Readonly<{ population: Population; label: string }>) {
  const { bands, placed, allPlaces } = population
  const all = Math.max(1, countIn(placed))
  const edge = (people: number) => Math.sqrt(Math.min(1, people / all)) * side
  const middle = side / 2
  let above = 0
  const parts = bands.map(({ band, people }) => {
    const top = edge(above)
    above += countIn(people)
    return { band, top, bottom: edge(above) }
  })
  const at = (height: number) => `${middle - height / 2},${height} ${middle + height / 2},${height}`
  const room = allPlaces === undefined ? undefined : edge(allPlaces)
  return (
    <svg
      className="population-pyramid"
      viewBox={`-2 -2 ${reach + 4} ${side + 4}`}
      role="img"
      aria-label={label}
    >
      {parts.map(({ band, top, bottom }) => (
        <polygon
          key={band}
          className={`band band--${band}`}
          points={`${at(top)} ${middle + bottom / 2},${bottom} ${middle - bottom / 2},${bottom}`}
        />
      ))}
      {parts.map(({ band, top, bottom }, row) => {
        const y = (top + bottom) / 2
        const target = row * rowsApart + rowsApart / 2
        return (
          <polyline
            key={band}
            className="leader"
            points={`${middle + y / 2 + 3},${y} ${side + 10},${y} ${reach - 20},${target} ${reach},${target}`}
          />
        )
      })}
      {room === undefined ? null : (
        <line
          className="room"
          x1={middle - room / 2 - 26}
          x2={middle + room / 2 + 10}
          y1={room}
          y2={room}
        />
      )}
    </svg>
  )
}
