import { Trans, useLingui } from '@lingui/react/macro'
import type { CSSProperties, ReactNode } from 'react'
import type { Population } from '#domain/population/population-parameters.ts'

type Point = Population['curve'][number]

/** To 20 in 100 people, not to all: the bend is the message. */
const mostPeople = 20
const size = { width: 560, height: 242 }

/** Share of all nights that the first people carry, in both orders, with our room as a dashed line. */
export function CurveChart({
  population,
  label,
}: Readonly<{ population: Population; label: string }>) {
  const { t } = useLingui()
  const { curve, top, room } = population
  const highest = Math.max(20, ...curve.flatMap(({ byUse = 0, byChance = 0 }) => [byUse, byChance]))
  const ceiling = Math.min(100, Math.ceil(highest / 20) * 20)
  const x = (percent: number) => (percent / mostPeople) * size.width
  const y = (share: number) => size.height - (share / ceiling) * size.height
  const path = (of: (point: Point) => number | undefined) =>
    curve
      .flatMap((point) => {
        const share = of(point)
        return share === undefined ? [] : [`${x(point.percent)},${y(share)}`]
      })
      .join(' ')
  const byChance = path((point) => point.byChance)
  const last = curve.at(-1)
  const lines = Array.from({ length: ceiling / 20 + 1 }, (_, step) => step * 20)
  const isRoomShown = room !== undefined && room.percent <= mostPeople
  return (
    <figure className="population-curve">
      <div className="population-curve__plot">
        <svg
          viewBox={`0 0 ${size.width} ${size.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          {lines.map((share) => (
            <line key={share} className="grid" x1="0" x2={size.width} y1={y(share)} y2={y(share)} />
          ))}
          <polygon
            className="area"
            points={`${byChance} ${x(last?.percent ?? 0)},${size.height} 0,${size.height}`}
          />
          <line className="even" x1="0" y1={y(0)} x2={size.width} y2={y(mostPeople)} />
          <polyline className="use" points={path((point) => point.byUse)} />
          <polyline className="chance" points={byChance} />
          {top ? (
            <line
              className="upright"
              x1={x(top.percent)}
              x2={x(top.percent)}
              y1={0}
              y2={size.height}
            />
          ) : null}
          {isRoomShown ? (
            <line
              className="room"
              x1={x(room.percent)}
              x2={x(room.percent)}
              y1={0}
              y2={size.height}
            />
          ) : null}
        </svg>
        {lines.map((share) => (
          <Word key={share} className="population-curve__share" top={100 - (share / ceiling) * 100}>
            {share}%
          </Word>
        ))}
        {[0, 5, 10, 15, 20].map((percent) => (
          <Word key={percent} className="population-curve__people" left={percent * 5}>
            {percent}%
          </Word>
        ))}
        {top?.byUse === undefined ? null : (
          <Mark left={top.percent * 5} top={100 - (top.byUse / ceiling) * 100} />
        )}
        {top?.byChance === undefined ? null : (
          <Mark left={top.percent * 5} top={100 - (top.byChance / ceiling) * 100} />
        )}
        {isRoomShown ? (
          <Word className="population-curve__room" left={room.percent * 5} top={0}>
            <Trans>Our room</Trans>
          </Word>
        ) : null}
      </div>
      <figcaption className="population-curve__ends">
        <End line="use" title={t`By the nights of last year`}>
          <Trans>We know this only afterwards</Trans>
        </End>
        <End line="chance" title={t`By the chance a year ago`}>
          <Trans>We could have known this before</Trans>
        </End>
        <End line="even" title={t`If everybody needed the same`} />
      </figcaption>
      <p className="population-curve__axis">
        <Trans>Share of all nights in hospital after an emergency, by share of all people</Trans>
      </p>
    </figure>
  )
}

type Place = Readonly<{ left?: number; top?: number }>

const placed = ({ left, top }: Place): CSSProperties => ({
  ...(left === undefined ? {} : { insetInlineStart: `${left}%` }),
  ...(top === undefined ? {} : { insetBlockStart: `${top}%` }),
})

function Word({
  className,
  children,
  ...place
}: Place & Readonly<{ className: string; children: ReactNode }>) {
  return (
    <span className={className} style={placed(place)} aria-hidden="true">
      {children}
    </span>
  )
}

function Mark(place: Place) {
  return <span className="population-curve__mark" style={placed(place)} aria-hidden="true" />
}

function End({
  line,
  title,
  children,
}: Readonly<{ line: string; title: string; children?: ReactNode }>) {
  return (
    <span className="population-curve__end">
      <svg viewBox="0 0 28 8" aria-hidden="true">
        <line className={line} x1="0" x2="28" y1="4" y2="4" />
      </svg>
      <span>
        <b>{title}</b>
        {children ? <span className="population__meta">{children}</span> : null}
      </span>
    </span>
  )
}
