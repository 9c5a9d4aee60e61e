import { Trans, useLingui } from '@lingui/react/macro'
import type { Population } from '#domain/population/population-parameters.ts'
import { CurveEnd } from './curve-end.tsx'
import { CurvePlot, CurveWord, mostPeople } from './curve-plot.tsx'

type Point = Population['curve'][number]

const nobody: Point = { percent: 0, people: { count: 0 }, byUse: 0, byChance: 0 }

/** Share of all nights that the first people carry, in both orders, with our room as a dashed line. */
export function CurveChart({
  population,
  label,
}: Readonly<{ population: Population; label: string }>) {
  const { t } = useLingui()
  const { curve, top, room } = population
  const highest = Math.max(0, ...curve.flatMap(({ byUse = 0, byChance = 0 }) => [byUse, byChance]))
  const isRoomShown = room !== undefined && room.percent <= mostPeople
  return (
    <figure className="population-curve">
      <CurvePlot
        {...{ highest, label }}
        draw={({ x, y, height }) => {
          // with rounded counts the first point is not told, and nobody carries nothing
          const path = (of: (point: Point) => number | undefined) =>
            [nobody, ...curve]
              .flatMap((point) => {
                const share = of(point)
                return share === undefined ? [] : [`${x(point.percent)},${y(share)}`]
              })
              .join(' ')
          const upright = (className: string, percent: number) => (
            <line className={className} x1={x(percent)} x2={x(percent)} y1={0} y2={height} />
          )
          const byChance = path((point) => point.byChance)
          return (
            <>
              <polygon
                className="area"
                points={`${byChance} ${x(curve.at(-1)?.percent ?? 0)},${height} 0,${height}`}
              />
              <polyline className="use" points={path((point) => point.byUse)} />
              <polyline className="chance" points={byChance} />
              {top ? upright('upright', top.percent) : null}
              {isRoomShown ? upright('room', room.percent) : null}
            </>
          )
        }}
        over={(topOf) => (
          <>
            {[top?.byUse, top?.byChance].map((share, at) =>
              top === undefined || share === undefined ? null : (
                <CurveWord
                  key={at === 0 ? 'use' : 'chance'}
                  className="population-curve__mark"
                  left={top.percent}
                  top={topOf(share)}
                />
              ),
            )}
            {isRoomShown ? (
              <CurveWord className="population-curve__room" left={room.percent} top={0}>
                <Trans>Our room</Trans>
              </CurveWord>
            ) : null}
          </>
        )}
      />
      <figcaption className="population-curve__ends">
        <CurveEnd line="use" title={t`By the nights of last year`}>
          <Trans>We know this only afterwards</Trans>
        </CurveEnd>
        <CurveEnd line="chance" title={t`By the chance a year ago`}>
          <Trans>We could have known this before</Trans>
        </CurveEnd>
        <CurveEnd line="even" title={t`If everybody needed the same`} />
      </figcaption>
      <p className="population-curve__axis">
        <Trans>Share of all nights in hospital after an emergency, by share of all people</Trans>
      </p>
    </figure>
  )
}
